"""Công Tâm: administrative reform figures traceable to each dossier."""

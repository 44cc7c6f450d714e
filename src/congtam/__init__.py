"""Công Tâm: figures of administrative reform that can be followed down to the dossier."""

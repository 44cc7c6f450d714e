"""Dossiers as printed forms and books need them (in mẫu, sổ theo dõi)."""

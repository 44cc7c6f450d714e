"""The printed forms of a dossier (mẫu phiếu của hồ sơ), versioned by date."""

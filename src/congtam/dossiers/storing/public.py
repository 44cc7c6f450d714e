"""What other contexts may use of the storing of imports and of undoing them (lưu và hoàn tác lượt nhập)."""

from congtam.dossiers.storing.conflicts import has_dossiers_of_source
from congtam.dossiers.storing.coverage import StoredLine, codes_of_imports, stored_lines
from congtam.dossiers.storing.parties import PHONE
from congtam.dossiers.storing.replaced import UNDO_TIME
from congtam.dossiers.storing.undo import UndoCounts, UndoRefused, undo_store

__all__ = [
    "PHONE",
    "UNDO_TIME",
    "StoredLine",
    "UndoCounts",
    "UndoRefused",
    "codes_of_imports",
    "has_dossiers_of_source",
    "stored_lines",
    "undo_store",
]

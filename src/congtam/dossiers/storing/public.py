"""What other contexts may use of undoing imports (hoàn tác lượt nhập)."""

from congtam.dossiers.storing.replaced import UNDO_TIME
from congtam.dossiers.storing.undo import UndoCounts, UndoRefused, undo_store

__all__ = ["UNDO_TIME", "UndoCounts", "UndoRefused", "undo_store"]

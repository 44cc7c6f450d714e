"""Lists of dossiers as files, streamed (xuất danh sách hồ sơ)."""

from congtam.dossiers.lists.export.exporting import FORMS, Export, begin_export, is_short

__all__ = ["FORMS", "Export", "begin_export", "is_short"]

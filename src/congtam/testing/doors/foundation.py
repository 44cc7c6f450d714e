"""What tests of other rooms use of foundation beyond its door."""

from typing import Final

from congtam.foundation.installation import forget_notes
from congtam.foundation.large_files import TookTooLong
from congtam.foundation.models import AuditEntry, InstallationNote, StoredFile
from congtam.foundation.time import replace_clock

NOTES_TABLE: Final[str] = InstallationNote._meta.db_table  # noqa: SLF001 - Django's own door

__all__ = [
    "NOTES_TABLE",
    "AuditEntry",
    "InstallationNote",
    "StoredFile",
    "TookTooLong",
    "forget_notes",
    "replace_clock",
]

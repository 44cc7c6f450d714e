"""What tests of other rooms use of foundation beyond its door."""

from congtam.foundation.large_files import TookTooLong
from congtam.foundation.models import AuditEntry, StoredFile
from congtam.foundation.time import replace_clock

__all__ = [
    "AuditEntry",
    "StoredFile",
    "TookTooLong",
    "replace_clock",
]

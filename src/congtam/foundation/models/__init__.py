from congtam.foundation.models.accounts import Account, RoleGrant
from congtam.foundation.models.api import ApiToken, IdempotencyKey
from congtam.foundation.models.calendar import CalendarDay, WorkingDay
from congtam.foundation.models.files import InstallationNote, StoredFile
from congtam.foundation.models.ledger import AuditEntry, OutboxMessage

__all__ = [
    "Account",
    "ApiToken",
    "AuditEntry",
    "CalendarDay",
    "IdempotencyKey",
    "InstallationNote",
    "OutboxMessage",
    "RoleGrant",
    "StoredFile",
    "WorkingDay",
]

from congtam.foundation.models.accounts import Account, RoleGrant
from congtam.foundation.models.api import ApiToken, IdempotencyKey
from congtam.foundation.models.calendar import (
    CalendarChange,
    CalendarDay,
    CalendarEffect,
    OfficeHoursRule,
    WorkingDay,
)
from congtam.foundation.models.files import InstallationNote, StoredFile
from congtam.foundation.models.ledger import AuditEntry, OutboxMessage

__all__ = [
    "Account",
    "ApiToken",
    "AuditEntry",
    "CalendarChange",
    "CalendarDay",
    "CalendarEffect",
    "IdempotencyKey",
    "InstallationNote",
    "OfficeHoursRule",
    "OutboxMessage",
    "RoleGrant",
    "StoredFile",
    "WorkingDay",
]

"""What other contexts may use of the foundation."""

from congtam.foundation.accounts import actor_for, actor_of, open_account
from congtam.foundation.audit import record
from congtam.foundation.calendar import working_calendar
from congtam.foundation.domain.roles import EVERYWHERE, Actor, Grant, Role
from congtam.foundation.domain.roles import console as console_actor
from congtam.foundation.files import (
    FileLimits,
    FileRefused,
    data_dir,
    declare_file_kind,
    frontend_dir,
    open_file,
    path_of,
    store_file,
)
from congtam.foundation.installation import installation_notes, set_installation
from congtam.foundation.jobs import job
from congtam.foundation.models import Account
from congtam.foundation.outbox import Message as OutboxMessage
from congtam.foundation.outbox import drain_outbox, publish, subscribe
from congtam.foundation.time import clock

WORKING_DAY_TABLE = "foundation_workingday"

__all__ = [
    "EVERYWHERE",
    "WORKING_DAY_TABLE",
    "Account",
    "Actor",
    "FileLimits",
    "FileRefused",
    "Grant",
    "OutboxMessage",
    "Role",
    "actor_for",
    "actor_of",
    "clock",
    "console_actor",
    "data_dir",
    "declare_file_kind",
    "drain_outbox",
    "frontend_dir",
    "installation_notes",
    "job",
    "open_account",
    "open_file",
    "path_of",
    "publish",
    "record",
    "set_installation",
    "store_file",
    "subscribe",
    "working_calendar",
]

"""What other contexts may use of the foundation."""

from congtam.foundation.accounts import actor_for, actor_of, close_account, open_account
from congtam.foundation.audit import LedgerLine, broken_places, last_lines, lines_about, record
from congtam.foundation.audit import line as ledger_line
from congtam.foundation.calendar import seed_calendar, working_calendar
from congtam.foundation.calendar_changes import TOPIC as CALENDAR_CHANGED
from congtam.foundation.calendar_changes import Effect as CalendarEffect
from congtam.foundation.calendar_changes import (
    calendar_before,
    correct_calendar,
    note_applied,
    note_effects,
    tell_effects,
)
from congtam.foundation.calendar_changes import would_move as preview_correction
from congtam.foundation.domain.corrections import Correction, DayChange, HoursChange
from congtam.foundation.domain.roles import EVERYWHERE, Actor, Grant, Role
from congtam.foundation.domain.roles import console as console_actor
from congtam.foundation.domain.roles import system as system_actor
from congtam.foundation.evidence_check import altered_evidence
from congtam.foundation.files import (
    FileLimits,
    FileRefused,
    damaged_files,
    data_dir,
    declare_file_kind,
    forget_file,
    frontend_dir,
    is_stored,
    open_file,
    path_of,
    store_file,
)
from congtam.foundation.installation import installation_notes, set_installation
from congtam.foundation.jobs import job, periodic
from congtam.foundation.large_files import AGAIN_AFTER, LargeFileTurn, TookTooLong
from congtam.foundation.models import Account
from congtam.foundation.outbox import CHANNEL as OUTBOX_CHANNEL
from congtam.foundation.outbox import Message as OutboxMessage
from congtam.foundation.outbox import dispatch_once, drain_outbox, publish, subscribe
from congtam.foundation.outbox import message as outbox_message
from congtam.foundation.outbox import stuck as stuck_messages
from congtam.foundation.outbox import waiting as waiting_messages
from congtam.foundation.people import names_of
from congtam.foundation.sealing import SEAL, Alteration, alterations, gone
from congtam.foundation.statements import run as run_together
from congtam.foundation.time import clock, replace_clock
from congtam.foundation.tokens import issue_token, revoke_token, tokens_of, tokens_of_all
from congtam.foundation.unused_files import declare_references, unused_count

WORKING_DAY_TABLE = "foundation_workingday"

__all__ = [
    "AGAIN_AFTER",
    "CALENDAR_CHANGED",
    "EVERYWHERE",
    "OUTBOX_CHANNEL",
    "SEAL",
    "WORKING_DAY_TABLE",
    "Account",
    "Actor",
    "Alteration",
    "CalendarEffect",
    "Correction",
    "DayChange",
    "FileLimits",
    "FileRefused",
    "Grant",
    "HoursChange",
    "LargeFileTurn",
    "LedgerLine",
    "OutboxMessage",
    "Role",
    "TookTooLong",
    "actor_for",
    "actor_of",
    "alterations",
    "altered_evidence",
    "broken_places",
    "calendar_before",
    "clock",
    "close_account",
    "console_actor",
    "correct_calendar",
    "damaged_files",
    "data_dir",
    "declare_file_kind",
    "declare_references",
    "dispatch_once",
    "drain_outbox",
    "forget_file",
    "frontend_dir",
    "gone",
    "installation_notes",
    "is_stored",
    "issue_token",
    "job",
    "last_lines",
    "ledger_line",
    "lines_about",
    "names_of",
    "note_applied",
    "note_effects",
    "open_account",
    "open_file",
    "outbox_message",
    "path_of",
    "periodic",
    "preview_correction",
    "publish",
    "record",
    "replace_clock",
    "revoke_token",
    "run_together",
    "seed_calendar",
    "set_installation",
    "store_file",
    "stuck_messages",
    "subscribe",
    "system_actor",
    "tell_effects",
    "tokens_of",
    "tokens_of_all",
    "unused_count",
    "waiting_messages",
    "working_calendar",
]

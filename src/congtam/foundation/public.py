"""What other contexts may use of the foundation."""

from congtam.foundation.accounts import actor_for, actor_of, close_account, open_account
from congtam.foundation.audit import LedgerLine, broken_places, last_lines, lines_about, record
from congtam.foundation.audit import line as ledger_line
from congtam.foundation.domain.roles import EVERYWHERE, Actor, Grant, Role
from congtam.foundation.domain.roles import console as console_actor
from congtam.foundation.domain.roles import system as system_actor
from congtam.foundation.evidence_check import altered_evidence
from congtam.foundation.files import (
    FileLimits,
    FileRefused,
    FileTooLarge,
    FileTypeRefused,
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
from congtam.foundation.installation import installation_notes, remembering, set_installation
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
from congtam.foundation.tokens import actor_of_token, issue_token, revoke_token, tokens_of, tokens_of_all
from congtam.foundation.unused_files import declare_references, unused_count

__all__ = [
    "AGAIN_AFTER",
    "EVERYWHERE",
    "OUTBOX_CHANNEL",
    "SEAL",
    "Account",
    "Actor",
    "Alteration",
    "FileLimits",
    "FileRefused",
    "FileTooLarge",
    "FileTypeRefused",
    "Grant",
    "LargeFileTurn",
    "LedgerLine",
    "OutboxMessage",
    "Role",
    "TookTooLong",
    "actor_for",
    "actor_of",
    "actor_of_token",
    "alterations",
    "altered_evidence",
    "broken_places",
    "clock",
    "close_account",
    "console_actor",
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
    "open_account",
    "open_file",
    "outbox_message",
    "path_of",
    "periodic",
    "publish",
    "record",
    "remembering",
    "replace_clock",
    "revoke_token",
    "run_together",
    "set_installation",
    "store_file",
    "stuck_messages",
    "subscribe",
    "system_actor",
    "tokens_of",
    "tokens_of_all",
    "unused_count",
    "waiting_messages",
]

"""What other contexts may use of the foundation."""

from congtam.foundation.accounts import actor_for, actor_of, open_account
from congtam.foundation.audit import LedgerLine, find_breaks, last_lines, lines_about, record
from congtam.foundation.demonstration_clock import (
    follow_demonstration_clock,
    set_demonstration_clock,
)
from congtam.foundation.domain.roles import EVERYWHERE, Actor, Grant, Role
from congtam.foundation.domain.roles import console as console_actor
from congtam.foundation.domain.roles import system as system_actor
from congtam.foundation.evidence_check import altered_evidence
from congtam.foundation.installation import installation_notes, remembering, set_installation
from congtam.foundation.jobs import job, periodic
from congtam.foundation.large_files import AGAIN_AFTER, LargeFileTurn
from congtam.foundation.models import Account
from congtam.foundation.outbox import CHANNEL as OUTBOX_CHANNEL
from congtam.foundation.outbox import Message as OutboxMessage
from congtam.foundation.outbox import dispatch_once, drain_outbox, publish, subscribe
from congtam.foundation.outbox import stuck as stuck_messages
from congtam.foundation.outbox import waiting as waiting_messages
from congtam.foundation.people import display_names
from congtam.foundation.time import clock, has_own_clock, real_clock, replaying
from congtam.foundation.unused_files import declare_references, unused_count

__all__ = [
    "AGAIN_AFTER",
    "EVERYWHERE",
    "OUTBOX_CHANNEL",
    "Account",
    "Actor",
    "Grant",
    "LargeFileTurn",
    "LedgerLine",
    "OutboxMessage",
    "Role",
    "actor_for",
    "actor_of",
    "altered_evidence",
    "clock",
    "console_actor",
    "declare_references",
    "dispatch_once",
    "display_names",
    "drain_outbox",
    "find_breaks",
    "follow_demonstration_clock",
    "has_own_clock",
    "installation_notes",
    "job",
    "last_lines",
    "lines_about",
    "open_account",
    "periodic",
    "publish",
    "real_clock",
    "record",
    "remembering",
    "replaying",
    "set_demonstration_clock",
    "set_installation",
    "stuck_messages",
    "subscribe",
    "system_actor",
    "unused_count",
    "waiting_messages",
]

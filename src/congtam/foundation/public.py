"""What other contexts may use of the foundation."""

from congtam.foundation.accounts import actor_for, actor_of, create_or_update_account
from congtam.foundation.audit import LedgerLine, find_breaks, lines_about, newest_sealed_entries, record
from congtam.foundation.demonstration_clock import (
    apply_demonstration_clock,
    set_demonstration_clock,
)
from congtam.foundation.domain.roles import EVERYWHERE, Actor, Grant, Role, console_actor, system_actor
from congtam.foundation.evidence_check import altered_evidence
from congtam.foundation.installation import cache_notes, installation_notes, set_installation_notes
from congtam.foundation.jobs import job, periodic
from congtam.foundation.large_files import AGAIN_AFTER, LargeFileTurn
from congtam.foundation.models import Account
from congtam.foundation.outbox import CHANNEL as OUTBOX_CHANNEL
from congtam.foundation.outbox import Message as OutboxMessage
from congtam.foundation.outbox import count_waiting as waiting_messages
from congtam.foundation.outbox import dispatch_once, drain_outbox, publish, stuck_messages, subscribe
from congtam.foundation.people import display_names
from congtam.foundation.time import clock, has_own_clock, override_domain_clock, real_clock
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
    "apply_demonstration_clock",
    "cache_notes",
    "clock",
    "console_actor",
    "create_or_update_account",
    "declare_references",
    "dispatch_once",
    "display_names",
    "drain_outbox",
    "find_breaks",
    "has_own_clock",
    "installation_notes",
    "job",
    "lines_about",
    "newest_sealed_entries",
    "override_domain_clock",
    "periodic",
    "publish",
    "real_clock",
    "record",
    "set_demonstration_clock",
    "set_installation_notes",
    "stuck_messages",
    "subscribe",
    "system_actor",
    "unused_count",
    "waiting_messages",
]

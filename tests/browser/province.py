"""A small demonstration province for browser tests: generated, stored, in the lake."""

from __future__ import annotations

from congtam.work_calendar.public import seed_calendar

from congtam.demonstration.public import Demonstration, load
from congtam.foundation.public import Account, console_actor

DOSSIERS = 4_000


def load_small_province() -> dict[str, Account]:
    """Load the demonstration in miniature; its accounts by user name."""
    seed_calendar(console_actor())
    load(Demonstration(dossiers=DOSSIERS))
    return {account.username: account for account in Account.objects.all()}

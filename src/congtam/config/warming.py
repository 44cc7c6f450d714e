"""A web process reads definitions and opens the warehouse before its first visitor has to wait for it."""

from __future__ import annotations

import threading

from django.db import DatabaseError, connection

from congtam.foundation.public import clock, console_actor
from congtam.indicators.public import definitions, figures
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError
from congtam.kernel.periods import Period
from congtam.org_units.public import tree


def warm_up() -> None:
    """Count this month's figures of the topmost units once; a fault is left to the first page, which can tell it."""
    try:
        day = today(clock())
        codes = [one.code for one in definitions(day)]
        for unit in tree(day).roots:
            figures(codes, unit=unit.code, period=Period.month_of(day), to=console_actor())
    except (DomainError, DatabaseError):
        return


def _warm_up_thread() -> None:
    try:
        warm_up()
    finally:
        connection.close()  # a thread's own connection


def warm_up_in_background() -> None:
    """Begin to warm up without holding up the start."""
    threading.Thread(target=_warm_up_thread, name="warm-up", daemon=True).start()

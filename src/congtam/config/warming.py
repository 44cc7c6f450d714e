"""What a process gets ready before its first visitor has to wait for it (khởi động ấm).

The worker counts what every home page shows, and the database remembers it. A web process reads definitions and
units and opens the warehouse, but counts nothing: what DuckDB once took for counting, a process keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Final

from django.db import DatabaseError, connection

from congtam.foundation.public import apply_demonstration_clock, clock, console_actor
from congtam.indicators.public import definitions, figures
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError
from congtam.kernel.periods import Period
from congtam.org_units.public import tree
from congtam.warehouse.public import EngineFailed
from congtam.warehouse.public import connection as warehouse

_SHOWN_BY_THE_PAGE: Final = (DomainError, DatabaseError, EngineFailed)


def warm_figures() -> None:
    """Count this month's figures of the topmost units once; a fault is left to the first page, which can tell it."""
    with suppress(*_SHOWN_BY_THE_PAGE):
        day, codes, roots = _read_scope()
        for unit in roots:
            figures(codes, unit=unit, period=Period.month_of(day), to=console_actor())


def warm_warehouse() -> None:
    """Read definitions and units, and open the warehouse; a fault is left to the first page here too."""
    with suppress(*_SHOWN_BY_THE_PAGE):
        _read_scope()
        warehouse()


def run_in_background(task: Callable[[], None]) -> None:
    """Do it without holding up the start."""
    threading.Thread(target=_run_and_disconnect, args=(task,), name="warm-up", daemon=True).start()


def _run_and_disconnect(task: Callable[[], None]) -> None:
    try:
        task()
    finally:
        connection.close()  # a thread's own connection


def _read_scope() -> tuple[date, list[str], list[str]]:
    apply_demonstration_clock()
    day = today(clock())
    return day, [one.code for one in definitions(day)], [unit.code for unit in tree(day).roots]

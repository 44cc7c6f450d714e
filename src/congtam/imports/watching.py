"""How far a running import is, who waits, and who wants it stopped (theo dõi lượt nhập).

What runs an import reports to a watch. The watch writes through a connection of its own: inside the transaction of
the import nobody would see it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections

from congtam.imports.models import Import, ImportPhase

Report = Callable[[ImportPhase, int], None]
"""Called as work goes on: the phase, and how many dossiers are done in it; raises ImportStopped."""

_EVERY_SECONDS: Final = 1.0
_SAVE: Final = (
    "UPDATE exchange_import SET phase = %s, progress = %s WHERE key = %s RETURNING stop_requested_by"
)


class ImportStopped(Exception):
    """Somebody asked for the import to be stopped; nothing of it is stored."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


def ignore_report(_phase: ImportPhase, _done: int) -> None:
    """The watch of an import that nobody follows."""


class _Watch:
    def __init__(self, key: str, connection: Any, also: Callable[[int], None] | None) -> None:
        self._key = key
        self._connection = connection
        self._also = also
        self._phase: ImportPhase | None = None
        self._saved_at = 0.0

    def report(self, phase: ImportPhase, done: int) -> None:
        now = time.monotonic()
        if phase is self._phase and now - self._saved_at < _EVERY_SECONDS:
            return
        self._phase, self._saved_at = phase, now
        if self._also is not None:
            self._also(done)
        with self._connection.cursor() as cursor:
            cursor.execute(_SAVE, [phase.value, done, self._key])
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise ImportStopped(row[0])


@contextmanager
def watch_import(started: Import, *, also: Callable[[int], None] | None = None) -> Iterator[Report]:
    """Follow one run: at most once a second, and at each change of phase, the row of the import is brought up to date.

    ``also`` hears of the same, such as the progress bar of a terminal.
    """
    beside = connections["default"].copy()
    try:
        yield _Watch(started.key, beside, also).report
    finally:
        beside.close()

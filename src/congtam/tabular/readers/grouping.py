"""Bringing the events of a case together when the file scatters them, in bounded memory (gom sự kiện)."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from congtam.tabular.cells import FaultyCell, PaddedNumber
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.records import SourceCase, SourceRow

_IN_MEMORY: Final = 100_000
_BATCH: Final = 5000
_PADDED: Final = "\x00padded"
_FAULTY: Final = "\x00faulty"


def group_rows(
    rows: Iterable[SourceRow], *, key: Callable[[SourceRow], str], limits: ReadLimits, sheet: str | None
) -> Iterator[SourceCase]:
    """Cases in the order in which they first occur, their events in the order of the file.

    Up to 100,000 rows are held in memory; a longer file goes through a temporary database on disk.
    """
    held: dict[str, list[SourceRow]] = {}
    waiting = iter(rows)
    for count, row in enumerate(waiting, start=1):
        held.setdefault(key(row), []).append(row)
        if count >= _IN_MEMORY:
            yield from _through_disk(held, waiting, key=key, limits=limits, sheet=sheet)
            return
    for events in held.values():
        yield _build_case(events, limits, sheet=sheet)


def _through_disk(
    held: dict[str, list[SourceRow]],
    waiting: Iterator[SourceRow],
    *,
    key: Callable[[SourceRow], str],
    limits: ReadLimits,
    sheet: str | None,
) -> Iterator[SourceCase]:
    with tempfile.NamedTemporaryFile(prefix="congtam-import-") as file:
        database = sqlite3.connect(file.name, isolation_level=None)
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-20000")
        database.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, code TEXT UNIQUE)")
        database.execute("CREATE TABLE events (case_id INTEGER, line INTEGER, content TEXT)")
        database.execute("BEGIN")
        _write_rows(database, ((code, row) for code, events in held.items() for row in events))
        held.clear()
        _write_rows(database, ((key(row), row) for row in waiting))
        database.execute("CREATE INDEX event_of_case ON events (case_id, line)")
        yield from _read_cases(database, limits, sheet=sheet)
        database.close()


def _write_rows(database: sqlite3.Connection, rows: Iterator[tuple[str, SourceRow]]) -> None:
    batch: list[tuple[str, SourceRow]] = []
    for pair in rows:
        batch.append(pair)
        if len(batch) == _BATCH:
            _write_batch(database, batch)
            batch.clear()
    _write_batch(database, batch)


def _write_batch(database: sqlite3.Connection, batch: list[tuple[str, SourceRow]]) -> None:
    database.executemany("INSERT OR IGNORE INTO cases (code) VALUES (?)", ((code,) for code, _ in batch))
    database.executemany(
        "INSERT INTO events SELECT id, ?, ? FROM cases WHERE code = ?",
        (
            (
                row.row,
                json.dumps(
                    {name: _to_writable(value) for name, value in row.values.items()}, default=_json_value
                ),
                code,
            )
            for code, row in batch
        ),
    )


def _to_writable(value: Any) -> Any:
    """What JSON would write as something else than it is, in a form that ``_restore_value`` knows."""
    if isinstance(value, PaddedNumber):
        return {_PADDED: [float(value), len(value.shown)]}
    return {_FAULTY: [value.code, value.written]} if isinstance(value, FaultyCell) else value


def _restore_value(content: dict[str, Any]) -> Any:
    if _PADDED in content:
        return PaddedNumber(*content[_PADDED])
    return FaultyCell(*content[_FAULTY]) if _FAULTY in content else content


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _read_cases(
    database: sqlite3.Connection, limits: ReadLimits, *, sheet: str | None
) -> Iterator[SourceCase]:
    events: list[SourceRow] = []
    current: int | None = None
    for case_id, line, content in database.execute(
        "SELECT case_id, line, content FROM events ORDER BY case_id, line"
    ):
        if case_id != current and events:
            yield _build_case(events, limits, sheet=sheet)
            events = []
        current = case_id
        events.append(SourceRow(json.loads(content, object_hook=_restore_value), line))
    if events:
        yield _build_case(events, limits, sheet=sheet)


def _build_case(events: list[SourceRow], limits: ReadLimits, *, sheet: str | None) -> SourceCase:
    if len(events) > limits.case_events:
        limit_mib = limits.case_bytes >> 20
        raise file_refusal("case_too_large", row=events[0].row, limit=limits.case_events, limit_mib=limit_mib)
    return SourceCase({}, events[0].row, events, sheet=sheet)

"""The counts of a pack by unit, field of work and officer (phân tích theo đơn vị, lĩnh vực, cán bộ)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from congtam.inspections.domain.content import Breakdown, BreakdownRow
from congtam.inspections.frame import Frame
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import unit_name

MOST_ROWS: Final = 20
"""Rows in full, those with most finished late first; what is beyond them is one row, so that the sums hold."""


def find_breakdowns(frame: Frame) -> tuple[Breakdown, ...]:
    """By each view all dossiers received or finished in the period; one with a single row says nothing new."""

    def name_of(code: str) -> str:
        return unit_name(code, frame.period.last_day)

    views: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("unit", "unit_code", name_of),
        ("field", "field_name", str),
        ("officer", "officer", str),
    )
    found = (
        Breakdown(by=by, rows=_worst_rows(frame.group_counts(column), name)) for by, column, name in views
    )
    return tuple(one for one in found if len(one.rows) > 1)


def _worst_rows(counts: Iterable[BreakdownRow], name: Callable[[str], str]) -> tuple[BreakdownRow, ...]:
    ordered = sorted(counts, key=lambda row: (-row.late, -row.finished, collation_key(row.code), row.code))
    named = [_with_name(row, name(row.code)) for row in ordered]
    if len(named) <= MOST_ROWS:
        return tuple(named)
    kept, rest = named[: MOST_ROWS - 1], named[MOST_ROWS - 1 :]
    others = BreakdownRow(
        code="",
        name="",
        others=len(rest),
        received=sum(row.received for row in rest),
        finished=sum(row.finished for row in rest),
        late=sum(row.late for row in rest),
    )
    return (*kept, others)


def _with_name(row: BreakdownRow, name: str) -> BreakdownRow:
    return BreakdownRow(code=row.code, name=name, received=row.received, finished=row.finished, late=row.late)

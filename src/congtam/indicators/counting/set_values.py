"""For each unit and parameter, from which day which value holds (tham số theo đơn vị), as lists for the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from congtam.foundation.public import installation_notes
from congtam.indicators.compiling.set_values import STARTS, VALUES, code_of, column_name
from congtam.indicators.definitions.parameters import parameter_rows
from congtam.indicators.domain.set_targets import TargetRow, nearest
from congtam.org_units import public as org_units

UNITS: Final = "units"
Spans = Mapping[str, tuple[tuple[date, float | None], ...]]
"""For each unit, the days on which its value changes, with the value from then on."""


def parameter_codes(columns: Iterable[str]) -> list[str]:
    """The parameters whose derived columns these are."""
    return sorted({code for one in columns if (code := code_of(one))})


def set_value_lists(codes: Collection[str]) -> dict[str, Any]:
    """The values of the engine's parameters: units, days and values of each parameter."""
    lists: dict[str, Any] = {}
    for code in codes:
        spans = value_spans(code)
        lists |= {
            column_name(code, UNITS): list(spans),
            column_name(code, STARTS): [[str(day) for day, _ in each] for each in spans.values()],
            column_name(code, VALUES): [
                [None if value is None else str(value) for _, value in each] for each in spans.values()
            ],
        }
    return lists


def set_value_join(code: str, unit_column: str) -> str:
    """SQL that joins the lists of a parameter to rows named ``own``, by their unit."""
    units, starts, values = (column_name(code, part) for part in (UNITS, STARTS, VALUES))
    lists = (
        f"SELECT unnest(CAST(${units} AS VARCHAR[])) AS unit_of_value, "
        f"unnest(CAST(${starts} AS DATE[][])) AS {starts}, unnest(CAST(${values} AS DECIMAL(38, 6)[][])) AS {values}"
    )
    return f" LEFT JOIN ({lists}) AS of_{code} ON of_{code}.unit_of_value = own.{unit_column}"


def value_spans(code: str) -> Spans:
    """By unit, for a parameter."""
    edition = str(installation_notes().get(org_units.EDITION_NOTE, ""))
    return _cached_spans(edition, code, parameter_rows([code]))


def parameter_digest(code: str) -> str:
    """A mark of all that is set of a parameter: another one after every change."""
    text = "\n".join(
        f"{row.unit_code}|{row.unit_kind}|{row.target.value}|{row.target.valid_from}|{row.target.valid_until}"
        for row in parameter_rows([code])
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def value_on(spans: Spans, unit: str, day: date) -> float | None:
    """The value that holds for a unit on a day."""
    return next((value for start, value in reversed(spans.get(unit, ())) if start <= day), None)


@lru_cache(maxsize=64)
def _cached_spans(_edition: str, code: str, rows: tuple[TargetRow, ...]) -> Spans:
    first = min((row.target.valid_from for row in rows), default=date.max)
    days = sorted(_change_days(rows) | {day for day in _tree_days() if day > first})
    spans: dict[str, list[tuple[date, float | None]]] = {}
    for day in days:
        for unit, value in _values_on(code, rows, day).items():
            own = spans.setdefault(unit, [])
            if not own or own[-1][1] != value:
                own.append((day, value))
    return {unit: tuple(own) for unit, own in spans.items()}


def _values_on(code: str, rows: tuple[TargetRow, ...], day: date) -> dict[str, float | None]:
    """The value of every unit of the tree of a day; a unit that is not in it has none."""
    tree = org_units.tree(day)
    values: dict[str, float | None] = {}
    for unit, node in tree.items():
        chain = [unit, *(above.code for above in reversed(tree.ancestors(unit)))]
        target = nearest(rows, indicator=code, unit_chain=chain, kind=node.kind, on=day)
        values[unit] = target.value if target else None
    gone = {row.unit_code for row in rows if row.unit_code} - values.keys()
    return values | dict.fromkeys(gone)


def _change_days(rows: Iterable[TargetRow]) -> set[date]:
    ends = ((row.target.valid_from, row.target.valid_until) for row in rows)
    return {day for pair in ends for day in pair if day is not None}


def _tree_days() -> list[date]:
    """The days on which the tree of units changed."""
    codes = {row.unit_code for row in org_units.crosswalk(date.max)}
    lives = [life for code in codes if (life := org_units.history(code)) is not None]
    return [
        day for life in lives for one in life.versions for day in (one.valid_from, one.valid_until) if day
    ]

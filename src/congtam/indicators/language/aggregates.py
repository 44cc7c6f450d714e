"""What a kind of indicator makes of its rows (đặc tả cách tính): the specification of aggregates, row by row.

The engine adds up parts of units and months; a test holds it to this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from congtam.indicators.domain.kinds import COUNTED, RANKED, ROWS_COUNT, Kind


@dataclass(frozen=True)
class AggregatedRow:
    """A row of the denominator: whether it counts, its value, and what a ratio is divided by."""

    does_count: bool
    value: Any = None
    per: Any = None


def aggregate(kind: Kind, rows: Sequence[AggregatedRow], *, quantile: str = "") -> tuple[Any, Any, Any]:
    """Numerator, denominator and value; the value is None where it would be divided by nothing."""
    counting = [one for one in rows if one.does_count]
    values, chosen = [one.value for one in rows], [one.value for one in counting]
    parts: dict[Kind, tuple[Any, Any]] = {
        Kind.SUM: (_total(chosen), len(rows)),
        Kind.MEAN: (_total(values), len(rows)),
        Kind.RATIO: (_total(chosen), _total([one.per for one in rows])),
        Kind.DISTINCT: (len(set(chosen)), len(rows)),
        Kind.DISTINCT_RATE: (len(set(chosen)), len(set(values))),
        **dict.fromkeys(ROWS_COUNT, (len(counting), len(rows))),
        **dict.fromkeys(RANKED, (len(rows), len(rows))),
    }
    numerator, denominator = parts[kind]
    if kind in COUNTED:
        return numerator, denominator, numerator
    if kind in RANKED:
        return numerator, denominator, _ranked(kind, sorted(values), quantile) if rows else None
    return numerator, denominator, float(Decimal(numerator) / Decimal(denominator)) if denominator else None


def _total(values: Sequence[Any]) -> Any:
    """An exact sum; of rows that have no number there is none to add."""
    return sum(one for one in values if isinstance(one, int | Decimal))


def _ranked(kind: Kind, values: Sequence[Any], quantile: str) -> float:
    """The nearest rank: the least value that so many of the rows do not exceed."""
    if kind == Kind.MEDIAN:
        return float(median(values))
    share = {Kind.MINIMUM: Decimal(0), Kind.MAXIMUM: Decimal(1)}.get(kind)
    share = Decimal(quantile) if share is None else share
    reached = (number for number, _ in enumerate(values) if number + 1 >= len(values) * share)
    return float(values[next(reached)])

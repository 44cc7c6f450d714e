"""Counting on the lake: one pass over a data version for all asked indicators and one stretch of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from congtam.indicators.compiling.compiler import Pass, compile_histogram, compile_pass
from congtam.indicators.compiling.conditions import RELATION, Checked
from congtam.indicators.counting.domain.medians import weighted_median
from congtam.indicators.definitions.shipped import checked, columns_of
from congtam.indicators.domain.definitions import Definition, Kind
from congtam.indicators.domain.receipts import Parts, RowDigest, plain
from congtam.indicators.domain.scope import Scope, Weights
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

FEW_UNITS: Final = 64
"""Up to so many units are named in the pass, so that other units' rows are not counted."""


@dataclass(frozen=True, order=True)
class Window:
    """A period, and the instant at which its stocks are taken."""

    period: Period
    as_of: datetime


PartsByBucket = dict[str, Parts]


def count(
    definitions: Sequence[Definition], window: Window, scope: Scope, *, version: int
) -> dict[str, PartsByBucket]:
    """Parts by definition code and bucket; buckets without rows are left out. All of one fact."""
    found: dict[str, PartsByBucket] = {one.code: {} for one in definitions}
    flows = tuple(checked(one) for one in definitions if one.is_additive)
    stocks = tuple(checked(one) for one in definitions if one.is_at_an_instant)
    for piece, weights in scope.pieces(window.period) if flows else ():
        _add(found, _grouped(flows, weights, Window(piece, window.as_of), version=version))
    if stocks:
        weights = scope.weights_on(window.period.last_day)
        _add(found, _grouped(stocks, weights, window, version=version))
    for one in definitions:
        if one.kind == Kind.MEDIAN:
            found[one.code] = _median(checked(one), window, scope, version=version)
    return found


def month_sums(definitions: Iterable[Definition], relation: str) -> Mapping[tuple[str, str, date], Parts]:
    """Parts by definition code, unit and month over a relation, for the cells; no scope, no weights."""
    by_period: dict[str, list[Checked]] = defaultdict(list)
    for one in definitions:
        by_period[one.period].append(checked(one))
    found: dict[tuple[str, str, date], Parts] = {}
    for group in by_period.values():
        fact = warehouse.fact(group[0].definition.fact)
        compiled = compile_pass(tuple(group), columns_of(fact), by_month=True)
        for row in warehouse.query(sql_over(compiled.sql, relation)):
            for code, parts in parts_of(compiled, row).items():
                found[code, row[0], row[1]] = parts
    return found


def sql_over(sql: str, relation: str) -> str:
    """Compiled SQL with its rows named."""
    return sql.replace(f"FROM {RELATION}", f"FROM {relation} AS {RELATION}")


def _grouped(
    group: tuple[Checked, ...], weights: Weights, window: Window, *, version: int
) -> list[tuple[str, str, Parts]]:
    fact = warehouse.fact(group[0].definition.fact)
    few = len(weights) <= FEW_UNITS
    compiled = compile_pass(group, columns_of(fact), some_units=few)
    parameters = {
        name: value for name, value in values_of(window, weights).items() if name in compiled.parameters
    }
    rows = warehouse.query(sql_over(compiled.sql, warehouse.relation(fact.name, version)), parameters)
    return [
        (code, bucket, parts.weighted(weight))
        for row in rows
        if row[0] in weights
        for code, parts in parts_of(compiled, row).items()
        if parts.denominator
        for bucket, weight in weights[row[0]]
    ]


def values_of(window: Window, weights: Weights) -> dict[str, Any]:
    """Every parameter a compiled statement may have; DuckDB is given texts and casts them."""
    start, end = window.period.start.isoformat(), window.period.end.isoformat()
    return {
        "start": start,
        "end": end,
        "period_start": start,
        "period_end": end,
        "as_of": window.as_of.isoformat(),
        "units": list(weights),
    }


def _add(found: dict[str, PartsByBucket], rows: Iterable[tuple[str, str, Parts]]) -> None:
    for code, bucket, parts in rows:
        known = found[code].get(bucket)
        found[code][bucket] = parts if known is None else known + parts


def parts_of(compiled: Pass, row: tuple[Any, ...]) -> dict[str, Parts]:
    """The parts of every indicator in one result row."""
    width = 3 if compiled.has_digests else 1
    sums_at = compiled.leading + compiled.condition_count * width
    parts: dict[str, Parts] = {}
    for code, place in compiled.places.items():
        members = row[compiled.leading + place.denominator * width :][:width]
        selected = row[compiled.leading + place.numerator * width :][:width]
        numerator = selected[0] if place.total is None else row[sums_at + place.total]
        parts[code] = Parts(
            _number(numerator), _number(members[0]), _digest(selected[1:]), _digest(members[1:])
        )
    return parts


def _number(value: Any) -> int | Decimal:
    if value is None:
        return 0
    return value if isinstance(value, int) else plain(Decimal(str(value)))


def _digest(halves: Sequence[int | None]) -> RowDigest:
    return RowDigest(*((half or 0) for half in halves)) + RowDigest() if halves else RowDigest()


def _median(one: Checked, window: Window, scope: Scope, *, version: int) -> PartsByBucket:
    fact = warehouse.fact(one.definition.fact)
    histograms: dict[str, dict[float, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    digests: dict[str, RowDigest] = defaultdict(RowDigest)
    compiled = compile_histogram(one, columns_of(fact))
    for piece, weights in scope.pieces(window.period):
        parameters = values_of(Window(piece, window.as_of), weights)
        named = {name: value for name, value in parameters.items() if name in compiled.parameters}
        for row in warehouse.query(sql_over(compiled.sql, warehouse.relation(fact.name, version)), named):
            unit, value, rows, high, low = row
            for bucket, weight in weights.get(unit, ()):
                histograms[bucket][float(value)] += rows * weight
                digests[bucket] += RowDigest(high, low)
    found: PartsByBucket = {}
    for bucket, histogram in histograms.items():
        total = plain(sum(histogram.values(), Decimal()))
        digest = digests[bucket]
        found[bucket] = Parts(total, total, digest, digest, weighted_median(histogram))
    return found

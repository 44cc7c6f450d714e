"""Counts of divided units as whole numbers: rounded once for each former unit, so that successors add up.

The parts of a figure stay exact, and its digest with them; what people read are whole dossiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.indicators.counting.evaluation import evaluate
from congtam.indicators.counting.windows import Window
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import WholeCounts
from congtam.indicators.domain.kinds import OUT_OF_ROWS, ROWS_COUNT
from congtam.indicators.domain.largest_remainder import share_out
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import ONE, Division, Scope, Share
from congtam.indicators.models import Cell

Result = Mapping[tuple[str, Window], Mapping[str, Parts]]
WholeByBucket = dict[tuple[str, Window], dict[str, WholeCounts]]
NOTHING: Final = Parts()


def whole_counts(
    definitions: Sequence[Definition], scopes: Mapping[Window, Scope], result: Result, *, version: int
) -> WholeByBucket:
    """Whole numbers by definition code, window and bucket, for buckets that hold parts of divided units."""
    divided = {window: scope for window, scope in scopes.items() if scope.divisions}
    whole: WholeByBucket = {}
    months = _months_with_rows(divided.values()) if divided else {}
    for group in (
        [one for one in definitions if one.is_additive and one.kind in OUT_OF_ROWS],
        [one for one in definitions if not one.is_additive and one.kind in OUT_OF_ROWS],
    ):
        used = {
            window: divisions
            for window, scope in divided.items()
            if group
            and (divisions := _divisions_with_rows(scope, window, months, is_flow=group[0].is_additive))
        }
        sources = {
            window: _divided_units_scope(scopes[window].map_name, divisions)
            for window, divisions in used.items()
        }
        counted = evaluate(group, sources, version=version) if sources else {}
        whole |= {
            (one.code, window): _whole_counts_by_bucket(
                one, divisions, exact=result[one.code, window], counted=counted[one.code, window]
            )
            for window, divisions in used.items()
            for one in group
        }
    return whole


def _months_with_rows(scopes: Iterable[Scope]) -> Mapping[str, frozenset[date]]:
    """In which months the divided units have rows, by the cells: most have none after the day they were divided."""
    codes = {one.unit_code for scope in scopes for one in scope.divisions}
    months: dict[str, set[date]] = defaultdict(set)
    for unit, month in Cell.objects.filter(unit_code__in=codes).values_list("unit_code", "month").distinct():
        months[unit].add(month)
    return {unit: frozenset(found) for unit, found in months.items()}


def _divisions_with_rows(
    scope: Scope, window: Window, months: Mapping[str, frozenset[date]], *, is_flow: bool
) -> list[Division]:
    """Flows have rows in their months only; a stock, and a median, may hold a row of any month."""
    first = window.period.start.replace(day=1)
    return [
        one
        for one in scope.divisions
        if any(
            not is_flow or (first <= month < window.period.end and one.since <= month < one.until)
            for month in months.get(one.unit_code, ())
        )
    ]


def _divided_units_scope(map_name: str, divisions: Sequence[Division]) -> Scope:
    """Each divided unit whole, in a bucket of its own."""
    shares = tuple(
        Share(one.unit_code, _division_bucket(one), one.since, one.until, ONE) for one in divisions
    )
    return Scope(map_name, shares)


def _division_bucket(division: Division) -> str:
    return f"{division.unit_code}|{division.since}|{division.until}"


def _whole_counts_by_bucket(
    one: Definition,
    divisions: Sequence[Division],
    *,
    exact: Mapping[str, Parts],
    counted: Mapping[str, Parts],
) -> dict[str, WholeCounts]:
    corrections: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(), Decimal()])
    for division in divisions:
        source = counted.get(_division_bucket(division), NOTHING)
        for bucket, (numerator, denominator) in _rounding_differences(one, division, source):
            corrections[bucket][0] += numerator
            corrections[bucket][1] += denominator
    return {
        bucket: WholeCounts(
            numerator=round(Decimal(parts.numerator) + corrections[bucket][0]),
            denominator=round(Decimal(parts.denominator) + corrections[bucket][1]),
        )
        for bucket, parts in exact.items()
        if bucket in corrections
    }


def _rounding_differences(
    one: Definition, division: Division, source: Parts
) -> list[tuple[str, tuple[Decimal, Decimal]]]:
    """What whole numbers add to, or take from, the exact share of each bucket of a divided unit.

    The rows that count and the rest are shared out apart: no successor then has more that count than it has in all.
    """
    weights = [(target, weight) for target, weight, _bucket in division.targets]
    counts = int(source.numerator) if one.kind in ROWS_COUNT else 0
    counting = share_out(counts, weights)
    others = share_out(int(source.denominator) - counts, weights)
    return [
        (
            bucket,
            (
                counting[target] - counts * weight,
                counting[target] + others[target] - source.denominator * weight,
            ),
        )
        for target, weight, bucket in division.targets
        if bucket is not None
    ]

"""Medians, quantiles and distinct values: how many rows have each value, in all windows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from congtam.indicators.compiling.conditions import selects_all, sql_over
from congtam.indicators.compiling.histograms import compile_histogram
from congtam.indicators.counting.domain.ranks import nearest_rank, weighted_median
from congtam.indicators.counting.sources import source_sql
from congtam.indicators.counting.statement_values import histogram_parameters, select_used_parameters
from congtam.indicators.counting.windows import PartsByWindow, Piece, Window, flow_pieces, group_by_weights
from congtam.indicators.definitions.shipped import checked_definition, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.receipts import Number, Parts, RowDigest, canonical_number
from congtam.indicators.domain.scope import ONE, Scope
from congtam.warehouse import public as warehouse

Buckets = tuple[tuple[str, Decimal], ...]


@dataclass
class _Rows:
    """How many rows have each value, units that were divided by their weight, and the digest of these rows."""

    counts: dict[Any, Number] = field(default_factory=lambda: defaultdict(int))
    high: int = 0
    low: int = 0

    def add(self, value: Any, sums: Sequence[int | None], *, weight: Number) -> None:
        """Add the rows of a unit that have a value."""
        rows, high, low = (one or 0 for one in sums)
        if rows:
            self.counts[value] += rows * weight
            self.high += high
            self.low += low

    @property
    def digest(self) -> RowDigest:
        return RowDigest(self.high, self.low) + RowDigest()


@dataclass
class _Histogram:
    """The rows of a bucket by value: all of the denominator, and those that count."""

    every: _Rows = field(default_factory=_Rows)
    counting: _Rows = field(default_factory=_Rows)

    def parts(self, one: Definition) -> Parts:
        every, counting = self.every, self.counting
        if one.kind == Kind.DISTINCT:
            rows = canonical_number(sum(every.counts.values()))
            return Parts(len(counting.counts), rows, counting.digest, every.digest)
        if one.kind == Kind.DISTINCT_RATE:
            return Parts(len(counting.counts), len(every.counts), counting.digest, every.digest)
        total = canonical_number(sum(every.counts.values()))
        return Parts(total, total, every.digest, every.digest, _ranked_value(one, every.counts))


def _ranked_value(one: Definition, counts: Mapping[Any, Number]) -> float | None:
    if one.kind == Kind.MEDIAN:
        return weighted_median({float(value): weight for value, weight in counts.items()})
    share = {Kind.MINIMUM: Decimal(0), Kind.MAXIMUM: Decimal(1)}.get(one.kind)
    ranked = nearest_rank(counts, Decimal(one.quantile) if share is None else share)
    return None if ranked is None else float(ranked)


_Histograms = Mapping[tuple[Window, str], _Histogram]


def add_value_counts(parts: PartsByWindow, one: Definition, scope: Scope, *, version: int) -> None:
    """Add the parts of a kind of `OF_VALUES` in every window; pieces with the same units share a statement."""
    histograms: _Histograms = defaultdict(_Histogram)
    pieces = [piece for window in parts for piece in flow_pieces(window, scope)]
    for group in group_by_weights(pieces):
        _add_rows(histograms, one, group, version=version)
    for (window, bucket), histogram in histograms.items():
        parts[window][one.code][bucket] = histogram.parts(one)


def _add_rows(histograms: _Histograms, one: Definition, pieces: Sequence[Piece], *, version: int) -> None:
    """Add the rows of pieces that have the same weights: units with the same shares are counted together."""
    weights = pieces[0].weights
    if not weights:
        return
    numbers: dict[Buckets, int] = {}
    group_of_unit = {unit: numbers.setdefault(buckets, len(numbers)) for unit, buckets in weights.items()}
    shares = [_integer_shares(buckets) for buckets in numbers]
    fact = warehouse.fact(one.fact)
    checked = checked_definition(one)
    all_count = selects_all(checked)
    compiled = compile_histogram(checked, columns_of(fact))
    sql = sql_over(compiled.sql, source_sql(compiled, fact, version))
    values = select_used_parameters(histogram_parameters(pieces, group_of_unit), compiled)
    for number, group, value, *sums in warehouse.query(sql, values):
        counting = sums[:3] if all_count else sums[3:]
        for bucket, weight in shares[group]:
            histogram = histograms[pieces[number].window, bucket]
            histogram.every.add(value, sums[:3], weight=weight)
            histogram.counting.add(value, counting, weight=weight)


def _integer_shares(buckets: Buckets) -> list[tuple[str, Number]]:
    """The same with whole shares as integers, so that whole rows are counted in integers."""
    return [(bucket, 1 if weight == ONE else weight) for bucket, weight in buckets]

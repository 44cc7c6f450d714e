"""Medians: how many rows have each value, in all windows at once, and the value in the middle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from congtam.indicators.compiling.conditions import sql_over
from congtam.indicators.compiling.histograms import compile_histogram
from congtam.indicators.counting.domain.medians import weighted_median
from congtam.indicators.counting.sources import source_sql
from congtam.indicators.counting.statement_values import histogram_parameters, select_used_parameters
from congtam.indicators.counting.windows import PartsByWindow, Piece, Window, flow_pieces, group_by_weights
from congtam.indicators.definitions.shipped import checked_definition, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Number, Parts, RowDigest, canonical_number
from congtam.indicators.domain.scope import ONE, Scope
from congtam.warehouse import public as warehouse

Buckets = tuple[tuple[str, Decimal], ...]


@dataclass
class _Histogram:
    """How many rows of a bucket have each value, units that were divided by their weight."""

    counts: dict[float, Number] = field(default_factory=lambda: defaultdict(int))
    high: int = 0
    low: int = 0

    def parts(self) -> Parts:
        total = canonical_number(sum(self.counts.values()))
        digest = RowDigest(self.high, self.low) + RowDigest()
        return Parts(total, total, digest, digest, weighted_median(self.counts))


_Histograms = Mapping[tuple[Window, str], _Histogram]


def add_median(parts: PartsByWindow, median: Definition, scope: Scope, *, version: int) -> None:
    """Add the parts of a median in every window; pieces of windows with the same units share a statement."""
    histograms: _Histograms = defaultdict(_Histogram)
    pieces = [piece for window in parts for piece in flow_pieces(window, scope)]
    for group in group_by_weights(pieces):
        _add_rows(histograms, median, group, version=version)
    for (window, bucket), histogram in histograms.items():
        parts[window][median.code][bucket] = histogram.parts()


def _add_rows(histograms: _Histograms, median: Definition, pieces: Sequence[Piece], *, version: int) -> None:
    """Add the rows of pieces that have the same weights: units with the same shares are counted together."""
    weights = pieces[0].weights
    if not weights:
        return
    numbers: dict[Buckets, int] = {}
    group_of_unit = {unit: numbers.setdefault(buckets, len(numbers)) for unit, buckets in weights.items()}
    shares = [_integer_shares(buckets) for buckets in numbers]
    fact = warehouse.fact(median.fact)
    compiled = compile_histogram(checked_definition(median), columns_of(fact))
    sql = sql_over(compiled.sql, source_sql(compiled, fact, version))
    values = select_used_parameters(histogram_parameters(pieces, group_of_unit), compiled)
    for number, group, value, rows, high, low in warehouse.query(sql, values):
        for bucket, weight in shares[group]:
            histogram = histograms[pieces[number].window, bucket]
            histogram.counts[float(value)] += rows * weight
            histogram.high += high
            histogram.low += low


def _integer_shares(buckets: Buckets) -> list[tuple[str, Number]]:
    """The same with whole shares as integers, so that whole rows are counted in integers."""
    return [(bucket, 1 if weight == ONE else weight) for bucket, weight in buckets]

"""The same indicators in many windows: stocks and medians in one pass over the lake, not one per window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from congtam.indicators.compiling.compiler import Pass, compile_pass, place_name
from congtam.indicators.compiling.conditions import Checked
from congtam.indicators.compiling.histograms import compile_histograms
from congtam.indicators.counting.domain.medians import weighted_median
from congtam.indicators.counting.lake_pass import (
    FEW_UNITS,
    PartsByBucket,
    Window,
    count,
    parts_of,
    sql_over,
    values_of,
)
from congtam.indicators.definitions.shipped import checked, columns_of
from congtam.indicators.domain.definitions import Definition, Kind
from congtam.indicators.domain.receipts import Parts, RowDigest
from congtam.indicators.domain.scope import ONE, Scope, Weights
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

ByWindow = dict[Window, dict[str, PartsByBucket]]
CONDITIONS_TOGETHER: Final = 16
"""More in one pass costs the engine more in planning than it saves in reading."""
NUMBERED: Final = ("as_of", "period_start", "period_end")


@dataclass(frozen=True)
class Piece:
    """A stretch of a window within which units go to the same buckets."""

    of: Window
    period: Period
    weights: Weights


def count_windows(
    definitions: Sequence[Definition], windows: Sequence[Window], scope: Scope, *, version: int
) -> ByWindow:
    """Parts by window, definition code and bucket; the same as `lake_pass.count` window by window."""
    if len(windows) == 1:
        return {windows[0]: count(definitions, windows[0], scope, version=version)}
    found: ByWindow = {place: {one.code: {} for one in definitions} for place in windows}
    for one in definitions:
        if one.kind == Kind.MEDIAN:
            _merge(found, _medians(one, windows, scope, version=version))
    stocks = [one for one in definitions if one.is_at_an_instant]
    if stocks:
        _merge(found, _stocks(stocks, windows, scope, version=version))
    others = [one for one in definitions if one.is_additive]
    for place in windows if others else ():
        _merge(found, {place: count(others, place, scope, version=version)})
    return found


def _merge(found: ByWindow, more: ByWindow) -> None:
    for place, by_code in more.items():
        found[place] |= by_code


def _stocks(
    stocks: Sequence[Definition], windows: Sequence[Window], scope: Scope, *, version: int
) -> ByWindow:
    found: ByWindow = {place: {one.code: {} for one in stocks} for place in windows}
    ends = [Piece(place, place.period, scope.weights_on(place.period.last_day)) for place in windows]
    together = max(1, CONDITIONS_TOGETHER // (2 * len(stocks)))
    for alike in _same_weights(ends):
        for start in range(0, len(alike), together):
            _take(found, stocks, alike[start : start + together], version=version)
    return found


def _take(found: ByWindow, stocks: Sequence[Definition], pieces: Sequence[Piece], *, version: int) -> None:
    """Stocks at the instants of some windows with the same weights."""
    weights = pieces[0].weights
    fact = warehouse.fact(stocks[0].fact)
    compiled = compile_pass(
        tuple(checked(one) for one in stocks),
        columns_of(fact),
        some_units=len(weights) <= FEW_UNITS,
        windows=len(pieces),
    )
    parameters = _numbered_values(pieces, compiled)
    for row in warehouse.query(sql_over(compiled.sql, warehouse.relation(fact.name, version)), parameters):
        parts = parts_of(compiled, row) if row[0] in weights else {}
        for number, piece in enumerate(pieces):
            for one in stocks if parts else ():
                own = parts[place_name(one.code, number if len(pieces) > 1 else None)]
                if own.denominator:
                    _add(found[piece.of][one.code], weights[row[0]], own)


def _add(by_bucket: PartsByBucket, buckets: Iterable[tuple[str, Decimal]], parts: Parts) -> None:
    for bucket, weight in buckets:
        share = parts.weighted(weight)
        by_bucket[bucket] = by_bucket[bucket] + share if bucket in by_bucket else share


def _numbered_values(pieces: Sequence[Piece], compiled: Pass) -> dict[str, object]:
    values: dict[str, object] = {}
    for number, piece in enumerate(pieces):
        own = values_of(Window(piece.period, piece.of.as_of), piece.weights)
        values["units"] = own["units"]
        values |= {f"{name}_{number}" if len(pieces) > 1 else name: own[name] for name in NUMBERED}
    return {name: value for name, value in values.items() if name in compiled.parameters}


def _medians(one: Definition, windows: Sequence[Window], scope: Scope, *, version: int) -> ByWindow:
    pieces = [
        Piece(place, period, weights) for place in windows for period, weights in scope.pieces(place.period)
    ]
    if not all(share.weight == ONE for share in scope.shares):
        return {place: count([one], place, scope, version=version) for place in windows}
    seen = _Seen()
    for alike in _same_weights(pieces):
        if alike[0].weights:
            _look(seen, checked(one), alike, version=version)
    return {place: {one.code: seen.parts(place)} for place in windows}


class _Seen:
    """The values seen so far, by window and bucket."""

    def __init__(self) -> None:
        self.counts: dict[Window, dict[str, dict[float, int]]] = defaultdict(dict)
        self.digests: dict[tuple[Window, str], RowDigest] = defaultdict(RowDigest)

    def add(self, place: Window, bucket: str, value: float, *, rows: int, digest: RowDigest) -> None:
        histogram = self.counts[place].setdefault(bucket, defaultdict(int))
        histogram[value] += rows
        self.digests[place, bucket] += digest

    def parts(self, place: Window) -> PartsByBucket:
        found: PartsByBucket = {}
        for bucket, histogram in self.counts[place].items():
            total, digest = sum(histogram.values()), self.digests[place, bucket]
            found[bucket] = Parts(total, total, digest, digest, weighted_median(histogram))
        return found


def _look(seen: _Seen, one: Checked, pieces: Sequence[Piece], *, version: int) -> None:
    """Values of the windows with the same weights, each unit whole in its one bucket."""
    fact = warehouse.fact(one.definition.fact)
    compiled = compile_histograms(one, columns_of(fact))
    whole = [(unit, bucket) for unit, buckets in pieces[0].weights.items() for bucket, _one in buckets]
    parameters = {
        "windows": list(range(len(pieces))),
        "starts": [piece.period.start.isoformat() for piece in pieces],
        "ends": [piece.period.end.isoformat() for piece in pieces],
        "start": min(piece.period.start for piece in pieces).isoformat(),
        "end": max(piece.period.end for piece in pieces).isoformat(),
        "units": [unit for unit, _bucket in whole],
        "buckets": [bucket for _unit, bucket in whole],
    }
    for row in warehouse.query(sql_over(compiled.sql, warehouse.relation(fact.name, version)), parameters):
        number, bucket, value, rows, high, low = row
        digest = RowDigest(high, low)
        seen.add(pieces[number].of, bucket, float(value), rows=rows, digest=digest)


def _same_weights(pieces: Iterable[Piece]) -> list[list[Piece]]:
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[repr(sorted(piece.weights.items()))].append(piece)
    return list(groups.values())

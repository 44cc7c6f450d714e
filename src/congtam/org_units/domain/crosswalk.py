"""Carry the facts of any unit and any day onto the map of another day.

The rule in prose, with the worked table its test reads: docs/algorithms/crosswalk.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from congtam.org_units.domain.records import CrosswalkRow, SuccessionRow, UnitVersionRow

Shares = Mapping[str, float]


@dataclass(frozen=True)
class _Stretch:
    """A span in which a code meant one and the same unit under one parent."""

    code: str
    start: date
    end: date
    parent: str | None


class Crosswalk:
    """Places stretches on maps by following successions, forward and backward in time (quy đổi bản đồ)."""

    def __init__(self, versions: Iterable[UnitVersionRow], successions: Iterable[SuccessionRow]) -> None:
        self._forward: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
        self._backward: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
        cuts: dict[str, set[date]] = defaultdict(set)
        for row in successions:
            cuts[row.predecessor].add(row.on_date)
            cuts[row.successor].add(row.on_date)
            self._forward[row.predecessor, row.on_date][row.successor] = float(row.weight)
            if not row.only_forward:
                self._backward[row.successor, row.on_date][row.predecessor] = float(row.weight)
        self._stretches: dict[str, list[_Stretch]] = defaultdict(list)
        for version in versions:
            self._stretches[version.code].extend(_cut_version(version, cuts[version.code]))
        for stretches in self._stretches.values():
            stretches.sort(key=lambda stretch: stretch.start)

    def rows(self, map_on: date) -> list[CrosswalkRow]:
        """Where every code goes, for every span of its facts, on the map of the day."""
        placed: dict[_Stretch, Shares] = {}
        rows: list[CrosswalkRow] = []
        for code in sorted(self._stretches):
            stretches = self._stretches[code]
            for stretch, (start, end) in zip(stretches, _fact_spans(stretches), strict=True):
                shares = self.shares_on(stretch, map_on, placed=placed)
                rows += [
                    CrosswalkRow(
                        unit_code=code,
                        valid_from=start,
                        valid_until=end,
                        target_code=target,
                        weight=shares[target],
                    )
                    for target in sorted(shares)
                ]
        return rows

    def shares_on(self, stretch: _Stretch, map_on: date, *, placed: dict[_Stretch, Shares]) -> Shares:
        """The units of the map to which a stretch belongs, with its shares; what is found is noted in `placed`."""
        if stretch not in placed:
            if stretch.start <= map_on < stretch.end:
                placed[stretch] = {stretch.code: 1.0}
            else:
                parts = (
                    self._next_stretches(stretch)
                    if stretch.end <= map_on
                    else self._previous_stretches(stretch)
                )
                ends = {part: self.shares_on(part, map_on, placed=placed) for part in parts}
                placed[stretch] = _blend_shares(parts, ends) or {stretch.code: 1.0}
        return placed[stretch]

    def _next_stretches(self, stretch: _Stretch) -> Mapping[_Stretch, float]:
        """The stretches that take over at the end: successors, the same code going on, or else the parent."""
        shares = self._forward.get((stretch.code, stretch.end)) or {stretch.code: 1.0}
        stretches = self._stretches_on(shares, stretch.end)
        return stretches or self._parent_stretches(stretch, stretch.end - timedelta(days=1))

    def _previous_stretches(self, stretch: _Stretch) -> Mapping[_Stretch, float]:
        """The stretches it came from: predecessors, the same code before, or else the parent."""
        shares = self._backward.get((stretch.code, stretch.start)) or {stretch.code: 1.0}
        stretches = self._stretches_on(shares, stretch.start - timedelta(days=1))
        return stretches or self._parent_stretches(stretch, stretch.start)

    def _parent_stretches(self, stretch: _Stretch, day: date) -> Mapping[_Stretch, float]:
        return self._stretches_on({stretch.parent: 1.0}, day) if stretch.parent else {}

    def _stretches_on(self, shares: Shares, day: date) -> dict[_Stretch, float]:
        weighted = ((self._stretch_on(code, day), weight) for code, weight in shares.items())
        return {stretch: weight for stretch, weight in weighted if stretch is not None and weight > 0}

    def _stretch_on(self, code: str, day: date) -> _Stretch | None:
        return next((each for each in self._stretches.get(code, ()) if each.start <= day < each.end), None)


def _blend_shares(parts: Mapping[_Stretch, float], ends: Mapping[_Stretch, Shares]) -> Shares:
    total = sum(parts.values())
    blended: dict[str, float] = defaultdict(float)
    for part, weight in parts.items():
        for target, share in ends[part].items():
            blended[target] += share * weight / total
    return dict(blended)


def _cut_version(version: UnitVersionRow, cuts: Iterable[date]) -> list[_Stretch]:
    inside = sorted(day for day in cuts if version.valid_from < day < version.valid_until)
    edges = [version.valid_from, *inside, version.valid_until]
    return [_Stretch(version.code, start, end, version.parent) for start, end in pairwise(edges)]


def _fact_spans(stretches: list[_Stretch]) -> list[tuple[date | None, date | None]]:
    """The spans of facts: the first reaches back for ever, each lasts until the next begins, the last never ends.

    So a fact dated after its unit was closed (a case finished during the hand-over) still has a place.
    """
    starts: list[date | None] = [None, *(stretch.start for stretch in stretches[1:])]
    return list(zip(starts, [*starts[1:], None], strict=True))

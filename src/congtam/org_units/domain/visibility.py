"""Which units somebody placed in a unit may look into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from congtam.org_units.domain.records import ALWAYS, EVER, SuccessionRow, UnitVersionRow


class UnitReach:
    """The reach of a unit through time: all that was ever below it, and what came before each of those.

    The last part keeps sight in step with figures: a figure of the unit on today's map contains the history of
    the predecessors, so whoever may see the figure may see its rows.
    """

    def __init__(self, versions: Iterable[UnitVersionRow], successions: Iterable[SuccessionRow]) -> None:
        self._below: dict[str, list[UnitVersionRow]] = defaultdict(list)
        for version in versions:
            if version.parent:
                self._below[version.parent].append(version)
        self._before: dict[str, list[SuccessionRow]] = defaultdict(list)
        for row in successions:
            self._before[row.successor].append(row)

    def reach(self, code: str) -> frozenset[str]:
        """The unit, everything ever below it, and everything that was ever below its predecessors."""
        reached: dict[str, list[tuple[date, date]]] = defaultdict(list)
        waiting = [(code, EVER, ALWAYS)]
        while waiting:
            each, start, end = waiting.pop()
            if any(
                reached_start <= start and end <= reached_end for reached_start, reached_end in reached[each]
            ):
                continue
            reached[each].append((start, end))
            waiting += self._children_within(each, start, end)
            waiting += [
                (row.predecessor, EVER, row.on_date) for row in self._before[each] if row.on_date < end
            ]
        return frozenset(reached)

    def _children_within(self, code: str, start: date, end: date) -> list[tuple[str, date, date]]:
        spans = (
            (row.code, max(start, row.valid_from), min(end, row.valid_until)) for row in self._below[code]
        )
        return [span for span in spans if span[1] < span[2]]

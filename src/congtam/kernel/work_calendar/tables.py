"""Cumulative tables over a run of days: a count is one subtraction, a sum one look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DayTable:
    """Which days of a run are worked and how long; a day is its place in the run, from 0."""

    open_seconds: Integers
    """Open seconds of each day; 0 on a day off."""

    @cached_property
    def working_indexes(self) -> Integers:
        """The place of every working day, in order."""
        return np.flatnonzero(self.open_seconds).astype(np.int64)

    @cached_property
    def ranks(self) -> Integers:
        """How many working days lie before each place; one entry longer than the run."""
        return np.concatenate([[0], np.cumsum(self.open_seconds > 0)]).astype(np.int64)

    @cached_property
    def seconds(self) -> Integers:
        """How many open seconds lie before each place; one entry longer than the run."""
        return np.concatenate([[0], np.cumsum(self.open_seconds)]).astype(np.int64)

    def rank_after(self, index: int, count: int) -> int:
        """The rank of the working day ``count`` working days after (before, when negative) a place."""
        if count > 0:
            return int(self.ranks[index + 1]) + count - 1
        return int(self.ranks[index]) + count

    def ranks_after(self, indexes: Integers, counts: Integers) -> Integers:
        """As ``rank_after``, for many at once."""
        after = counts > 0
        ranks: Integers = self.ranks[indexes + after] + counts - after
        return ranks

    def working_between(self, start: int, end: int) -> int:
        """Working days in (start, end], or minus those in [end, start) when the end comes first."""
        passed = int(end >= start)
        return int(self.ranks[end + passed] - self.ranks[start + passed])

    def working_between_many(self, starts: Integers, ends: Integers) -> Integers:
        """As ``working_between``, for many at once."""
        passed = (ends >= starts).astype(np.int64)
        counts: Integers = self.ranks[ends + passed] - self.ranks[starts + passed]
        return counts

    def index_of_second(self, second: int) -> int:
        """The place of the day on which so many open seconds of the run have gone by; the earlier of two."""
        return int(np.searchsorted(self.seconds, second, side="left")) - 1

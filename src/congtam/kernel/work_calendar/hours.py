"""When an office is open within a day, in seconds since midnight by the local clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
NOON: Final = 12 * 3600


def seconds_since_midnight(moment: time) -> int:
    """Whole seconds since midnight; fractions are cut off."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second


@dataclass(frozen=True)
class OfficeHours:
    """The spans an office is open on a full day, in order (giờ làm việc).

    On a half day only the spans that begin before noon count.

    >>> DEFAULT_HOURS.length(half=False) / 3600, DEFAULT_HOURS.length(half=True) / 3600
    (8.0, 4.5)
    """

    spans: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        marks = [mark for span in self.spans for mark in span]
        if not marks or any(later <= earlier for earlier, later in pairwise(marks)):
            raise ValueError(
                "office hours are spans in order, each ending after it begins and before the next"
            )

    @cached_property
    def _full_day_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (seconds_since_midnight(opens), seconds_since_midnight(closes)) for opens, closes in self.spans
        )

    @cached_property
    def _half_day_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(span for span in self._full_day_spans if span[0] < NOON)

    def on(self, *, half: bool) -> tuple[tuple[int, int], ...]:
        """The open spans of a full or a half day, in seconds since midnight."""
        return self._half_day_spans if half else self._full_day_spans

    def length(self, *, half: bool) -> int:
        """Open seconds of a full or a half day."""
        return sum(closes - opens for opens, closes in self.on(half=half))

    def open_seconds_to(self, second: int, *, half: bool) -> int:
        """Open seconds from midnight to the given second of the day."""
        return sum(min(max(second - opens, 0), closes - opens) for opens, closes in self.on(half=half))

    def open_seconds_to_many(self, seconds: Integers, halves: npt.NDArray[np.bool_]) -> Integers:
        """As ``open_seconds_to`` for many days at once; ``halves`` says which of them are half days."""
        full, half = (
            sum(
                (np.clip(seconds - opens, 0, closes - opens) for opens, closes in spans),
                start=np.zeros_like(seconds),
            )
            for spans in (self._full_day_spans, self._half_day_spans)
        )
        return np.where(halves, half, full)

    def second_when(self, elapsed: int, *, half: bool) -> int:
        """The earliest second of the day at which so many open seconds have gone by.

        Four and a half hours after the opening is 11:30, not 13:30: what is due then is due before lunch.
        """
        for opens, closes in self.on(half=half):
            if elapsed <= closes - opens:
                return opens + elapsed
            elapsed -= closes - opens
        raise ValueError("the office is not open that long on one day")

    def second_when_many(self, elapsed: Integers, halves: npt.NDArray[np.bool_]) -> Integers:
        """As ``second_when`` for many days at once."""
        full, half = (
            _seconds_at_elapsed(elapsed, spans) for spans in (self._full_day_spans, self._half_day_spans)
        )
        return np.where(halves, half, full)

    def opening_from(self, second: int, *, half: bool) -> int | None:
        """The first second at or after the given one at which the office is open; None when it has closed."""
        for opens, closes in self.on(half=half):
            if second < closes:
                return max(second, opens)
        return None


def _seconds_at_elapsed(elapsed: Integers, spans: tuple[tuple[int, int], ...]) -> Integers:
    seconds = np.zeros_like(elapsed)
    left = elapsed
    for index, (opens, closes) in enumerate(spans):
        here = (left > 0) if index else np.ones(len(elapsed), dtype=np.bool_)
        seconds = np.where(here, opens + left, seconds)
        left = left - (closes - opens)
    return seconds


DEFAULT_HOURS: Final = OfficeHours(((time(7), time(11, 30)), (time(13, 30), time(17))))

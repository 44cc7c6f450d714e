"""Values with their intervals on one scale (khoảng tin cậy dạng vạch), so that lines of a table can be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class IntervalMark:
    """Places on the scale, in per cent of its width, ready for the drawing."""

    low: str
    high: str
    value: str
    target: str | None
    is_short: bool


def scale_floor(intervals: Sequence[Interval | None]) -> float:
    """Where the scale begins: the lowest interval, down to a full twentieth; 0 without any.

    >>> scale_floor([(0.93, 0.99), None, (0.791, 1.0)])
    0.75
    """
    lows = [interval[0] for interval in intervals if interval]
    return math.floor(min(lows) * 20) / 20 if lows else 0.0


def interval_mark(
    value: float, interval: Interval, *, floor: float, target: float | None = None
) -> IntervalMark:
    """Place a value, its interval and its target on the scale from the floor to 1.

    >>> interval_mark(0.9, (0.8, 1.0), floor=0.5, target=0.95).low
    '60.0'
    """

    def position(share: float) -> str:
        return f"{min(max((share - floor) / (1 - floor), 0), 1) * 100:.1f}" if floor < 1 else "100.0"

    low, high = interval
    return IntervalMark(
        low=position(low),
        high=position(high),
        value=position(value),
        target=None if target is None else position(target),
        is_short=target is not None and high < target,
    )

"""The installation's clock: one place that tests replace."""

from __future__ import annotations

from congtam.kernel.clock import Clock, SystemClock

_clock: Clock = SystemClock()


def clock() -> Clock:
    """The clock in force; tests put a fixed one in its place."""
    return _clock


def replace_clock(other: Clock) -> Clock:
    """Put another clock in force and return the one that was; for tests and replays."""
    global _clock
    previous, _clock = _clock, other
    return previous

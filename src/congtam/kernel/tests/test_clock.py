"""Clocks tell aware instants; the date is the one in Việt Nam."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from congtam.kernel.clock import LOCAL, FixedClock, SystemClock, today


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
    assert abs(datetime.now(UTC) - SystemClock().now()) < timedelta(seconds=5)


def test_a_fixed_clock_answers_in_utc_and_moves_when_told() -> None:
    clock = FixedClock(datetime(2026, 3, 2, 0, 30, tzinfo=LOCAL))
    assert clock.now() == datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert today(clock) == date(2026, 3, 2)
    clock.advance(timedelta(days=1))
    assert today(clock) == date(2026, 3, 3)


def test_a_clock_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 3, 2))  # noqa: DTZ001 - the point of the test

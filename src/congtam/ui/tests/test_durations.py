"""Durations in words: office time, limits as the law states them, time by the clock."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from congtam.ui.public import elapsed_time_text, mean_working_days_text, time_limit_text, working_time_text

HOUR = 3600


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (30 * HOUR, "3 ngày làm việc", "3 working days"),
        (8 * HOUR, "1 ngày làm việc", "1 working day"),
        (8 * HOUR - 1, "7 giờ làm việc", "7 working hours"),
        (20 * 60, "20 phút", "20 minutes"),
        (5, "1 phút", "1 minute"),
    ],
)
def test_office_time_is_working_days_and_below_one_day_working_hours(seconds: int, vi: str, en: str) -> None:
    with translation.override("vi"):
        assert working_time_text(seconds) == vi
    with translation.override("en"):
        assert working_time_text(seconds) == en


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("0", "working_days", "trong ngày làm việc"),
        ("10", "calendar_days", "10 ngày"),
        ("0.5", "working_days", "0,5 ngày làm việc"),
        ("8", "hours", "8 giờ làm việc"),
        ("1200", "working_days", "1.200 ngày làm việc"),
        ("2", "months", "2 tháng"),
    ],
)
def test_a_limit_is_written_in_its_own_unit(value: str, unit: str, expected: str) -> None:
    with translation.override("vi"):
        assert time_limit_text(Decimal(value), unit) == expected


def test_time_by_the_clock_has_its_two_largest_units() -> None:
    with translation.override("vi"):
        assert elapsed_time_text(timedelta(days=2, hours=3, minutes=20)) == "2 ngày 3 giờ"
        assert elapsed_time_text(timedelta(hours=3, minutes=20)) == "3 giờ 20 phút"
        assert elapsed_time_text(timedelta(minutes=20), with_minutes=False) == "chưa đến một giờ"


def test_a_mean_has_one_decimal() -> None:
    with translation.override("vi"):
        assert mean_working_days_text(3.44) == "3,4 ngày làm việc"

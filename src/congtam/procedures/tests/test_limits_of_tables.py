"""Limits as tables and descriptions word them beside each other (thời hạn trong bảng và trong mô tả)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from congtam.procedures.domain.time_limits import Amount, TimeUnit, parse_time_limit


def test_a_day_too_many_is_plain_enough() -> None:
    expected = Amount(Decimal(10), TimeUnit.WORKING_DAYS)
    assert parse_time_limit("Không quá 10 ngày làm việc ngày").amount == expected


@pytest.mark.parametrize(
    ("notes", "unit"),
    [
        ("10 ngày làm việc", TimeUnit.WORKING_DAYS),
        ("Không quá 10 ngày làm việc kể từ ngày nhận đủ hồ sơ", TimeUnit.WORKING_DAYS),
        ("12 ngày làm việc", TimeUnit.CALENDAR_DAYS),
        ("10 ngày làm việc\n5 ngày làm việc", TimeUnit.CALENDAR_DAYS),
        ("", TimeUnit.CALENDAR_DAYS),
    ],
)
def test_days_of_a_table_are_those_of_the_description(notes: str, unit: TimeUnit) -> None:
    assert parse_time_limit("10 ngày", notes).amount == Amount(Decimal(10), unit)

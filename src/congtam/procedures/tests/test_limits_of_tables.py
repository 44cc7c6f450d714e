"""Limits as tables and descriptions word them beside each other (thời hạn trong bảng và trong mô tả)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from congtam.procedures.domain.time_limits import Amount, TimeUnit, parse_time_limit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Không quá 10 ngày làm việc ngày", 10, TimeUnit.WORKING_DAYS),
        ("05 ngày làm việc ngày làm việc", 5, TimeUnit.WORKING_DAYS),
        ("Tối đa là 15 ngày làm việc ngày, kể từ ngày nhận đủ hồ sơ", 15, TimeUnit.WORKING_DAYS),
        ("08 giờ làm việc giờ", 8, TimeUnit.HOURS),
        ("5 ngày ngày", 5, TimeUnit.CALENDAR_DAYS),
        ("2 tháng tháng", 2, TimeUnit.MONTHS),
    ],
)
def test_a_unit_too_many_is_plain_enough(text: str, value: int, unit: TimeUnit) -> None:
    assert parse_time_limit(text).amount == Amount(Decimal(value), unit)


@pytest.mark.parametrize("text", ["8 giờ làm việc ngày", "5 ngày tháng", "5 ngày ngày làm việc"])
def test_two_units_are_not_guessed_between(text: str) -> None:
    assert parse_time_limit(text).amount is None


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

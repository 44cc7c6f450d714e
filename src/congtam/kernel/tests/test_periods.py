"""Periods as people write, name and compare them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.periods import Period, PeriodMalformed, regime_on, reporting_period, shift_months

WRITTEN = [
    # written, start, end (not included), Vietnamese, English, previous, same period last year
    ("2025", "2025-01-01", "2026-01-01", "Năm 2025", "Year 2025", "2024", "2024"),
    ("2025-07", "2025-07-01", "2025-08-01", "Tháng 7/2025", "Month 7/2025", "2025-06", "2024-07"),
    ("2025-Q1", "2025-01-01", "2025-04-01", "Quý I/2025", "Quarter I/2025", "2024-Q4", "2024-Q1"),
    (
        "2025-H1",
        "2025-01-01",
        "2025-07-01",
        "6 tháng đầu năm 2025",
        "First half of 2025",
        "2024-H2",
        "2024-H1",
    ),
    (
        "2025-H2",
        "2025-07-01",
        "2026-01-01",
        "6 tháng cuối năm 2025",
        "Second half of 2025",
        "2025-H1",
        "2024-H2",
    ),
    (
        "2025-9M",
        "2025-01-01",
        "2025-10-01",
        "9 tháng đầu năm 2025",
        "First nine months of 2025",
        "2024-9M",
        "2024-9M",
    ),
    (
        "2025-02-10..2025-02-20",
        "2025-02-10",
        "2025-02-20",
        "Từ 10/02/2025 đến 19/02/2025",
        "10/02/2025 to 19/02/2025",
        "2025-01-31..2025-02-10",
        "2024-02-10..2024-02-20",
    ),
]


@pytest.mark.parametrize(("written", "start", "end", "vi", "en", "previous", "last_year"), WRITTEN)
def test_a_period_is_read_named_and_compared(
    *, written: str, start: str, end: str, vi: str, en: str, previous: str, last_year: str
) -> None:
    period = Period.parse(written)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.text == written
    assert (period.label("vi"), period.label("en")) == (vi, en)
    assert period.previous().text == previous
    assert period.same_period_last_year().text == last_year


@pytest.mark.parametrize(
    "written",
    [
        "",
        "25",
        "2025-13",
        "2025-Q5",
        "2025-H3",
        "2025-6M",
        "2025-7",
        "2025-02-30..2025-03-01",
        "0000",
        "2025-01-01..2025-01-01",
        "2025-02-01..2025-01-01",
        "2025-Q1; drop",
        "2025-01-01",
    ],
)
def test_anything_else_is_refused_with_what_is_accepted(written: str) -> None:
    with pytest.raises(PeriodMalformed, match=r"a quarter \(quý III/2025\)"):
        Period.parse(written)


@pytest.mark.parametrize(
    ("written", "same"), [(" 2025-q3 ", "2025-Q3"), ("2025-01-01 .. 2025-04-01", "2025-Q1")]
)
def test_reading_is_lenient_in_writing_not_in_meaning(written: str, same: str) -> None:
    assert Period.parse(written).text == same


periods = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(1, 1500),
)


@given(periods)
def test_every_period_reads_back_and_its_months_fill_it(period: Period) -> None:
    assert Period.parse(period.text) == period
    months = period.months()
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert all(one.end == two.start for one, two in pairwise(months))
    assert sum(month.day_count for month in months) == period.day_count
    assert period.previous().end == period.start
    assert period.same_period_last_year().start < period.start


def test_a_leap_day_has_a_counterpart_last_year() -> None:
    assert Period.parse("2024-02-29..2024-03-01").same_period_last_year().text == "2023-02-28..2023-03-01"
    assert Period.parse("2025-02").same_period_last_year() == Period(date(2024, 2, 1), date(2024, 3, 1))


def test_the_end_does_not_belong() -> None:
    june = Period.month_of(date(2025, 6, 15))
    assert june.contains(date(2025, 6, 30))
    assert not june.contains(date(2025, 7, 1))
    assert june.last_day == date(2025, 6, 30)
    assert june.instants() == (
        datetime(2025, 5, 31, 17, tzinfo=UTC),
        datetime(2025, 6, 30, 17, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("year", "quarter", "expected"),
    [
        (2026, 1, "2025-12-15..2026-03-15"),
        (2026, 2, "2026-03-15..2026-06-15"),
        (2026, 4, "2026-09-15..2026-12-15"),
        (2026, None, "2025-12-15..2026-12-15"),
    ],
)
def test_reports_count_from_cut_off_to_cut_off(year: int, quarter: int | None, expected: str) -> None:
    assert reporting_period(year, quarter).text == expected


def test_the_cut_off_is_dated_data() -> None:
    regime = regime_on(date(2026, 1, 1))
    assert regime is not None
    assert regime.cut_off_day == 15
    assert regime_on(date(2015, 1, 1)) is None


def test_months_shift_to_the_last_day_where_there_is_no_such_day() -> None:
    assert shift_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert shift_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert shift_months(date(2025, 11, 30), 1) == date(2025, 12, 30)


@pytest.mark.parametrize(
    "text", ["0001", "0001-01", "9999-12-01..9999-12-31", "0001-01-01..9999-12-31", "1799", "2201"]
)
def test_a_period_far_from_our_time_is_refused(text: str) -> None:
    with pytest.raises(PeriodMalformed):
        Period.parse(text)

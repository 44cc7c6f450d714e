"""What the calendar refuses, explains and remembers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import CalendarRow, DayNote, OfficeHours, OutsideCalendar, WorkCalendar

YEAR_2026 = Period.of_year(2026)
CALENDAR = WorkCalendar({date(2026, 1, 1)}, covers=YEAR_2026)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=LOCAL)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: CALENDAR.is_working_day(date(2025, 12, 31)), id="a day before"),
        pytest.param(lambda: CALENDAR.add_working_days(date(2026, 12, 30), 5), id="a due day after"),
        pytest.param(lambda: CALENDAR.add_working_days(date(2026, 1, 2), -5), id="counting back too far"),
        pytest.param(
            lambda: CALENDAR.add_working_hours(MONDAY.replace(month=12, day=31), 80), id="a due hour after"
        ),
        pytest.param(lambda: CALENDAR.add_calendar_days(date(2026, 12, 30), 5), id="calendar days"),
        pytest.param(
            lambda: CALENDAR.add_working_days_many(
                np.array(["2026-03-02", "2026-12-30"], "datetime64[D]"), [1, 9]
            ),
            id="one of many",
        ),
        pytest.param(
            lambda: CALENDAR.add_working_days_many(np.array(["NaT"], "datetime64[D]"), [1]),
            id="a missing day",
        ),
    ],
)
def test_nothing_is_computed_outside_the_known_years(ask: object) -> None:
    with pytest.raises(OutsideCalendar, match="2026-01-01 to 2026-12-31"):
        ask()  # type: ignore[operator]


def test_a_calendar_of_rows_knows_the_unbroken_run_of_years() -> None:
    days = [date(2024, 1, 1), date(2025, 1, 1), date(2027, 1, 1)]
    calendar = WorkCalendar.from_rows(CalendarRow(day, "day_off", "New Year", "Labour Code") for day in days)
    assert calendar.covers == Period(date(2024, 1, 1), date(2026, 1, 1))
    assert calendar.note(date(2024, 1, 1)) == DayNote("New Year", "Labour Code")
    assert calendar.note(date(2024, 1, 2)) is None


def test_equal_lists_make_equal_calendars() -> None:
    twin = WorkCalendar([date(2026, 1, 1)], covers=YEAR_2026)
    assert twin == CALENDAR
    assert hash(twin) == hash(CALENDAR)
    assert WorkCalendar([date(2026, 1, 2)], covers=YEAR_2026) != CALENDAR


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="2026-01-10"):
        WorkCalendar({date(2026, 1, 10)}, {date(2026, 1, 10)})


@pytest.mark.parametrize(
    ("instant", "latest", "expected"),
    [
        pytest.param(MONDAY, None, date(2026, 3, 2), id="in office hours"),
        pytest.param(MONDAY.replace(hour=17, minute=1), None, date(2026, 3, 3), id="after closing"),
        pytest.param(
            MONDAY.replace(hour=15, minute=1), time(15), date(2026, 3, 3), id="after the procedure's hour"
        ),
        pytest.param(
            MONDAY.replace(hour=15, minute=0), time(15), date(2026, 3, 2), id="at the procedure's hour"
        ),
        pytest.param(
            datetime(2026, 3, 1, 23, 0, tzinfo=UTC), None, date(2026, 3, 2), id="UTC is read as local time"
        ),
    ],
)
def test_the_day_a_receipt_counts_from(instant: datetime, latest: time | None, expected: date) -> None:
    assert CALENDAR.counts_from(instant, latest=latest) == expected


def test_an_instant_needs_a_time_zone_and_hours_are_not_taken_away() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.opening_from(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="not taken away"):
        CALENDAR.add_working_hours(MONDAY, -1)


def test_office_hours_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        OfficeHours(((time(13), time(17)), (time(7), time(11))))


def test_other_office_hours_change_the_hours_only() -> None:
    night = WorkCalendar(hours=OfficeHours(((time(20), time(22)),)), covers=YEAR_2026)
    assert night.add_working_hours(MONDAY, 3).isoformat() == "2026-03-03T21:00:00+07:00"
    assert night.add_working_days(date(2026, 3, 2), 3) == date(2026, 3, 5)

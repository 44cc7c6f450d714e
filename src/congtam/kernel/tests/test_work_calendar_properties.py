"""Random calendars against the plain definition: a loop over days, a loop over minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import WorkCalendar

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
some_days = st.dates(FIRST, LAST)
middle_days = st.dates(date(2026, 5, 1), date(2026, 7, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    listed = draw(
        st.dictionaries(some_days, st.sampled_from(["off", "make_up", "half", "both"]), max_size=40)
    )
    return WorkCalendar(
        {day for day, kind in listed.items() if kind == "off"},
        {day for day, kind in listed.items() if kind in {"make_up", "both"}},
        {day for day, kind in listed.items() if kind in {"half", "both"}},
        covers=Period(FIRST, LAST + DAY),
    )


def worked(calendar: WorkCalendar, day: date) -> bool:
    if day in calendar.make_up_days or day in calendar.half_days:
        return True
    return day.weekday() < 5 and day not in calendar.days_off


def step(calendar: WorkCalendar, day: date, count: int) -> date:
    """Walk day by day until the count is used up."""
    direction = DAY if count > 0 else -DAY
    while count:
        day += direction
        if worked(calendar, day):
            count -= 1 if count > 0 else -1
    return day


def is_open(calendar: WorkCalendar, minute: datetime) -> bool:
    """Whether the office is open in the minute that begins here."""
    morning = (7, 0) <= (minute.hour, minute.minute) < (11, 30)
    afternoon = (13, 30) <= (minute.hour, minute.minute) < (17, 0)
    day = minute.date()
    return worked(calendar, day) and (morning or (afternoon and day not in calendar.half_days))


@given(calendars(), middle_days, st.integers(-60, 60))
def test_adding_working_days_is_walking(calendar: WorkCalendar, day: date, count: int) -> None:
    due = calendar.add_working_days(day, count)
    assert due == step(calendar, day, count)
    assert calendar.working_days_between(day, due) == count
    many = calendar.add_working_days_many(np.array([day], dtype="datetime64[D]"), [count])
    assert many.tolist() == [due]


@given(calendars(), some_days, some_days)
def test_working_days_between_are_counted_one_by_one(calendar: WorkCalendar, start: date, end: date) -> None:
    if start <= end:
        days = [start + DAY * number for number in range(1, (end - start).days + 1)]
        expected = sum(worked(calendar, day) for day in days)
        assert calendar.days_off_between(start, end) == [day for day in days if not worked(calendar, day)]
    else:
        expected = -sum(worked(calendar, end + DAY * number) for number in range((start - end).days))
    assert calendar.working_days_between(start, end) == expected
    starts, ends = (np.array([day], dtype="datetime64[D]") for day in (start, end))
    assert calendar.working_days_between_many(starts, ends).tolist() == [expected]
    assert calendar.is_working_day_many(starts).tolist() == [worked(calendar, start)]


MONDAY = datetime(2026, 6, 1, tzinfo=LOCAL)
minutes = st.integers(0, 5 * 24 * 60).map(lambda number: MONDAY + number * MINUTE)


@settings(max_examples=60)
@given(calendars(), minutes, st.integers(1, 1500))
def test_adding_working_hours_is_waiting(calendar: WorkCalendar, start: datetime, open_minutes: int) -> None:
    now, left = start, open_minutes
    while left:
        left -= is_open(calendar, now)
        now += MINUTE
    due = calendar.add_working_hours(start.astimezone(UTC), open_minutes / 60)
    assert due == now
    assert calendar.working_seconds_between(start, due) == open_minutes * 60
    assert calendar.working_seconds_between(due, start) == -open_minutes * 60
    start_wall, due_wall = (
        np.array([moment.replace(tzinfo=None)], dtype="datetime64[s]") for moment in (start, due)
    )
    assert calendar.working_seconds_between_many(start_wall, due_wall).tolist() == [open_minutes * 60]


@settings(max_examples=60)
@given(calendars(), minutes)
def test_the_next_opening_is_waited_for(calendar: WorkCalendar, start: datetime) -> None:
    now = start
    while not is_open(calendar, now):
        now += MINUTE
    assert calendar.opening_from(start) == calendar.add_working_hours(start, 0) == now
    assert calendar.counts_from(start) == now.date()

"""Which week a reminder is about (tuần đôn đốc)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from congtam.indicators.public import latest_month
from congtam.kernel.clock import Clock, today
from congtam.kernel.periods import DAY, Period, shift_months
from congtam.kernel.work_calendar import WorkCalendar
from congtam.org_units.public import unit_on

WEEK: Final = timedelta(days=7)


def week_of(day: date) -> Period:
    """The week of a day, Monday to Sunday.

    >>> week_of(date(2026, 3, 4))
    Period(start=datetime.date(2026, 3, 2), end=datetime.date(2026, 3, 9))
    """
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + WEEK)


def usual_week(unit: str, clock: Clock) -> Period:
    """This week; for a unit that is no more, the last week of which it has dossiers."""
    day = today(clock)
    if unit_on(unit, day) is not None:
        return week_of(day)
    newest = latest_month(unit)
    week = week_of(min(day, shift_months(newest, 1) - DAY) if newest else day)
    return week if unit_on(unit, week.last_day) is not None else Period(week.start - WEEK, week.start)


def is_first_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether a day is the first working day of its week: Monday, or the day after where Monday is off.

    >>> is_first_working_day(date(2026, 3, 2), WorkCalendar()), is_first_working_day(date(2026, 3, 3), WorkCalendar())
    (True, False)
    """
    return calendar.is_working_day(day) and not any(map(calendar.is_working_day, _earlier_days(day)))


def _earlier_days(day: date) -> Iterable[date]:
    """The days of the week before a day."""
    return (day - timedelta(days=back) for back in range(1, day.weekday() + 1))

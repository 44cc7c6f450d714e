"""The listed days a calendar is made of, and the years they are known for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple

from congtam.kernel.errors import DomainError
from congtam.kernel.periods import Period

DayKind = Literal["day_off", "make_up", "half_day"]
ALWAYS: Final = Period(date(1990, 1, 1), date(2101, 1, 1))


class OutsideCalendar(DomainError):
    """The calculation leaves the years whose days off are known."""

    code = "outside_calendar"
    message = (
        "The work calendar has days off from {first} to {last}; {day} is outside this range. "
        "Enter the days off of that year first."
    )


class DayNote(NamedTuple):
    """Why a day is out of the ordinary, and the text that says so (căn cứ)."""

    reason: str = ""
    source: str = ""


class CalendarRow(NamedTuple):
    """One line of the list of days off and make-up days (danh mục ngày nghỉ)."""

    day: date
    kind: DayKind
    reason: str = ""
    source: str = ""


ListedDays = Mapping[date, DayNote] | Iterable[date]


def normalize_day_notes(days: ListedDays) -> dict[date, DayNote]:
    """Days listed without a reason get an empty one."""
    return dict(days) if isinstance(days, Mapping) else dict.fromkeys(days, DayNote())


def covered_years(days_off: Iterable[date]) -> Period:
    """The unbroken run of years from the first listed day; a year without any day off is not yet entered."""
    years = {day.year for day in days_off}
    if not years:
        return ALWAYS
    last = min(years)
    while last + 1 in years:
        last += 1
    return Period(date(min(years), 1, 1), date(last + 1, 1, 1))

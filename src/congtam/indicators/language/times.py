"""Parts, beginnings and differences of days and instants: the calendar half of what the language means.

An instant is a datetime without a zone, the clock on the wall in Việt Nam; a day stands for its first instant.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta


def as_instant(moment: date) -> datetime:
    """The instant itself, or the first of a day."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def add_months(day: date, months: int) -> date:
    """So many months later, at most the last day of that month; raises ValueError outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def part_of_time(name: str, moment: date) -> int:
    """A part such as the month, or the day of the year."""
    at = as_instant(moment)
    parts = {
        "second": at.second, "minute": at.minute, "hour": at.hour, "day": at.day, "week": at.isocalendar().week,
        "month": at.month, "quarter": (at.month + 2) // 3, "year": at.year, "isodow": at.isoweekday(),
        "dow": at.isoweekday() % 7, "doy": at.timetuple().tm_yday,
    }  # fmt: skip
    return parts[name]


def truncate(unit: str, moment: date) -> date:
    """The first instant of a unit, or its first day."""
    at, midnight = as_instant(moment), datetime.combine(moment, time())
    starts = {
        "second": at.replace(microsecond=0), "minute": at.replace(second=0, microsecond=0),
        "hour": at.replace(minute=0, second=0, microsecond=0), "day": midnight,
        "week": midnight - timedelta(days=at.weekday()), "month": midnight.replace(day=1),
        "quarter": midnight.replace(month=(at.month - 1) // 3 * 3 + 1, day=1),
        "year": midnight.replace(month=1, day=1),
    }  # fmt: skip
    return starts[unit] if isinstance(moment, datetime) else starts[unit].date()


def count_borders(unit: str, end: date, start: date) -> int:
    """How many borders of a unit lie between two moments."""
    last, first = (truncate(unit, as_instant(one)) for one in (end, start))
    months = (last.year - first.year) * 12 + last.month - first.month
    size = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    return months // size if size else (last - first) // timedelta(**{f"{unit}s": 1})

"""The work calendar of the installation: editable rows with a legal source, compiled into one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Final, cast

from django.db import connection

from congtam.foundation.public import installation_notes, set_installation_notes
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import CalendarRow, DayKind, OfficeHours, WorkCalendar
from congtam.work_calendar.models import WORKING_DAY_TABLE, CalendarDay, OfficeHoursRule, WorkingDay

FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2035
COVERS: Final = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))
Spans = tuple[tuple[time, time], ...]
_COUNT_WORKING_DAYS: Final = f"""
    INSERT INTO {WORKING_DAY_TABLE} (day, ordinal)
    SELECT %(first)s::date + (place - 1)::int, sum(sign::int) OVER (ORDER BY place)
    FROM string_to_table(%(signs)s, NULL) WITH ORDINALITY AS listed (sign, place)
"""  # noqa: S608 - the name of a table of ours
"""From one sign for each day, 1 where it is worked: ten thousand rows in one statement."""


def working_calendar() -> WorkCalendar:
    """The calendar in force (lịch làm việc), the same value until a day is changed."""
    return _calendar_of_edition(str(installation_notes().get("calendar_edition", "")))


@lru_cache(maxsize=4)
def _calendar_of_edition(_edition: str) -> WorkCalendar:
    return compile_calendar(listed_days(), office_hours())


def listed_days() -> dict[date, CalendarRow]:
    """The listed days by date."""
    rows = CalendarDay.objects.order_by("day").values_list("day", "kind", "reason", "source")
    return {
        day: CalendarRow(day, cast("DayKind", kind), reason, source) for day, kind, reason, source in rows
    }


def office_hours() -> dict[date, Spans]:
    """The office hours that were entered, by the day from which they apply."""
    rules = OfficeHoursRule.objects.values_list("since", "spans")
    return {since: spans_of_rows(spans) for since, spans in rules}


def spans_of_rows(rows: Iterable[Iterable[str]]) -> Spans:
    """Spans as they are stored: [["07:00", "11:30"], …]."""
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in rows)


def compile_calendar(days: Mapping[date, CalendarRow], hours: Mapping[date, Spans]) -> WorkCalendar:
    """The calendar that such rows make."""
    later = [(since, OfficeHours(spans)) for since, spans in hours.items()]
    return WorkCalendar.from_rows(days.values(), covers=COVERS, later_hours=later)


def calendar_edition(days: Mapping[date, CalendarRow], hours: Mapping[date, Spans]) -> str:
    """A name for a calendar that equal calendars share, and no others."""
    lines = [*map(str, sorted(days.values())), *map(str, sorted(hours.items()))]
    return f"{len(days)}-{sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"


def publish_calendar_edition() -> None:
    """The rows have changed: name the new edition and count the working days of SQL anew."""
    set_installation_notes(calendar_edition=calendar_edition(listed_days(), office_hours()))
    _refresh_working_days()


def _refresh_working_days() -> None:
    calendar = working_calendar()
    days = (COVERS.start + timedelta(days=number) for number in range((COVERS.end - COVERS.start).days))
    signs = "".join(str(int(calendar.is_working_day(day))) for day in days)
    WorkingDay.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_WORKING_DAYS, {"first": COVERS.start, "signs": signs})

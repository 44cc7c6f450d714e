"""The work calendar of the installation: editable rows with a legal source, compiled into one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, cast

import yaml
from django.db import transaction

from congtam.foundation.public import Actor, installation_notes, record, set_installation
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import PRELOADED, CalendarRow, DayKind, OfficeHours, WorkCalendar
from congtam.work_calendar.models import CalendarDay, OfficeHoursRule, WorkingDay

FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2035
_CORRECTIONS: Final = Path(__file__).parent / "catalogue" / "days_off_corrections.yaml"
COVERS: Final = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))
Spans = tuple[tuple[time, time], ...]
_LAWS: Final = (
    (date(2021, 1, 1), "Bộ luật Lao động 2019, Điều 112"),
    (date(2013, 5, 1), "Bộ luật Lao động 2012, Điều 115"),
    (date(1995, 1, 1), "Bộ luật Lao động 1994, Điều 73"),
)
_NOT_IN_THE_CODE: Final = ("thay cho", "Văn hóa")
_PACKAGE_SOURCE: Final = f"{PRELOADED} {version('holidays')}"


def working_calendar() -> WorkCalendar:
    """The calendar in force (lịch làm việc), the same value until a day is changed."""
    return _compiled(str(installation_notes().get("calendar_edition", "")))


@lru_cache(maxsize=4)
def _compiled(_edition: str) -> WorkCalendar:
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


def put_in_force() -> None:
    """The rows have changed: name the new edition and count the working days of SQL anew."""
    set_installation(calendar_edition=calendar_edition(listed_days(), office_hours()))
    _refresh_working_days()


@transaction.atomic
def seed_calendar(actor: Actor) -> int:
    """Fill the days off from the `holidays` package and our corrections; days a person edited stay. How many came."""
    rows = _package_days() | _corrections()
    recorded = set(CalendarDay.objects.values_list("day", flat=True))
    new = [CalendarDay(day=day, **row) for day, row in sorted(rows.items()) if day not in recorded]
    CalendarDay.objects.bulk_create(new)
    if new or not WorkingDay.objects.exists():
        put_in_force()
        record(actor, "calendar.seeded", kind="calendar", key="days_off", data={"days": len(new)})
    return len(new)


def _package_days() -> dict[date, dict[str, Any]]:
    import holidays  # a large package, needed only at set-up

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    vietnam = holidays.country_holidays("VN", years=years, language="vi")
    rows: dict[date, dict[str, Any]] = {
        day: {"kind": "day_off", "reason": str(reason)[:200], "source": _legal_source(day, str(reason))}
        for day, reason in vietnam.items()
    }
    workdays: Iterable[date] = getattr(vietnam, "weekend_workdays", ())
    for day in workdays:
        rows[day] = {"kind": "make_up", "reason": "Ngày làm bù", "source": _PACKAGE_SOURCE}
    return rows


def _legal_source(day: date, reason: str) -> str:
    """The article on public holidays in force on a day; swapped days and newer ones have only the list's word."""
    if any(word in reason for word in _NOT_IN_THE_CODE):
        return _PACKAGE_SOURCE
    article = next((text for since, text in _LAWS if day >= since), "")
    return f"{article} (theo {_PACKAGE_SOURCE})" if article else _PACKAGE_SOURCE


def _corrections() -> dict[date, dict[str, Any]]:
    if not _CORRECTIONS.exists():
        return {}
    rows = yaml.safe_load(_CORRECTIONS.read_text(encoding="utf-8")) or []
    return {row["day"]: {name: row[name] for name in ("kind", "reason", "source")} for row in rows}


def _refresh_working_days() -> None:
    calendar = working_calendar()
    day, last, ordinal = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31), 0
    rows: list[WorkingDay] = []
    while day <= last:
        ordinal += calendar.is_working_day(day)
        rows.append(WorkingDay(day=day, ordinal=ordinal))
        day += timedelta(days=1)
    WorkingDay.objects.all().delete()
    WorkingDay.objects.bulk_create(rows, batch_size=4000)

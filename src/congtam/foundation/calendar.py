"""The work calendar of the installation: editable rows with a legal source, compiled into one value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, cast

import yaml
from django.db import transaction

from congtam.foundation import audit
from congtam.foundation.domain.roles import Actor
from congtam.foundation.installation import installation_notes, set_installation
from congtam.foundation.models import CalendarDay, WorkingDay
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import CalendarRow, DayKind, WorkCalendar

FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2035
_CORRECTIONS: Final = Path(__file__).parent / "catalogue" / "days_off_corrections.yaml"
_PACKAGE_SOURCE: Final = f"holidays {version('holidays')} (PyPI, MIT)"


def working_calendar() -> WorkCalendar:
    """The calendar in force (lịch làm việc), the same value until a day is changed."""
    return _compiled(str(installation_notes().get("calendar_edition", "")))


@lru_cache(maxsize=4)
def _compiled(_edition: str) -> WorkCalendar:
    rows = CalendarDay.objects.order_by("day").values_list("day", "kind", "reason", "source")
    covers = Period(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1))
    listed = (CalendarRow(day, cast("DayKind", kind), reason, source) for day, kind, reason, source in rows)
    return WorkCalendar.from_rows(listed, covers=covers)


@transaction.atomic
def seed_calendar(actor: Actor) -> int:
    """Fill the days off from the `holidays` package and our corrections; days a person edited stay. How many came."""
    wanted = _package_days() | _corrections()
    known = set(CalendarDay.objects.values_list("day", flat=True))
    new = [CalendarDay(day=day, **row) for day, row in sorted(wanted.items()) if day not in known]
    CalendarDay.objects.bulk_create(new)
    if new or not WorkingDay.objects.exists():
        set_installation(calendar_edition=f"{CalendarDay.objects.count()}-{max(wanted)}")
        _refresh_working_days()
        audit.record(actor, "calendar.seeded", kind="calendar", key="days_off", data={"days": len(new)})
    return len(new)


def _package_days() -> dict[date, dict[str, Any]]:
    import holidays  # a large package, needed only at set-up

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    vietnam = holidays.country_holidays("VN", years=years)
    rows: dict[date, dict[str, Any]] = {
        day: {"kind": "day_off", "reason": str(reason)[:200], "source": _PACKAGE_SOURCE}
        for day, reason in vietnam.items()
    }
    workdays: Iterable[date] = getattr(vietnam, "weekend_workdays", ())
    for day in workdays:
        rows[day] = {"kind": "make_up", "reason": "make-up day", "source": _PACKAGE_SOURCE}
    return rows


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

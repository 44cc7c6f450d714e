"""The days off that an installation begins with (nạp lịch nghỉ), each with the text that makes it one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.foundation.row_seals import reseal
from congtam.work_calendar.calendar import FIRST_YEAR, LAST_YEAR, publish_calendar_edition
from congtam.work_calendar.domain.legal_sources import LabourCode, LegalSources
from congtam.work_calendar.models import CalendarChange, CalendarDay, WorkingDay

_CATALOGUE: Final = Path(__file__).parent / "catalogue"
_COLUMNS: Final = ("kind", "reason", "source")


@transaction.atomic
def seed_calendar(actor: Actor) -> int:
    """Fill the days off from the shipped list; days a person edited stay. How many are new or better sourced."""
    rows = _listed_days(read_legal_sources()) | _read_corrections()
    recorded = {row.day: row for row in CalendarDay.objects.all()}
    settled = recorded.keys() | _edited_days()
    new = [CalendarDay(day=day, **row) for day, row in sorted(rows.items()) if day not in settled]
    renamed = [
        row
        for day, row in recorded.items()
        if not row.changed_by and day in rows and row.source != rows[day]["source"]
    ]
    for row in renamed:
        row.source = rows[row.day]["source"]
    CalendarDay.objects.bulk_create(new)
    CalendarDay.objects.bulk_update(renamed, ["source"])
    reseal(CalendarDay, [row.pk for row in (*new, *renamed)])
    if new or renamed or not WorkingDay.objects.exists():
        publish_calendar_edition()
        data = {"days": len(new), "sources": len(renamed)}
        record(actor, "calendar.seeded", kind="calendar", key="days_off", data=data)
    return len(new) + len(renamed)


def _edited_days() -> set[date]:
    """The days of all corrections: one that was made ordinary has no row any more, and stays ordinary."""
    changes = CalendarChange.objects.values_list("days", flat=True)
    return {date.fromisoformat(change["day"]) for days in changes for change in days}


def read_legal_sources() -> LegalSources:
    """The shipped texts behind the days off."""
    document = yaml.safe_load((_CATALOGUE / "legal_sources.yaml").read_text(encoding="utf-8"))
    laws = [
        LabourCode(name=law.pop("name"), since=law.pop("since"), articles=law) for law in document["laws"]
    ]
    return LegalSources(
        compared_on=document["compared_on"],
        laws=tuple(sorted(laws, key=lambda law: law.since, reverse=True)),
        culture=document["culture"],
        notices=document["notices"],
        swaps={swap[day]: swap["source"] for swap in document["swaps"] for day in ("day_off", "make_up")},
    )


def _listed_days(sources: LegalSources) -> dict[date, dict[str, Any]]:
    import holidays  # a large package, needed only at set-up

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    vietnam = holidays.country_holidays("VN", years=years, language="vi")
    days = {day: ("day_off", str(reason)) for day, reason in vietnam.items()}
    workdays: Iterable[date] = getattr(vietnam, "weekend_workdays", ())
    days |= dict.fromkeys(workdays, ("make_up", "Ngày làm bù"))
    return {
        day: {"kind": kind, "reason": reason[:200], "source": sources.source_of(day, reason)}
        for day, (kind, reason) in days.items()
    }


def _read_corrections() -> dict[date, dict[str, Any]]:
    rows = yaml.safe_load((_CATALOGUE / "days_off_corrections.yaml").read_text(encoding="utf-8"))
    return {row["day"]: {name: row[name] for name in _COLUMNS} for row in rows}

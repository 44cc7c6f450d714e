"""Correcting the work calendar (điều chỉnh lịch nghỉ): what it would move, saving it, and what it moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from congtam.foundation.public import Actor, clock, installation_notes, publish, record
from congtam.foundation.row_seals import reseal
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.work_calendar import CalendarRow, WorkCalendar
from congtam.work_calendar.calendar import (
    COVERS,
    Spans,
    compile_calendar,
    listed_days,
    office_hours,
    publish_calendar_edition,
    spans_of_rows,
)
from congtam.work_calendar.domain.corrections import ORDINARY, CalendarCorrection, validate_correction
from congtam.work_calendar.models import CalendarChange, CalendarDay, CalendarEffect, OfficeHoursRule

TOPIC: Final = "calendar.changed"
_ONE_CHANGE_AT_A_TIME: Final = 0x0C06_CA1E


class CalendarChanged(DomainError):
    """Somebody corrected the calendar since it was read."""

    code = "calendar.changed_meanwhile"
    message = msgid("Someone else corrected the calendar in the meantime. Read it again before you decide.")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A due date that another calendar moves (hạn trả bị dời)."""

    subject: str
    """The code of a dossier, or the number of a letter about one, which ends with its code."""
    name: str
    unit_code: str
    old: datetime | None
    new: datetime | None

    @property
    def code(self) -> str:
        """The dossier it is about."""
        return self.subject.rpartition("/")[2]

    @property
    def is_letter(self) -> bool:
        """Whether it is the time to answer a letter that moves, not the due date of the dossier."""
        return self.code != self.subject


Preview = Callable[[WorkCalendar], Iterator[Effect]]
_previews: list[Preview] = []


def register_preview(preview: Preview) -> Preview:
    """Register what says which due dates a calendar would move; a context above does so when the program starts."""
    if preview not in _previews:
        _previews.append(preview)
    return preview


def may_correct(actor: Actor) -> bool:
    """Whether the actor may change the calendar of the installation."""
    return actor.administers_everything


def preview_effects(correction: CalendarCorrection, *, actor: Actor) -> list[Effect]:
    """The due dates that a correction would move; raises as `correct_calendar` does, and changes nothing."""
    calendar = compile_calendar(*_apply_correction(_validate_correction(correction, actor=actor)))
    effects = [effect for preview in _previews for effect in preview(calendar)]
    return sorted(effects, key=lambda effect: (effect.new is None, effect.new, effect.subject))


@transaction.atomic
def correct_calendar(
    correction: CalendarCorrection, *, actor: Actor, edition: str | None = None
) -> CalendarChange:
    """Save a correction: the new calendar is in force, and whoever keeps due dates is told.

    ``edition`` is the calendar the person saw. Raises NotAllowed for anybody but an administrator, CalendarChanged when
    it is another by now, InputRefused with everything that is wrong.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_CHANGE_AT_A_TIME])
    correction = _validate_correction(correction, actor=actor, edition=edition)
    change = _build_change(correction, actor=actor)
    change.save()
    _write_days(correction, actor=actor)
    _write_hours(correction, actor=actor)
    publish_calendar_edition()
    days = " ".join(entry["day"] for entry in change.days)
    publish(
        TOPIC,
        change.key,
        {"key": change.key, "days": days, "legal": change.legal, "changed_by": actor.username},
    )
    record(
        actor,
        "calendar.changed",
        kind="calendar",
        key=change.key,
        data={"days": change.days, "hours": change.hours},
    )
    return change


def calendar_without_correction(key: str) -> WorkCalendar | None:
    """The calendar in force without a correction: what was counted by it can be counted anew."""
    change = CalendarChange.objects.filter(key=key).first()
    if change is None:
        return None
    days, hours = listed_days(), office_hours()
    for entry in change.days:
        day = date.fromisoformat(entry["day"])
        days.pop(day, None)
        if entry["before"]:
            days[day] = CalendarRow(day, **entry["before"])
    for entry in change.hours:
        since = date.fromisoformat(entry["since"])
        hours.pop(since, None)
        if entry["before"]:
            hours[since] = spans_of_rows(entry["before"])
    return compile_calendar(days, hours)


def record_moved_due_dates(key: str, effects: Iterable[Effect]) -> None:
    """Keep which due dates a correction moved; told twice, it is kept once."""
    change = CalendarChange.objects.filter(key=key).first()
    if change is not None:
        rows = [CalendarEffect(change=change, **vars(effect)) for effect in effects]
        CalendarEffect.objects.bulk_create(rows, ignore_conflicts=True)


def mark_correction_applied(key: str) -> None:
    """All due dates have been worked out anew after a correction."""
    CalendarChange.objects.filter(key=key).update(is_applied=True)


def edition_in_force() -> str:
    """The name of the calendar in force; another one for every other calendar."""
    return str(installation_notes().get("calendar_edition", ""))


def _validate_correction(
    correction: CalendarCorrection, *, actor: Actor, edition: str | None = None
) -> CalendarCorrection:
    """The correction without what is so already."""
    if not may_correct(actor):
        raise NotAllowed(right="calendar.correct", unit="*")
    if edition is not None and edition != edition_in_force():
        raise CalendarChanged
    problems = list(validate_correction(correction, covers=COVERS))
    if problems:
        raise InputRefused(problems)
    days, hours = listed_days(), office_hours()
    effective = CalendarCorrection(
        days=[change for change in correction.days if _to_row(change) != days.get(change.day)],
        hours=[rule for rule in correction.hours if (rule.spans or None) != hours.get(rule.since)],
    )
    if not effective.days and not effective.hours:
        message = msgid("The calendar already has these days: nothing would change.")
        raise InputRefused([Problem(code="nothing_to_change", message=message)])
    return effective


def _to_row(change: Any) -> CalendarRow | None:
    if change.kind == ORDINARY:
        return None
    return CalendarRow(change.day, change.kind, change.reason.strip(), change.source.strip())


def _apply_correction(correction: CalendarCorrection) -> tuple[dict[Any, CalendarRow], dict[Any, Spans]]:
    """The rows as they would be."""
    days, hours = listed_days(), office_hours()
    for change in correction.days:
        row = _to_row(change)
        if row is None:
            days.pop(change.day, None)
        else:
            days[change.day] = row
    for rule in correction.hours:
        hours.pop(rule.since, None)
        if rule.spans:
            hours[rule.since] = rule.spans
    return days, hours


def _build_change(correction: CalendarCorrection, *, actor: Actor) -> CalendarChange:
    days, hours, now = listed_days(), office_hours(), clock().now()
    sources = [change.source.strip() for change in correction.days]
    sources += [rule.source.strip() for rule in correction.hours]
    return CalendarChange(
        key=f"{now:%Y%m%d}-{CalendarChange.objects.count() + 1}",
        at=now,
        actor=actor.username,
        legal="; ".join(dict.fromkeys(sources)),
        days=[
            {
                "day": change.day.isoformat(),
                "before": _serialize_row(days.get(change.day)),
                "after": _serialize_row(_to_row(change)),
            }
            for change in sorted(correction.days, key=lambda change: change.day)
        ],
        hours=[
            {
                "since": rule.since.isoformat(),
                "before": _serialize_spans(hours.get(rule.since, ())),
                "after": _serialize_spans(rule.spans),
            }
            for rule in correction.hours
        ],
    )


def _serialize_row(row: CalendarRow | None) -> dict[str, str] | None:
    return None if row is None else {"kind": row.kind, "reason": row.reason, "source": row.source}


def _serialize_spans(spans: Spans) -> list[list[str]]:
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in spans]


def _write_days(correction: CalendarCorrection, *, actor: Actor) -> None:
    now = clock().now()
    CalendarDay.objects.filter(day__in=[change.day for change in correction.days]).delete()
    written = CalendarDay.objects.bulk_create(
        CalendarDay(**row._asdict(), changed_by=actor.username, changed_at=now)
        for change in correction.days
        if (row := _to_row(change))
    )
    reseal(CalendarDay, [row.pk for row in written])


def _write_hours(correction: CalendarCorrection, *, actor: Actor) -> None:
    now = clock().now()
    OfficeHoursRule.objects.filter(since__in=[rule.since for rule in correction.hours]).delete()
    rules = OfficeHoursRule.objects.bulk_create(
        OfficeHoursRule(
            since=rule.since,
            spans=_serialize_spans(rule.spans),
            source=rule.source.strip(),
            changed_by=actor.username,
            changed_at=now,
        )
        for rule in correction.hours
        if rule.spans
    )
    reseal(OfficeHoursRule, [row.pk for row in rules])

"""What the pages of the work calendar show (lịch nghỉ): a year at a glance, its special days, what was corrected."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congtam.foundation.public import Actor, clock, display_names
from congtam.foundation.references import Ref, resolve_many
from congtam.kernel.clock import today
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.work_calendar import DEFAULT_HOURS, WorkCalendar
from congtam.work_calendar.calendar import FIRST_YEAR, LAST_YEAR, office_hours, working_calendar
from congtam.work_calendar.corrections import Effect, may_correct
from congtam.work_calendar.domain.corrections import ORDINARY, CalendarCorrection
from congtam.work_calendar.models import CalendarChange, CalendarDay, OfficeHoursRule
from congtam.work_calendar.web.forms import KIND_LABELS

SHOWN: Final = 200
"""So many moved due dates are listed; all are counted."""
_CHANGES: Final = 20
_TONES: Final = {"day_off": "bad", "make_up": "good", "half_day": "warn", ORDINARY: "neutral"}
_WEEKDAYS: Final = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)
_MONTHS: Final = (
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
)


def parse_year(text: str) -> int:
    """The year asked for; this year where it is none of the calendar's."""
    this = today(clock()).year
    year = digits_or_none(text, most=LAST_YEAR) or this
    return year if year >= FIRST_YEAR else this


def context(year: int, *, actor: Actor) -> dict[str, Any]:
    """The values of the page of one year."""
    rows = list(CalendarDay.objects.filter(day__year=year).order_by("day"))
    changes = list(CalendarChange.objects.order_by("-pk")[:_CHANGES])
    names = display_names([*(row.changed_by for row in rows), *(row.actor for row in changes)])
    calendar = working_calendar()
    working = (
        calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) if year > FIRST_YEAR else 0
    )
    return {
        "year": str(year),
        "before": str(year - 1) if year > FIRST_YEAR else "",
        "after": str(year + 1) if year < LAST_YEAR else "",
        "weekdays": _WEEKDAYS,
        "months": [_month_context(year, number, calendar) for number in range(1, 13)],
        "days": [_day_row(row, names) for row in rows],
        "working_days": working,
        "hours": list(_office_hours_rows()),
        "changes": [_change_row(row, names) for row in changes],
        "may_correct": may_correct(actor),
    }


def _month_context(year: int, month: int, calendar: WorkCalendar) -> dict[str, Any]:
    weeks = Calendar().monthdatescalendar(year, month)
    return {
        "name": _MONTHS[month - 1],
        "weeks": [[_day_cell(day, month, calendar) for day in week] for week in weeks],
    }


def _day_cell(day: date, month: int, calendar: WorkCalendar) -> dict[str, Any]:
    if day.month != month:
        return {"number": ""}
    kind = listed_kind(day, calendar)
    note = calendar.note(day)
    label = f"{KIND_LABELS[kind]}: {note.reason}" if kind and note else ""
    if not kind and not calendar.is_working_day(day):
        kind = "weekend"
    return {
        "number": str(day.day),
        "kind": kind.replace("_", "-"),
        "label": label,
        "is_today": day == today(clock()),
    }


def listed_kind(day: date, calendar: WorkCalendar) -> str:
    """How a day is listed; empty for an ordinary one."""
    if day in calendar.days_off:
        return "day_off"
    if day in calendar.make_up_days:
        return "make_up"
    return "half_day" if day in calendar.half_days else ORDINARY


def _day_row(row: CalendarDay, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "day": row.day,
        "weekday": _WEEKDAYS[row.day.weekday()],
        "kind": KIND_LABELS[row.kind],
        "tone": _TONES[row.kind],
        "reason": row.reason,
        "source": row.source,
        "changed_by": names.get(row.changed_by, ""),
        "changed_at": row.changed_at,
    }


def _office_hours_rows() -> Iterator[dict[str, Any]]:
    yield {"since": None, "text": hours_text(DEFAULT_HOURS.spans), "source": ""}
    spans = office_hours()
    for row in OfficeHoursRule.objects.order_by("since"):
        yield {"since": row.since, "text": hours_text(spans[row.since]), "source": row.source}


def hours_text(spans: Sequence[tuple[Any, Any]]) -> str:
    """Office hours in one line."""
    return ", ".join(f"{str(opens)[:5]}–{str(closes)[:5]}" for opens, closes in spans)


def _change_row(row: CalendarChange, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "at": row.at,
        "actor": names.get(row.actor, row.actor),
        "legal": row.legal,
        "summary": _change_summary(row),
    }


def _change_summary(row: CalendarChange) -> str:
    days = [date.fromisoformat(entry["day"]) for entry in row.days]
    if not days:
        return _("Office hours")
    if len(days) == 1:
        return f"{days[0]:%d/%m/%Y}"
    return ngettext(
        "{count} day from {first} to {last}", "{count} days from {first} to {last}", len(days)
    ).format(count=len(days), first=f"{days[0]:%d/%m/%Y}", last=f"{days[-1]:%d/%m/%Y}")


def preview_rows(correction: CalendarCorrection) -> list[dict[str, Any]]:
    """What a correction would change, before and after."""
    calendar, hours = working_calendar(), office_hours()
    rows = [
        {
            "subject": f"{change.day:%d/%m/%Y}",
            "before": _listed_day_label(listed_kind(change.day, calendar), calendar, change.day),
            "after": _kind_label(change.kind, change.reason),
            "tone": _TONES.get(change.kind, "neutral"),
            "source": change.source,
        }
        for change in sorted(correction.days, key=lambda change: change.day)
    ]
    return rows + [
        {
            "subject": _("Office hours from {day}").format(day=f"{rule.since:%d/%m/%Y}"),
            "before": hours_text(hours.get(rule.since, ())) or "—",
            "after": hours_text(rule.spans) or "—",
            "tone": "neutral",
            "source": rule.source,
        }
        for rule in correction.hours
    ]


def _listed_day_label(kind: str, calendar: WorkCalendar, day: date) -> str:
    note = calendar.note(day)
    return _kind_label(kind, note.reason if note else "")


def _kind_label(kind: str, reason: str) -> str:
    label = str(KIND_LABELS.get(kind, kind))
    return f"{label}: {reason}" if reason and kind else label


def changed_rows(change: CalendarChange) -> list[dict[str, Any]]:
    """What a saved correction changed."""
    rows = [
        {
            "subject": f"{date.fromisoformat(entry['day']):%d/%m/%Y}",
            "before": _entry_text(entry["before"]),
            "after": _entry_text(entry["after"]),
            "tone": _TONES[entry["after"]["kind"] if entry["after"] else ORDINARY],
            "source": entry["after"]["source"] if entry["after"] else change.legal,
        }
        for entry in change.days
    ]
    return rows + [
        {
            "subject": _("Office hours from {day}").format(
                day=f"{date.fromisoformat(entry['since']):%d/%m/%Y}"
            ),
            "before": hours_text(entry["before"]) or "—",
            "after": hours_text(entry["after"]) or "—",
            "tone": "neutral",
            "source": change.legal,
        }
        for entry in change.hours
    ]


def _entry_text(entry: dict[str, str] | None) -> str:
    return _kind_label(entry["kind"], entry["reason"]) if entry else str(KIND_LABELS[ORDINARY])


def moved_due_dates_context(change: CalendarChange, *, actor: Actor) -> dict[str, Any]:
    """The due dates that a saved correction moved; who may not correct learns only how many."""
    rows = change.effects.order_by("new", "subject")
    listed = [
        Effect(subject=row.subject, name=row.name, unit_code=row.unit_code, old=row.old, new=row.new)
        for row in (rows[:SHOWN] if may_correct(actor) else ())
    ]
    return effects_context(listed, rows.count(), actor=actor)


def effects_context(effects: Sequence[Effect], count: int, *, actor: Actor) -> dict[str, Any]:
    """The due dates that move, the first of them listed, with the way to what the reader may open."""
    listed = effects[:SHOWN]
    refs = {
        Ref(kind, code) for row in listed for kind, code in (("dossier", row.code), ("unit", row.unit_code))
    }
    pages = resolve_many(refs, to=actor)
    rows = [
        {
            "effect": row,
            "page": pages.get(Ref("dossier", row.code)),
            "unit_page": pages.get(Ref("unit", row.unit_code)),
        }
        for row in listed
    ]
    return {"effects": rows, "effect_count": count, "more": max(count - SHOWN, 0)}

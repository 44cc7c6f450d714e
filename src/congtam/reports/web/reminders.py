"""The reminder of a week (đôn đốc hằng tuần): on screen, as text for a chat, as a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.periods import Period
from congtam.org_units.public import find_unit, resolve_unit_code, unit_text, visible_units
from congtam.reports.actions.reminders import print_reminder
from congtam.reports.permissions import may_set_templates
from congtam.reports.reminders.counting import Reminder, ReminderLine, count_reminder
from congtam.reports.reminders.links import reminder_url, rows_url
from congtam.reports.reminders.message import as_of_text, chat_message, line_name
from congtam.reports.reminders.weeks import WEEK, usual_week, week_of
from congtam.reports.web.choices import usual_unit
from congtam.reports.web.forms import file_response
from congtam.reports.web.statistics_page import form_tabs
from congtam.ui.public import current_language, number


@dataclass(frozen=True, kw_only=True)
class ReminderChoice:
    """The unit and the week that are shown."""

    unit: str
    week: Period

    def query(self, weeks: int = 0) -> str:
        """The choice as the query of an address, so many weeks later."""
        return urlencode({"unit": self.unit, "week": (self.week.start + weeks * WEEK).isoformat()})


@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """What is late and due, by unit."""
    actor = actor_of(request)
    choice = _read_choice(request.GET, actor)
    reminder = count_reminder(choice.unit, choice.week, to=actor)
    return render(request, "reports/reminders.html", _page_context(reminder, choice, actor))


def _page_context(reminder: Reminder, choice: ReminderChoice, actor: Actor) -> dict[str, Any]:
    is_over = choice.week.end <= today(clock())
    return {
        "reminder": reminder,
        "as_of": as_of_text(reminder),
        "unit_text": unit_text(choice.unit, on=choice.week.last_day),
        "tiles": _count_tiles(reminder.total),
        "rows": [_reminder_row(line, choice) for line in reminder.lines],
        "message": chat_message(reminder, link=_page_address(choice)),
        "earlier": choice.query(-1),
        "later": choice.query(1) if is_over else "",
        "choice": choice,
        "tabs": form_tabs(urlencode({"unit": choice.unit})),
        "book_query": urlencode({"unit": choice.unit}),
        "is_reminder": True,
        "may_set_templates": may_set_templates(actor),
    }


@require_POST
def reminder_letter(request: HttpRequest, extension: str) -> HttpResponse:
    """The letter as a file; a request that changes something, for the receipts of its figures are stored."""
    actor = actor_of(request)
    choice = _read_choice(request.POST, actor)
    return file_response(print_reminder(choice.unit, choice.week, extension, actor=actor))


def _read_choice(query: Mapping[str, str], actor: Actor) -> ReminderChoice:
    """Unit and week; NotFound for a unit out of sight. Any day names its week, which is not in the future."""
    day = today(clock())
    unit = resolve_unit_code(query.get("unit", ""), on=day, to=actor)[:40] or usual_unit(actor, day)
    if not unit or unit not in visible_units(actor) or find_unit(unit) is None:
        raise NotFound(kind="unit", key=unit or "-")
    try:
        week = week_of(min(parse_day(query.get("week", "")), day))
    except DayMalformed:
        week = usual_week(unit, clock())
    return ReminderChoice(unit=unit, week=week)


def _page_address(choice: ReminderChoice) -> str:
    """The whole address of the page, for those who read the message elsewhere."""
    return f"{settings.CONGTAM_SITE_URL}{reminder_url(choice.unit, choice.week)}"


def _count_tiles(total: ReminderLine) -> list[dict[str, Any]]:
    labels = (
        (gettext("Overdue"), "bad"),
        (gettext("Without an apology"), "bad"),
        (gettext("Due within 7 days"), "warn"),
    )
    return [
        {
            "label": label,
            "value": number(count, current_language()),
            "url": rows_url(total, figure),
            "tone": tone if count else "",
        }
        for (label, tone), count, figure in zip(labels, total.counts, total.figures, strict=True)
    ]


def _reminder_row(line: ReminderLine, choice: ReminderChoice) -> dict[str, Any]:
    unit = ReminderChoice(unit=line.unit, week=choice.week)
    return {
        "name": line_name(line),
        "url": "" if line.is_own else f"?{unit.query()}",
        "cells": [
            {
                "value": count or 0,
                "url": rows_url(line, figure),
                "is_unknown": count is None,
            }
            for count, figure in zip(line.counts, line.figures, strict=True)
        ],
    }

"""Pages of the work calendar: everybody reads it, an administrator corrects it (trang lịch nghỉ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from congtam.foundation.public import Actor, actor_of, display_names
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound, Problem
from congtam.kernel.input.days import day_or_none
from congtam.work_calendar.corrections import correct_calendar, may_correct, preview_effects
from congtam.work_calendar.models import CalendarChange, CalendarDay
from congtam.work_calendar.web import page as calendar_page
from congtam.work_calendar.web.forms import FORMS, parse_correction, serialize_correction

REFUSED = 400


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """A year of the calendar."""
    return _render_page(
        request, actor=actor_of(request), year=calendar_page.parse_year(request.GET.get("year", ""))
    )


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a correction would change and which due dates it would move; nothing is saved."""
    actor = _require_corrector(request)
    kind = request.POST.get("form", "day")
    form = FORMS.get(kind, FORMS["day"])(request.POST, request.FILES, auto_id=f"{kind}_%s")
    if not form.is_valid():
        return _refusal_page(request, form, actor=actor, problems=())
    try:
        correction = form.correction()
        effects = preview_effects(correction, actor=actor)
    except InputRefused as error:
        return _refusal_page(request, form, actor=actor, problems=error.problems)
    context = {
        "rows": calendar_page.preview_rows(correction),
        "correction": serialize_correction(correction),
        **calendar_page.effects_context(effects, len(effects), actor=actor),
    }
    return render(request, "work_calendar/preview.html", context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Put a correction that was looked at in force."""
    actor = _require_corrector(request)
    try:
        change = correct_calendar(parse_correction(request.POST.get("correction", "")), actor=actor)
    except InputRefused as error:
        return _refusal_page(request, FORMS["day"](), actor=actor, problems=error.problems)
    return redirect("work_calendar:correction", change.key)


@require_GET
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """One correction: what it changed, and for an administrator which due dates it moved."""
    actor = actor_of(request)
    saved_change = CalendarChange.objects.filter(key=key).first()
    if saved_change is None:
        raise NotFound(kind="correction", key=key)
    context = {
        "change": saved_change,
        "who": display_names([saved_change.actor])[saved_change.actor],
        "rows": calendar_page.changed_rows(saved_change),
        **calendar_page.moved_due_dates_context(saved_change, actor=actor),
    }
    return render(request, "work_calendar/correction.html", context)


def _require_corrector(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_correct(actor):
        raise NotAllowed(right="calendar.correct", unit="*")
    return actor


def _render_page(
    request: HttpRequest, *, actor: Actor, year: int, bound_form: forms.Form | None = None, **more: Any
) -> HttpResponse:
    context = calendar_page.context(year, actor=actor)
    if context["may_correct"]:
        context["forms"] = {
            name: form(initial=_initial_values(request), auto_id=f"{name}_%s") for name, form in FORMS.items()
        }
        for name, form in FORMS.items():
            if isinstance(bound_form, form):
                context["forms"][name] = bound_form
    status = more.pop("status", 200)
    return render(request, "work_calendar/calendar.html", context | more, status=status)


def _initial_values(request: HttpRequest) -> dict[str, Any]:
    """The form filled with the day that was chosen in the list."""
    day = day_or_none(request.GET.get("day", ""))
    if day is None:
        return {"kind": "day_off"}
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        return {"day": day, "kind": "day_off"}
    return {"day": day, "kind": row.kind, "reason": row.reason, "source": row.source}


def _refusal_page(
    request: HttpRequest, form: forms.Form, *, actor: Actor, problems: Sequence[Problem]
) -> HttpResponse:
    """The page again with everything that was typed and what is wrong with it."""
    day_text = form.data.get("day", "") if form.is_bound else ""
    year = calendar_page.parse_year(str(day_text)[:4])
    return _render_page(request, actor=actor, year=year, bound_form=form, problems=problems, status=REFUSED)

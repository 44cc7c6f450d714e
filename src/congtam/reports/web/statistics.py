"""Reporting forms on screen (biểu thống kê): every number opens its dossiers, every check that fails too."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import local_day
from congtam.kernel.input.numbers import digits_or_none
from congtam.reports.actions import books
from congtam.reports.permissions import may_set_templates
from congtam.reports.statistics.counting import (
    Convention,
    DrillDown,
    StatisticsQuestion,
    count_form,
    list_drill_down,
)
from congtam.reports.statistics.definitions import get_form as form_of
from congtam.reports.web import statistics_page
from congtam.reports.web.choices import HALVES, MONTHS, QUARTERS, ReportChoice, quarter_of, read_choice
from congtam.reports.web.forms import file_response

PARTS: Final = (*QUARTERS, *HALVES, *MONTHS)


USUAL: Final = "06a"


@require_GET
def overview(_request: HttpRequest) -> HttpResponse:
    """The section begins with the form that is asked for most."""
    return redirect("reports:statistics", form=USUAL)


@require_GET
def statistics(request: HttpRequest, form: str) -> HttpResponse:
    """One form of one unit and period."""
    actor = actor_of(request)
    choice, question = _read_question(request, form, actor)
    counted = count_form(question, to=actor)
    other = count_form(_other_convention(question), to=actor)
    context = statistics_page.context(choice, counted, other=other, by_cutoff=_is_by_cutoff(request))
    more = {"parts": statistics_page.parts(PARTS, choice), "may_set_templates": may_set_templates(actor)}
    return render(request, "reports/statistics.html", {**context, **more})


@require_GET
def statistics_rows(request: HttpRequest, form: str) -> HttpResponse:
    """The dossiers behind a number (``column``) or behind a difference (``check``) of a row."""
    actor = actor_of(request)
    choice, question = _read_question(request, form, actor)
    drill_down = _read_drill_down(request)
    page = list_drill_down(question, drill_down, to=actor, after=request.GET.get("after") or None)
    context: dict[str, Any] = statistics_page.rows_context(
        choice, question, drill_down, page=page, by_cutoff=_is_by_cutoff(request)
    )
    return render(request, "reports/statistics_rows.html", context)


@require_GET
def statistics_file(request: HttpRequest, *, form: str, extension: str) -> HttpResponse:
    """The form as .xlsx, .docx or PDF."""
    actor = actor_of(request)
    _choice, question = _read_question(request, form, actor)
    return file_response(books.print_statistics(question, extension, actor=actor))


def _read_question(request: HttpRequest, form: str, actor: Actor) -> tuple[ReportChoice, StatisticsQuestion]:
    definition = form_of(form)
    usual = quarter_of(local_day(clock().now()))
    choice = read_choice(request.GET, to=actor, parts=PARTS, usual=usual)
    period = definition.reporting_period(choice.period, by_cutoff=_is_by_cutoff(request))
    by_instant = request.GET.get("by") == Convention.BY_INSTANT.value
    convention = Convention.BY_INSTANT if by_instant else Convention.BY_DATE
    return choice, StatisticsQuestion(form=definition, unit=choice.unit, period=period, convention=convention)


def _is_by_cutoff(request: HttpRequest) -> bool:
    return request.GET.get("days") != "calendar"


def _other_convention(question: StatisticsQuestion) -> StatisticsQuestion:
    """The same question under the other convention."""
    by_date = question.convention is Convention.BY_DATE
    convention = Convention.BY_INSTANT if by_date else Convention.BY_DATE
    return StatisticsQuestion(
        form=question.form, unit=question.unit, period=question.period, convention=convention
    )


def _read_drill_down(request: HttpRequest) -> DrillDown:
    row = request.GET.get("row", "*")[:500]
    return DrillDown(row=row, column=_read_number(request, "column"), check=_read_number(request, "check"))


def _read_number(request: HttpRequest, name: str) -> int | None:
    return digits_or_none(request.GET.get(name, ""), most=999)

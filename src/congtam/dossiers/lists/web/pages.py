"""The pages of the lists (trang danh sách): all dossiers, work lists, their counts."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congtam.dossiers.handling.web.bulk import offered_verbs
from congtam.dossiers.lists.queries import DossierPage, list_dossiers
from congtam.dossiers.lists.queries.work import SOON, Asked, WorkKind, work_counts, work_list
from congtam.dossiers.lists.web import list_page
from congtam.dossiers.lists.web.empty_reasons import nothing_in
from congtam.dossiers.lists.web.list_page import Question, question_of
from congtam.dossiers.lists.web.tabs import NAMES, due_soon_words, kinds_for, view_tabs, work_tabs
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.input.numbers import digits_or_none

_MOST_DAYS: Final = 60
OUTSIDE: Final = "none"
"""What a page that shows the tabs without being one of the lists asks for."""
_NOTHING: Final = DossierPage(rows=(), next_after=None, count=0)


@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """The dossiers the actor may see, filtered, sorted, a page at a time."""
    actor, now = actor_of(request), clock().now()
    question = question_of(request.GET.dict(), actor=actor)
    page = _NOTHING
    if not question.problems:
        page = list_dossiers(question.filters, to=actor, now=now, after=question.after)
    context = _context(question, page, actor=actor)
    return render(request, "dossiers/list.html", context, status=400 if question.problems else 200)


@require_GET
def work_page(request: HttpRequest) -> HttpResponse:
    """One work list of the actor."""
    actor, now = actor_of(request), clock().now()
    kind, days = kind_of(request, actor), days_of(request)
    if kind is WorkKind.FILINGS:
        return redirect("dossiers:filings")
    question = question_of(request.GET.dict(), actor=actor, list=kind.value, **_days_told(kind, days))
    page = _NOTHING
    if not question.problems:
        asked: dict[str, Any] = {"filters": question.filters, "after": question.after, "days": days}
        page = work_list(kind, to=actor, now=now, **asked)
    context = _context(question, page, actor=actor) | _of_list(kind, days, actor=actor)
    return render(request, "dossiers/work.html", context, status=400 if question.problems else 200)


def _of_list(kind: WorkKind, days: int, *, actor: Actor) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "days": days,
        "heading": due_soon_words(days) if kind is WorkKind.DUE_SOON else NAMES[kind],
        "tabs": work_tabs(actor, current=kind, days=days),
        "is_due_soon": kind is WorkKind.DUE_SOON,
        "nothing": nothing_in(kind, actor=actor),
    }


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """The tabs of the work lists with what is in each, asked for once a minute."""
    actor, days = actor_of(request), days_of(request)
    known = work_counts(Asked(to=actor, now=clock().now(), days=days))
    current = OUTSIDE if request.GET.get("list") == OUTSIDE else kind_of(request, actor).value
    context = {"tabs": work_tabs(actor, current=current, days=days, counts=known), "kind": current}
    return render(request, "dossiers/work_tabs.html", context | {"days": days})


def kind_of(request: HttpRequest, actor: Actor) -> WorkKind:
    """The list that is asked for; without one, the first that can hold something for the person."""
    asked = request.GET.get("list", "")
    return WorkKind(asked) if asked in set(WorkKind) else kinds_for(actor)[0]


def days_of(request: HttpRequest) -> int:
    """How many working days ahead "due soon" looks."""
    days = digits_or_none(request.GET.get("days", ""), most=9999)
    return SOON if days is None else min(days, _MOST_DAYS)


def _days_told(kind: WorkKind, days: int) -> dict[str, str]:
    return {"days": str(days)} if kind is WorkKind.DUE_SOON else {}


def _context(question: Question, page: DossierPage, *, actor: Actor) -> dict[str, Any]:
    shown = list_page.table(page, question, actor=actor, now=clock().now())
    return {
        **list_page.filter_fields(question),
        **shown,
        "views": view_tabs(actor, current=question.query),
        "verbs": offered_verbs(actor),
        "export_formats": ({"code": "xlsx", "text": _("Excel")}, {"code": "csv", "text": _("CSV")}),
    }

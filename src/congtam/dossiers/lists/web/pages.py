"""The pages of the lists (trang danh sách): all dossiers, work lists, their counts."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congtam.dossiers.handling.web.bulk import bulk_verb_options
from congtam.dossiers.lists.queries import (
    CountTakesTooLong,
    DossierPage,
    Filters,
    count_all,
    filtered_visible_dossiers,
    list_dossiers,
    parse_filters,
)
from congtam.dossiers.lists.queries.work import (
    SOON,
    WorkKind,
    WorkQuery,
    work_counts,
    work_dossiers,
    work_list,
)
from congtam.dossiers.lists.web import list_page
from congtam.dossiers.lists.web.empty_reasons import empty_reason
from congtam.dossiers.lists.web.list_page import ListQuery, parse_list_query
from congtam.dossiers.lists.web.tabs import NAMES, due_soon_label, kinds_for, view_tabs, work_tabs
from congtam.dossiers.models import DossierQuerySet
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.input.numbers import digits_or_none

_MOST_DAYS: Final = 60
OUTSIDE: Final = "none"
"""What a page that shows the tabs without being one of the lists asks for."""
_EMPTY_PAGE: Final = DossierPage(rows=(), next_after=None, count=0)


@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """The dossiers the actor may see, filtered, sorted, a page at a time."""
    actor, now = actor_of(request), clock().now()
    list_query = parse_list_query(request.GET.dict(), actor=actor)
    page = _EMPTY_PAGE
    if not list_query.problems:
        page = list_dossiers(list_query.filters, to=actor, now=now, after=list_query.after)
    context = _list_context(list_query, page, actor=actor)
    return render(request, "dossiers/list.html", context, status=400 if list_query.problems else 200)


@require_GET
def work_page(request: HttpRequest) -> HttpResponse:
    """One work list of the actor."""
    actor, now = actor_of(request), clock().now()
    kind, days = requested_kind(request, actor), requested_days(request)
    if kind is WorkKind.FILINGS:
        return redirect("dossiers:filings")
    list_query = parse_list_query(
        request.GET.dict(), actor=actor, list=kind.value, **_days_parameter(kind, days)
    )
    page = _EMPTY_PAGE
    if not list_query.problems:
        options: dict[str, Any] = {"filters": list_query.filters, "after": list_query.after, "days": days}
        page = work_list(kind, to=actor, now=now, **options)
    context = _list_context(list_query, page, actor=actor) | _work_context(kind, days, actor=actor)
    return render(request, "dossiers/work.html", context, status=400 if list_query.problems else 200)


def _work_context(kind: WorkKind, days: int, *, actor: Actor) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "days": days,
        "heading": due_soon_label(days) if kind is WorkKind.DUE_SOON else NAMES[kind],
        "tabs": work_tabs(actor, current=kind, days=days),
        "is_due_soon": kind is WorkKind.DUE_SOON,
        "empty_reason": empty_reason(kind, actor=actor),
    }


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """The tabs of the work lists with what is in each, asked for once a minute."""
    actor, days = actor_of(request), requested_days(request)
    by_kind = work_counts(WorkQuery(to=actor, now=clock().now(), days=days))
    current = OUTSIDE if request.GET.get("list") == OUTSIDE else requested_kind(request, actor).value
    context = {"tabs": work_tabs(actor, current=current, days=days, counts=by_kind), "kind": current}
    return render(request, "dossiers/work_tabs.html", context | {"days": days})


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many dossiers a list holds, counted to the end: asked for where a page stopped counting."""
    if "list" in request.GET and requested_kind(request, actor_of(request)) is WorkKind.FILINGS:
        return redirect("dossiers:filings")
    dossiers, _filters = requested_dossiers(request)
    try:
        text, is_counted = list_page.exact_count_text(count_all(dossiers)), True
    except CountTakesTooLong as error:
        text, is_counted = error.format_message(_), False
    return render(request, "dossiers/counted.html", {"text": text, "is_counted": is_counted})


def requested_dossiers(request: HttpRequest) -> tuple[DossierQuerySet, Filters]:
    """All dossiers of the list that an address names, and its filters; raises InputRefused for wrong ones."""
    actor, now, parameters = actor_of(request), clock().now(), request.GET.dict()
    filters = parse_filters(parameters)
    if "list" not in parameters:
        return filtered_visible_dossiers(filters, to=actor, now=now), filters
    work_query = WorkQuery(to=actor, now=now, days=requested_days(request))
    return work_dossiers(requested_kind(request, actor), work_query, filters), filters


def requested_kind(request: HttpRequest, actor: Actor) -> WorkKind:
    """The list that is asked for; without one, the first that can hold something for the person."""
    code = request.GET.get("list", "")
    return WorkKind(code) if code in set(WorkKind) else kinds_for(actor)[0]


def requested_days(request: HttpRequest) -> int:
    """How many working days ahead "due soon" looks."""
    days = digits_or_none(request.GET.get("days", ""), most=9999)
    return SOON if days is None else min(days, _MOST_DAYS)


def _days_parameter(kind: WorkKind, days: int) -> dict[str, str]:
    return {"days": str(days)} if kind is WorkKind.DUE_SOON else {}


def _list_context(list_query: ListQuery, page: DossierPage, *, actor: Actor) -> dict[str, Any]:
    shown = list_page.table_context(page, list_query, actor=actor, now=clock().now())
    return {
        **list_page.filter_context(list_query),
        **shown,
        "views": view_tabs(actor, current=list_query.query),
        "verbs": bulk_verb_options(actor),
        "export_formats": ({"code": "xlsx", "text": _("Excel")}, {"code": "csv", "text": _("CSV")}),
    }

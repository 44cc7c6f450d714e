"""Pages of the units (trang đơn vị)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.foundation.public import actor_of, clock, has_own_clock
from congtam.kernel.clock import today
from congtam.org_units.naming import BETWEEN, suggest_units
from congtam.org_units.queries import get_visible_history
from congtam.org_units.web import tree_page, unit_page


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of units on a day, with a search."""
    actor, now = actor_of(request), today(clock())
    filters = tree_page.parse_filters(request.GET, actor=actor, now=now)
    return render(request, "org_units/tree.html", tree_page.context(filters, actor=actor, now=now))


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The life of one unit, seen from the day asked for."""
    actor, now = actor_of(request), today(clock())
    history = get_visible_history(code, to=actor)
    if has_own_clock():
        history = history.without_later_changes(now)
    requested_day = unit_page.parse_requested_day(request.GET.get("on", ""), now=now)
    return render(
        request,
        "org_units/detail.html",
        unit_page.context(history, actor=actor, requested_day=requested_day, now=now),
    )


@require_GET
def unit_suggestions(request: HttpRequest) -> JsonResponse:
    """The units a box offers while one types, as JSON; only those the person may see."""
    units = suggest_units(request.GET.get("q", "")[:200], on=today(clock()), to=actor_of(request))
    rows = [
        {
            "text": unit.text,
            "code": unit.code,
            "name": unit.name,
            "detail": BETWEEN.join(filter(None, (unit.within, unit.remark))),
        }
        for unit in units
    ]
    return JsonResponse({"rows": rows})

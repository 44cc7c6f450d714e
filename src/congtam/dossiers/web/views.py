"""Pages of the dossiers (trang hồ sơ)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.dossiers import permissions
from congtam.dossiers.queries import get_visible, list_dossiers
from congtam.dossiers.web import detail_page, list_page
from congtam.foundation.public import actor_of, clock


@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """The dossiers the actor may see, filtered, a page at a time."""
    actor, now = actor_of(request), clock().now()
    filters = list_page.filters_of(request.GET)
    page = list_dossiers(filters, to=actor, now=now, after=request.GET.get("after") or None)
    return render(request, "dossiers/list.html", list_page.context(page, filters, actor=actor, now=now))


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: facts, steps, its clock explained, where it came from."""
    actor = actor_of(request)
    dossier = get_visible(code, to=actor)
    with_person = permissions.may_see_person(actor, dossier.unit_code)
    context = detail_page.context(dossier, now=clock().now(), with_person=with_person)
    return render(request, "dossiers/detail.html", context)

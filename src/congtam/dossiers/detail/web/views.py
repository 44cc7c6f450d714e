"""Pages of the dossiers (trang hồ sơ)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.dossiers.deadlines.ledgers import explain_desk_clock
from congtam.dossiers.detail.web import detail_page
from congtam.dossiers.detail.web.detail_parts import desk_context
from congtam.dossiers.record import permissions
from congtam.dossiers.record.desk_queries import find_desk_record
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import actor_of, clock


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: facts, steps, its clock explained, where it came from."""
    actor = actor_of(request)
    dossier = get_visible(code, to=actor)
    with_person = permissions.may_see_person(actor, dossier.unit_code)
    now, desk = clock().now(), find_desk_record(dossier)
    explanation = explain_desk_clock(dossier, desk, now=now) if desk else None
    context = detail_page.context(
        dossier, actor=actor, now=now, with_person=with_person, desk_explanation=explanation
    )
    if desk:
        context |= desk_context(dossier, desk, actor=actor, with_person=with_person, now=now)
    return render(request, "dossiers/detail.html", context)

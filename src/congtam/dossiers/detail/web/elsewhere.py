"""Dossiers received here for other units (hồ sơ tiếp nhận phi địa giới)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.record.desk_queries import MOST, received_for_others, require_may_receive
from congtam.dossiers.record.labels import STATES
from congtam.foundation.public import actor_of
from congtam.org_units.public import unit_name


@require_GET
def elsewhere(request: HttpRequest) -> HttpResponse:
    """What the clerk's desk took in for units it does not see: number, procedure, state, due date."""
    actor = actor_of(request)
    require_may_receive(actor)
    rows = [
        {
            "code": dossier.code,
            "procedure": dossier.procedure_name,
            "unit": unit_name(dossier.unit_code, dossier.received_at),
            "received": moment(dossier.received_at),
            "due": moment(dossier.due_at),
            "state": STATES[dossier.state],
        }
        for dossier in received_for_others(to=actor)[:MOST]
    ]
    return render(request, "dossiers/desk/elsewhere.html", {"rows": rows})

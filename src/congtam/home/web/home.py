"""The first page after signing in (trang chủ): by role, what moved, what is late, what waits."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from congtam.dossiers.lists.public import urgent_rows
from congtam.foundation.notify import mark_read
from congtam.foundation.public import EVERYWHERE, Actor, Grant, Role, actor_of, clock
from congtam.foundation.role_names import role_name
from congtam.home.slots import HOME_OVERVIEWS
from congtam.home.web.leader import LEADERS, leader_summary
from congtam.home.web.roles import MAY_PREPARE
from congtam.home.web.units import own_units, unit_summary
from congtam.home.web.waiting import list_needs
from congtam.inspections import public as inspections
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

LATEST_PACKS: Final = 5
MOST_URGENT: Final = 8
DESK: Final = (Role.CLERK, Role.OFFICER, Role.UNIT_HEAD)
REMINDERS: Final = (Role.LEADER, Role.UNIT_HEAD, Role.REFORM_OFFICER, Role.INSPECTOR)
"""Who is offered the weekly reminder; its page is open to whoever may see the unit."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the units in which the person has a role, and what waits there."""
    actor, now = actor_of(request), clock().now()
    units = [_unit_context(code, actor) for code in own_units(actor)]
    works_at_desk = actor.has_role(*DESK)
    is_leader = any(unit.get("is_leader") for unit in units)
    context = {
        "units": units,
        "needs": list_needs(actor, now, of_units=[] if works_at_desk else units),
        "is_leader": is_leader,
        "urgent": urgent_rows(actor, now, limit=MOST_URGENT),
        "overviews": HOME_OVERVIEWS.offers(None, to=actor),
        "packs": _pack_rows(actor),
        "roles": _role_texts(actor),
        "works_at_desk": works_at_desk,
        "may_prepare": actor.has_role(*MAY_PREPARE),
        "reminds": actor.has_role(*REMINDERS) and bool(units),
    }
    return render(request, "home/home.html", context)


@require_POST
def put_away(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the person has read a notification."""
    mark_read(code, actor=actor_of(request))
    return redirect("home")


def _unit_context(code: str, actor: Actor) -> dict[str, Any]:
    """A leader's unit in sentences, anybody else's in tiles."""
    leads = actor.has_role(*LEADERS) and code in org_units.visible_units(actor, *LEADERS)
    return leader_summary(code, actor) if leads else unit_summary(code, actor)


def _pack_rows(actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("inspections:pack", args=[pack.key]),
            "unit": pack.unit_name,
            "period": Period(pack.period_start, pack.period_end).label(current_language()),
            "at": ui.instant(pack.prepared_at),
            "by": pack.prepared_by_name or pack.prepared_by,
        }
        for pack in inspections.visible_packs(actor)[:LATEST_PACKS]
    ]


def _role_texts(actor: Actor) -> list[str]:
    """The person's roles in words, each with its unit."""
    return [_role_text(grant) for grant in actor.grants]


def _role_text(grant: Grant) -> str:
    if grant.unit_code == EVERYWHERE:
        return role_name(grant.role)
    return f"{role_name(grant.role)}, {org_units.unit_name(grant.unit_code, today(clock()))}"

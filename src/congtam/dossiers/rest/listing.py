"""The API's list of dossiers: filters, order, pages by the last code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from congtam.dossiers.domain.states import Channel, State
from congtam.dossiers.models import DossierQuerySet
from congtam.dossiers.queries import get_visible, visible_to
from congtam.dossiers.rest.rows import DossierRowOut, rows_of
from congtam.foundation.public import Actor, Grant, Role, actor_of, clock
from congtam.foundation.rest.answers import json_answer
from congtam.foundation.rest.paging import After, Limit, Page, page, refuse_unknown
from congtam.kernel.errors import NotFound
from congtam.org_units.public import visible_units

Sort = Literal["-received_at", "received_at", "due_at", "code"]
_EQUAL: Final[Mapping[str, str]] = {
    "state": "state",
    "channel": "channel",
    "procedure": "procedure_code",
    "officer": "officer",
    "holder": "desk__holder",
    "role": "desk__role",
}
_FROM_TO: Final[Mapping[str, str]] = {
    "received_from": "received_at__gte",
    "received_before": "received_at__lt",
    "due_from": "due_at__gte",
    "due_before": "due_at__lt",
}


class Asked(Schema, extra="forbid"):
    """What a list is asked for; what is left out asks for nothing."""

    unit: str = Field("", max_length=40, description="This unit and all below it.")
    state: State | None = None
    channel: Channel | None = None
    procedure: str = Field("", max_length=60)
    officer: str = Field("", max_length=150)
    holder: str = Field("", max_length=150)
    role: Role | None = None
    overdue: bool = False
    received_from: datetime | None = None
    received_before: datetime | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    sort: Sort = "-received_at"
    after: After = ""
    limit: Limit = 100
    count: bool = Field(default=False, description="Count all dossiers that match; slower.")


class DossierList(Page):
    """A page of dossiers."""

    items: list[DossierRowOut]
    count: int | None = None


def answer_list(request: HttpRequest, asked: Asked) -> HttpResponse:
    """A page of what is asked for and may be seen."""
    refuse_unknown(request, Asked)
    actor = actor_of(request)
    found = matching(asked, to=actor)
    more = {"count": found.count()} if asked.count else {}
    if asked.after:
        found = _after(found, asked, to=actor)
    ordered = found.order_by(*_order(asked.sort))
    rows = rows_of(ordered[: asked.limit + 1], to=actor)
    last = rows[asked.limit - 1]["code"] if len(rows) > asked.limit else None
    return json_answer(page(request, rows[: asked.limit], next_after=last, **more))


def matching(asked: Asked, *, to: Actor) -> DossierQuerySet:
    """The dossiers that match, of those the actor may see."""
    found = visible_to(to)
    if asked.unit:
        found = found.filter(unit_code__in=_below(asked.unit, actor=to))
    if asked.overdue:
        found = found.overdue(at=clock().now())
    if asked.sort == "due_at":
        found = found.filter(due_at__isnull=False)
    told = {**_EQUAL, **_FROM_TO}
    given = {path: value for name, path in told.items() if (value := getattr(asked, name)) not in (None, "")}
    return found.filter(**given)


def _below(unit: str, *, actor: Actor) -> frozenset[str]:
    if unit not in visible_units(actor):
        raise NotFound(kind="unit", key=unit)
    return visible_units(
        Actor(username="", name="", grants=(Grant(role=Role.OBSERVER, unit_code=unit),))
    ).codes


def _order(sort: Sort) -> tuple[str, ...]:
    if sort == "code":
        return ("code",)
    return (sort, "-id" if sort.startswith("-") else "id")


def _after(found: DossierQuerySet, asked: Asked, *, to: Actor) -> DossierQuerySet:
    """What follows the last row; the code is the only key that leaves the process."""
    if asked.sort == "code":
        return found.filter(code__gt=asked.after)
    last = get_visible(asked.after, to=to)
    name = asked.sort.removeprefix("-")
    value, ahead = getattr(last, name), "lt" if asked.sort.startswith("-") else "gt"
    if value is None:
        return found.none()
    # Written so that the index is entered at the row, not read up to it.
    return found.filter(**{f"{name}__{ahead}e": value}).filter(
        Q(**{f"{name}__{ahead}": value}) | Q(**{f"id__{ahead}": last.pk})
    )

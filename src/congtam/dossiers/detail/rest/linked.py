"""What belongs together, over the API: dossiers opened for one another, and what a receipt would say (liên thông)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from congtam.api.responses import json_response
from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates
from congtam.dossiers.deadlines.domain.explanation import explain_ledger
from congtam.dossiers.deadlines.web.texts import format_sentence
from congtam.dossiers.domain.states import LineKind
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import (
    find_desk_record,
    is_parent_ended,
    visible_children,
    visible_parent,
)
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import LOCAL, local_day
from congtam.kernel.errors import InputRefused, NotFound, Problem
from congtam.kernel.work_calendar import OutsideCalendar
from congtam.procedures.public import desk_procedure
from congtam.work_calendar.public import working_calendar

linked = Router(tags=["dossiers"])
due = Router(tags=["procedures"])


class LinkedOut(Schema):
    """A dossier that belongs to another."""

    code: str
    procedure_name: str
    unit_code: str
    state: str
    due_at: datetime | None
    finished_at: datetime | None


class LinksOut(Schema):
    """The dossier it was opened for, and those opened for it."""

    parent_code: str = Field(description="Empty without one, and where you may not see it.")
    parent: LinkedOut | None = Field(description="Null without one, and where you may not see it.")
    parent_ended: bool = Field(
        description="It is open and the dossier it was opened for ended without a result."
    )
    children: list[LinkedOut]
    hidden_count: int = Field(description="So many more were opened for it that you may not see.")


class DueQuery(Schema):
    """For which way of handing in, and when."""

    channel: str = Field("desk", description="desk, online or post.", max_length=20)
    case_kind: str = Field("", max_length=200)
    at: AwareDatetime | None = Field(None, description="When it is received; now without it.")


class DueOut(Schema):
    """What the receipt would say."""

    due_at: datetime | None = Field(
        description="Null where the catalogue gives no limit that can be counted."
    )
    limit_value: float | None
    limit_unit: str
    explanation: str = Field(description="Why, in the language asked for.")


@linked.get("/{code}/linked", response=LinksOut)
def list_linked(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers that belong to this one, as far as you may see them."""
    actor = actor_of(request)
    return json_response(_serialize_links(get_visible(code, to=actor), to=actor))


@due.get("/{code}/due", response=DueOut)
def preview_due(request: HttpRequest, code: str, query: Annotated[DueQuery, Query()]) -> HttpResponse:
    """When a dossier of this procedure would be due if it were received then, and why."""
    actor_of(request)
    at = _require_in_calendar(query.at or clock().now())
    procedure = desk_procedure(code, local_day(at))
    if procedure is None:
        raise NotFound(kind="procedure", key=code)
    catalogue_limit = procedure.limit_for(channel=query.channel, case_kind=query.case_kind)
    if catalogue_limit is None:
        return json_response({"due_at": None, "limit_value": None, "limit_unit": "", "explanation": ""})
    limit = Limit.from_counted(catalogue_limit)
    return json_response(
        {
            "limit_value": Decimal(catalogue_limit.value),
            "limit_unit": str(catalogue_limit.unit),
            **_serialize_due_date(limit, at=at),
        }
    )


def _require_in_calendar(at: datetime) -> datetime:
    """An instant in a year whose days off are known; raises InputRefused."""
    covers = working_calendar().covers
    if covers.start.year <= at.year <= covers.last_day.year:
        return at
    data = {"first": covers.start, "last": covers.last_day, "day": at.date()}
    problem = Problem(code=OutsideCalendar.code, message=OutsideCalendar.message, data=data, column="at")
    raise InputRefused([problem])


def _serialize_links(dossier: Dossier, *, to: Actor) -> dict[str, Any]:
    desk = find_desk_record(dossier)
    parent = visible_parent(desk.parent_code, to=to) if desk and desk.parent_code else None
    children, hidden = visible_children(dossier.code, to=to)
    return {
        "parent_code": parent.code if parent else "",
        "parent": _serialize_linked(parent) if parent else None,
        "parent_ended": bool(desk and is_parent_ended(dossier, desk)),
        "children": [_serialize_linked(child) for child in children],
        "hidden_count": hidden,
    }


def _serialize_linked(row: Dossier) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LinkedOut.model_fields}


def _serialize_due_date(limit: Limit, *, at: datetime) -> dict[str, Any]:
    lines, calendar = [Line(kind=LineKind.GIVEN, at=at)], working_calendar()
    explanation = explain_ledger(limit, lines, calendar=calendar, now=at)
    text = " ".join(format_sentence(part, LOCAL.key) for part in explanation.sentences)
    return {"due_at": compute_due_dates(limit, lines, calendar=calendar).due_at, "explanation": text}

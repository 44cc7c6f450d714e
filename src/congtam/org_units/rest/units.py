"""Units over the API (tra cứu đơn vị): by words without diacritics, by code, through time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.responses import json_response
from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow
from congtam.org_units.domain.tree import UnitNode
from congtam.org_units.queries import get_visible_history, search_units

router = Router(tags=["units"])


class UnitOut(Schema):
    """A unit as it stands on a day."""

    code: str
    name: str
    kind: str
    parent: str | None


class UnitList(Schema):
    """The best guesses first."""

    items: list[UnitOut]


class VersionOut(Schema):
    """Name, kind and parent of a unit while they held; the end is exclusive, null while it holds."""

    name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_until: date | None
    legal_source: str


class SuccessionOut(Schema):
    """What a unit came from or what followed it, with the share of its dossiers that went there."""

    unit_code: str
    on_date: date
    weight: float
    legal_source: str


class HistoryOut(Schema):
    """The life of a unit: merged, split, renamed."""

    code: str
    versions: list[VersionOut]
    predecessors: list[SuccessionOut]
    successors: list[SuccessionOut]


class UnitFilters(Schema):
    """What is looked for."""

    q: str = Field(max_length=200, description="A code, or words of the name.", examples=["đồng văn"])
    on: date | None = Field(None, description="The day; today without it.")
    limit: int = Field(20, ge=1, le=100)


@router.get("", response=UnitList)
def search_visible_units(request: HttpRequest, filters: Annotated[UnitFilters, Query()]) -> HttpResponse:
    """The units you may see that answer to a code or to words, without regard to diacritics, on a day."""
    actor = actor_of(request)
    nodes = search_units(filters.q, on=filters.on or today(clock()), to=actor, limit=filters.limit)
    return json_response({"items": [_serialize_unit(node) for node in nodes]})


@router.get("/{code}", response=HistoryOut)
def read_unit(request: HttpRequest, code: str) -> HttpResponse:
    """The life of a unit you may see."""
    history = get_visible_history(code, to=actor_of(request))
    return json_response(
        {
            "code": history.code,
            "versions": [_serialize_version(row) for row in history.versions],
            "predecessors": [_serialize_succession(row, row.predecessor) for row in history.predecessors],
            "successors": [_serialize_succession(row, row.successor) for row in history.successors],
        }
    )


def _serialize_unit(node: UnitNode) -> dict[str, Any]:
    return {name: getattr(node, name) for name in UnitOut.model_fields}


def _serialize_version(row: UnitVersionRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("name", "kind", "parent", "legal_source")}
    return {**values, "valid_from": row.opens, "valid_until": row.closes}


def _serialize_succession(row: SuccessionRow, other: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("on_date", "weight", "legal_source")}
    return {**values, "unit_code": other}

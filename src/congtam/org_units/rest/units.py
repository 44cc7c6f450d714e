"""Units over the API (tra cứu đơn vị): by words without diacritics, by code, through time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.answers import json_answer
from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.org_units.domain.records import SuccessionRow, UnitVersion
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


class UnitsAsked(Schema):
    """What is looked for."""

    q: str = Field(max_length=200, description="A code, or words of the name.", examples=["đồng văn"])
    on: date | None = Field(None, description="The day; today without it.")
    limit: int = Field(20, ge=1, le=100)


@router.get("", response=UnitList)
def search_visible_units(request: HttpRequest, asked: Annotated[UnitsAsked, Query()]) -> HttpResponse:
    """The units you may see that answer to a code or to words, without regard to diacritics, on a day."""
    actor = actor_of(request)
    found = search_units(asked.q, on=asked.on or today(clock()), to=actor, limit=asked.limit)
    return json_answer({"items": [_unit(node) for node in found]})


@router.get("/{code}", response=HistoryOut)
def read_unit(request: HttpRequest, code: str) -> HttpResponse:
    """The life of a unit you may see."""
    found = get_visible_history(code, to=actor_of(request))
    return json_answer(
        {
            "code": found.code,
            "versions": [_version(row) for row in found.versions],
            "predecessors": [_succession(row, row.predecessor) for row in found.predecessors],
            "successors": [_succession(row, row.successor) for row in found.successors],
        }
    )


def _unit(node: UnitNode) -> dict[str, Any]:
    return {name: getattr(node, name) for name in UnitOut.model_fields}


def _version(row: UnitVersion) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("name", "kind", "parent", "legal_source")}
    return {**told, "valid_from": row.opens, "valid_until": row.closes}


def _succession(row: SuccessionRow, other: str) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("on_date", "weight", "legal_source")}
    return {**told, "unit_code": other}

"""One's saved views over the API (bộ lọc đã lưu): each person has their own and nobody else sees them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.responses import json_response
from congtam.dossiers.intake.rest.receipts import StrictSchema
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.dossiers.lists.queries.saved_views import saved_views
from congtam.dossiers.lists.saved_views import LONGEST_NAME, delete_view, rename_view, save_view
from congtam.dossiers.lists.web.saved_views import clean_query
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import InputRefused, Problem, msgid

_PARAMETER_NAMES: Final = frozenset({*PARAMETERS.values(), "list", "days"})
router = Router(tags=["work lists"])
Name = Annotated[str, Field(max_length=4 * LONGEST_NAME)]


class ViewIn(StrictSchema):
    """A list to be kept by name; the same name again replaces it."""

    name: Name = Field(examples=["Quá hạn của tôi"])
    query: Annotated[str, Field(max_length=2000)] = Field(
        description="Filters as in the address of a list; list=overdue for a work list, with days for due_soon.",
        examples=["list=overdue&unit=024"],
    )


class ViewNameIn(StrictSchema):
    """Another name for a view."""

    name: Name


class ViewOut(Schema):
    """A saved view."""

    name: str
    query: str


class ViewList(Schema):
    """Your saved views, in the order of the alphabet."""

    items: list[ViewOut]


@router.get("", response=ViewList)
def list_views(request: HttpRequest) -> HttpResponse:
    """Your saved views."""
    return _saved_views_response(actor_of(request))


@router.post("", response={201: ViewList})
@idempotent
def save_list_view(request: HttpRequest, body: ViewIn) -> HttpResponse:
    """Keep a list by name; filters that mean nothing are refused."""
    actor = actor_of(request)
    _require_filter_names(body.query)
    save_view(body.name, clean_query(body.query), actor=actor)
    return _saved_views_response(actor, status=HTTPStatus.CREATED)


@router.patch("/{path:name}", response=ViewList)
@idempotent
def rename_list_view(request: HttpRequest, name: str, body: ViewNameIn) -> HttpResponse:
    """Give a saved view another name."""
    actor = actor_of(request)
    rename_view(name, body.name, actor=actor)
    return _saved_views_response(actor)


@router.delete("/{path:name}", response=ViewList)
@idempotent
def delete_list_view(request: HttpRequest, name: str) -> HttpResponse:
    """Delete a saved view."""
    actor = actor_of(request)
    delete_view(name, actor=actor)
    return _saved_views_response(actor)


def _saved_views_response(actor: Actor, *, status: int = HTTPStatus.OK) -> HttpResponse:
    items: list[dict[str, Any]] = [{"name": view.name, "query": view.query} for view in saved_views(actor)]
    return json_response({"items": items}, status=status)


def _require_filter_names(query: str) -> None:
    """What nobody knows would be left out of the view without a word."""
    unknown = sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)} - _PARAMETER_NAMES)
    if unknown:
        message = msgid("There is no filter “{name}”.")
        raise InputRefused(
            Problem(code="filter_unknown", message=message, data={"name": name}, column="query")
            for name in unknown
        )

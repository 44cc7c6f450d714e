"""The API's lists of dossiers: the filters and places of the pages people see, as JSON."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from congtam.api.paging import After, Limit, page
from congtam.api.responses import json_response
from congtam.dossiers.lists.queries import (
    ORDERS,
    Filters,
    filtered_visible_dossiers,
    list_rows,
    parse_filters,
)
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.foundation.public import actor_of, clock

_PARAMETER_NAMES: Final = frozenset(PARAMETERS.values())


class ListFilters(Schema):
    """What a list is narrowed by; what is left out asks for nothing. Days are those of Vietnam, both ends included."""

    q: str = Field("", max_length=200, description="Code, words of the procedure, name, telephone.")
    unit: str = Field("", max_length=40, description="This unit and all below it.")
    state: str = Field("", description="The state's code, such as in_progress.")
    procedure: str = Field("", max_length=200, description="A code, or words of the name.")
    field: str = Field("", max_length=200, description="The field of administration, such as Hộ tịch.")
    channel: str = Field("", description="desk, online or post.")
    officer: str = Field("", max_length=150, description="The user name of who handles it.")
    received_from: str = Field("", description="A day.", examples=["2026-03-01"])
    received_to: str = Field("", description="A day.", examples=["2026-03-31"])
    due_from: str = Field("", description="A day.", examples=["2026-03-01"])
    due_to: str = Field("", description="A day.", examples=["2026-03-31"])
    overdue: str = Field("", description="1 for overdue ones only.")
    import_key: str = Field("", max_length=200, description="The import that stored them.")
    sort: str = Field("", description=f"One of {', '.join(sorted(ORDERS))}.")


class DossierListQuery(ListFilters):
    """What a list is asked for."""

    after: After = ""
    limit: Limit = 100
    count: bool = Field(default=False, description="Count all dossiers that match; slower.")


def answer_list(request: HttpRequest, query: DossierListQuery) -> HttpResponse:
    """A page of what is asked for and may be seen."""
    actor, now, filters = actor_of(request), clock().now(), request_filters(request)
    row_page = list_rows(filters, to=actor, now=now, after=query.after or None, limit=query.limit)
    more: dict[str, Any] = {}
    if query.count:
        more["count"] = filtered_visible_dossiers(filters, to=actor, now=now).count()
    return json_response(page(request, row_page.rows, next_after=row_page.next_after, **more))


def request_filters(request: HttpRequest) -> Filters:
    """The filters of the address; raises InputRefused with everything that cannot be understood."""
    return parse_filters(
        {name: str(value) for name, value in request.GET.items() if name in _PARAMETER_NAMES}
    )

"""What waits for a person or an office, over the API (danh sách việc)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.paging import After, Limit, page
from congtam.api.responses import json_response
from congtam.dossiers.lists.queries.rows import row_dicts
from congtam.dossiers.lists.queries.work import WorkKind, work_counts, work_list
from congtam.dossiers.lists.queries.work import WorkQuery as AskedWork
from congtam.dossiers.lists.rest.listing import ListFilters, request_filters
from congtam.dossiers.lists.rest.rows import DossierList
from congtam.dossiers.record.desk_queries import MOST, received_for_others, require_may_receive
from congtam.foundation.public import actor_of, clock
from congtam.kernel.errors import NotFound

work = Router(tags=["work lists"])


class WorkCounts(Schema):
    """How much is in each list, counted to 1001."""

    counts: dict[str, int]


class WorkListQuery(ListFilters):
    """Which part of a work list."""

    days: int = Field(3, ge=0, le=60, description="For due_soon: how many working days ahead.")
    after: After = ""
    limit: Limit = 100


class ElsewhereOut(Schema):
    """A dossier your desk took in for a unit you do not see."""

    code: str
    procedure_name: str
    unit_code: str
    received_at: datetime
    due_at: datetime | None
    state: str


class ElsewhereList(Schema):
    """Dossiers received for other units, latest first; at most 200."""

    items: list[ElsewhereOut]


@work.get("", response=WorkCounts)
def count_work(request: HttpRequest) -> HttpResponse:
    """What waits for you and your offices."""
    counts = work_counts(AskedWork(to=actor_of(request), now=clock().now()))
    return json_response({"counts": {kind.value: count for kind, count in counts.items()}})


@work.get("/elsewhere", response=ElsewhereList)
def list_elsewhere(request: HttpRequest) -> HttpResponse:
    """What your desk received for units you do not see; those who receive only."""
    actor = actor_of(request)
    require_may_receive(actor)
    rows = received_for_others(to=actor)[:MOST]
    return json_response(
        {"items": [{name: getattr(row, name) for name in ElsewhereOut.model_fields} for row in rows]}
    )


@work.get("/{kind}", response=DossierList)
def list_work(request: HttpRequest, kind: WorkKind, query: Annotated[WorkListQuery, Query()]) -> HttpResponse:
    """A work list narrowed as any list is; what is due first comes first. Filings have an address of their own."""
    if kind is WorkKind.FILINGS:
        raise NotFound(kind="work list", key=kind.value)
    actor, now = actor_of(request), clock().now()
    dossier_page = work_list(
        kind,
        to=actor,
        now=now,
        filters=request_filters(request),
        after=query.after or None,
        limit=query.limit,
        days=query.days,
    )
    rows = row_dicts([row.pk for row in dossier_page.rows], to=actor, now=now)
    return json_response(page(request, rows, next_after=dossier_page.next_after))

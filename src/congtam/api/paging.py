"""Pages of a list by the key of the last row (keyset), never by a number of rows to skip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest, QueryDict
from ninja import Field, Schema

LARGEST: int = 500
Limit = Annotated[int, Field(ge=1, le=LARGEST, description="Rows of a page, at most 500.")]
After = Annotated[str, Field(max_length=200, description="The code of the last row of the page before.")]


class Page(Schema):
    """What every list answers besides its rows."""

    next: str | None = Field(None, description="The address of the next page; null on the last one.")


def page(request: HttpRequest, rows: Sequence[Any], *, next_after: str | None, **more: Any) -> dict[str, Any]:
    """A page with the address of the one that follows."""
    return {"items": rows, "next": _next_page_url(request, next_after), **more}


def _next_page_url(request: HttpRequest, after: str | None) -> str | None:
    if after is None:
        return None
    query: QueryDict = request.GET.copy()
    query["after"] = after
    return f"{request.path}?{query.urlencode()}"

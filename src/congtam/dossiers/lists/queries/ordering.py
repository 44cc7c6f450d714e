"""How lists are sorted and go on from page to page (sắp xếp, phân trang theo khóa).

A page goes on after a place in the order, never after a count of rows: what is added or taken away meanwhile shifts
nothing. The place is the last row's value in the order and its code, so it holds even when that row moves on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Q

from congtam.dossiers.models import DossierQuerySet
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import Actor

_BETWEEN: Final = "~"


@dataclass(frozen=True, kw_only=True)
class SortOrder:
    """An order of dossiers: by a column, ties by the key; rows without a value stand as if after all others."""

    column: str
    descending: bool = False
    only_desk: bool = False

    @property
    def field(self) -> str:
        """The field of a plain row that holds the column."""
        return self.column.removeprefix("desk__")

    @property
    def columns(self) -> tuple[str, str]:
        """For ``order_by``."""
        sign = "-" if self.descending else ""
        return f"{sign}{self.column}", f"{sign}id"


ORDERS: Final[Mapping[str, SortOrder]] = {
    "received": SortOrder(column="received_at"),
    "-received": SortOrder(column="received_at", descending=True),
    "due": SortOrder(column="due_at"),
    "-due": SortOrder(column="due_at", descending=True),
    "code": SortOrder(column="code"),
    "-code": SortOrder(column="code", descending=True),
    "step_due": SortOrder(column="desk__step_due_at", only_desk=True),
}
ListPosition = tuple[Any, int]


def parse_position(after: str, order: SortOrder, *, to: Actor) -> ListPosition:
    """Where a list goes on: ``value~code``, or a code alone, whose present value then counts.

    Raises NotFound for a dossier the actor may not see.
    """
    value, between, code = after.partition(_BETWEEN)
    instant = _parse_instant(value) if between else None
    has_value = bool(between) and order.column != "code" and (instant is not None or not value)
    dossier = get_visible(code if has_value else after, to=to)
    if has_value:
        return instant, dossier.pk
    return sort_value(dossier, order), dossier.pk


def format_position(value: Any, code: str) -> str:
    """The place of a row of that value and code, to go on after it."""
    if isinstance(value, str):
        return value
    return f"{value.isoformat() if value else ''}{_BETWEEN}{code}"


def sort_value(dossier: Any, order: SortOrder) -> Any:
    """What a dossier is sorted by."""
    if order.only_desk:
        desk = getattr(dossier, "desk", None)
        return desk.step_due_at if desk else None
    return getattr(dossier, order.column)


def _parse_instant(text: str) -> datetime | None:
    """An instant that the database can compare with; None for what is none."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def queries_after(
    dossiers: DossierQuerySet, order: SortOrder, position: ListPosition | None
) -> Iterator[DossierQuerySet]:
    """The list from a place on, as one or two queries, each of which an index can answer from its beginning."""
    dossiers = dossiers.order_by(*order.columns)
    if position is None:
        yield dossiers
        return
    value, key = position
    column = order.column
    ties = {"id__lt" if order.descending else "id__gt": key}
    missing = Q(**{f"{column}__isnull": True})
    if value is None:
        yield dossiers.filter(missing, **ties)
        if order.descending:
            yield dossiers.exclude(missing)
        return
    compare = "lte" if order.descending else "gte"
    passed = Q(**{column: value, "id__gte" if order.descending else "id__lte": key})
    yield dossiers.filter(~passed, **{f"{column}__{compare}": value})
    if not order.descending and column == "due_at":
        yield dossiers.filter(missing)

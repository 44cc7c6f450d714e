"""Lists of dossiers, a page at a time (danh sách hồ sơ)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from congtam.dossiers.lists.queries.filters import Filters, apply_filters, units_to_merge
from congtam.dossiers.lists.queries.keyset import Keys, read_keys, read_keys_and_count
from congtam.dossiers.lists.queries.merging import first_keys
from congtam.dossiers.lists.queries.ordering import (
    ORDERS,
    SortOrder,
    format_position,
    parse_position,
    queries_after,
    sort_value,
)
from congtam.dossiers.lists.queries.page_rows import shown_dossiers
from congtam.dossiers.lists.queries.rows import row_dicts
from congtam.dossiers.models import Dossier, DossierQuerySet
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor

Row = TypeVar("Row")
_Part = Callable[[int], Keys]
PAGE_SIZE: Final = 50
COUNTED_TO: Final = 10_000
"""How far a list is counted while it is read; all of a longer one are counted on request."""


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """One page of a list: its rows, the place to go on after, and how many there are up to ``COUNTED_TO``.

    The rows carry ``verdict`` and ``is_stopped`` as of the instant of the list.
    """

    rows: Sequence[Dossier]
    next_after: str | None
    count: int


@dataclass(frozen=True, kw_only=True)
class DossierRowPage:
    """One page of a list as plain rows of the 45 fields, and what colleagues are called."""

    rows: Sequence[dict[str, Any]]
    next_after: str | None


def dossiers_for(filters: Filters, *, to: Actor, now: datetime) -> DossierQuerySet:
    """The dossiers an actor may see and asks for, in no order."""
    return apply_filters(visible_to(to), filters, to=to, now=now)


def count_dossiers(dossiers: DossierQuerySet) -> int:
    """How many there are, counted no further than one more than ``COUNTED_TO``."""
    return dossiers.order_by()[: COUNTED_TO + 1].count()


def count_all(dossiers: DossierQuerySet) -> int:
    """How many there are, counted to the end: a tenth of a second for a million."""
    return dossiers.order_by().count()


def list_dossiers(
    filters: Filters, *, to: Actor, now: datetime, after: str | None = None, limit: int = PAGE_SIZE
) -> DossierPage:
    """A page of the dossiers an actor may see: latest first, or longest overdue first when asked for overdue ones."""
    dossiers, units = dossiers_for(filters, to=to, now=now), units_to_merge(filters, to=to)
    return read_page(dossiers, filters.order, to=to, now=now, after=after, limit=limit, units=units)


def read_page(
    dossiers: DossierQuerySet,
    order: str,
    *,
    to: Actor,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE_SIZE,
    units: Collection[str] | None = None,
) -> DossierPage:
    """A page of any set of visible dossiers; ``units`` where they are to be read unit by unit."""

    sorted_by, is_first = ORDERS[order], after is None
    parts = _parts(dossiers, sorted_by, to=to, after=after, units=units)
    # Unit by unit each gives as many rows as are asked for: there, counting them is a question of its own.
    counts_along = is_first and not units
    keys, count = _first_keys_and_count(parts, limit + 1) if counts_along else (_keys(parts, limit + 1), 0)
    rows = shown_dossiers(keys[:limit], now=now)
    following = (
        format_position(sort_value(rows[-1], sorted_by), rows[-1].code) if keys[limit:] and rows else None
    )
    if is_first and not counts_along:
        count = count_dossiers(dossiers)
    return DossierPage(rows=rows, next_after=following, count=count)


def list_rows(
    filters: Filters, *, to: Actor, now: datetime, after: str | None = None, limit: int = PAGE_SIZE
) -> DossierRowPage:
    """The same page as plain rows of the 45 fields, without a count."""

    sorted_by = ORDERS[filters.order]
    dossiers, units = dossiers_for(filters, to=to, now=now), units_to_merge(filters, to=to)
    keys = _keys(_parts(dossiers, sorted_by, to=to, after=after, units=units), limit + 1)
    rows = row_dicts(keys[:limit], to=to, now=now)
    has_more = bool(keys[limit:] and rows)
    following = format_position(rows[-1][sorted_by.field], rows[-1]["code"]) if has_more else None
    return DossierRowPage(rows=rows, next_after=following)


def _parts(
    dossiers: DossierQuerySet,
    order: SortOrder,
    *,
    to: Actor,
    after: str | None,
    units: Collection[str] | None,
) -> Iterator[_Part]:
    for part in queries_after(dossiers, order, parse_position(after, order, to=to) if after else None):
        yield partial(first_keys, part, order, units=units)


def _first_keys_and_count(parts: Iterator[_Part], shown: int) -> tuple[list[int], int]:
    """The first keys of a list from its beginning, which is one stretch, and how many it holds up to the bound."""
    (first,) = parts
    return read_keys_and_count(first(COUNTED_TO + 1), shown=shown)


def _keys(parts: Iterator[_Part], count: int) -> list[int]:
    """The first keys of a list that comes in stretches."""
    keys: list[int] = []
    for first in parts:
        keys.extend(read_keys(first(count - len(keys))))
        if len(keys) >= count:
            break
    return keys

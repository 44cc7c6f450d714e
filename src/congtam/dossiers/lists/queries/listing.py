"""Lists of dossiers, a page at a time (danh sách hồ sơ)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from congtam.dossiers.lists.queries.filters import (
    Filters,
    apply_filters,
    is_costly_search,
    is_unselective,
    units_to_merge,
)
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
from congtam.dossiers.lists.queries.page_rows import read_dossiers_by_keys
from congtam.dossiers.lists.queries.rows import row_dicts
from congtam.dossiers.models import Dossier, DossierQuerySet
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.patience import patience
from congtam.foundation.public import Actor
from congtam.kernel.errors import DomainError, msgid

Row = TypeVar("Row")
_Part = Callable[[int], Keys]
PAGE_SIZE: Final = 50
_PATIENCE_SECONDS: Final = 8
COUNTED_TO: Final = 10_000
"""How far a list is counted while it is read; all of a longer one are counted on request."""
SEARCH_COUNTED_TO: Final = 1000
"""The same for a search."""


class CountTakesTooLong(DomainError):
    """There are too many to count while somebody waits."""

    code = "dossiers.count_takes_too_long"
    message = msgid("Counting takes too long. Choose a unit or a shorter period, then count again.")


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """One page of a list: its rows, the place to go on after, and how many there are, up to a bound.

    The rows carry ``verdict`` and ``is_stopped`` as of the instant of the list.
    """

    rows: Sequence[Dossier]
    next_after: str | None
    count: int
    counted_to: int = COUNTED_TO
    """A count above it says only that there are more."""


@dataclass(frozen=True, kw_only=True)
class DossierRowPage:
    """One page of a list as plain rows of the 45 fields, and what colleagues are called."""

    rows: Sequence[dict[str, Any]]
    next_after: str | None


def filtered_visible_dossiers(filters: Filters, *, to: Actor, now: datetime) -> DossierQuerySet:
    """The dossiers an actor may see and asks for, in no order."""
    return apply_filters(visible_to(to), filters, to=to, now=now)


def count_dossiers(dossiers: DossierQuerySet, *, counted_to: int = COUNTED_TO) -> int:
    """How many there are, counted no further than one more than ``counted_to``."""
    return dossiers.order_by()[: counted_to + 1].count()


def count_all(dossiers: DossierQuerySet, *, seconds: float = _PATIENCE_SECONDS) -> int:
    """How many there are, counted to the end: a tenth of a second for a million; CountTakesTooLong after some seconds.

    A search through the texts of all dossiers of a province can take longer than anybody waits.
    """
    with patience(seconds, CountTakesTooLong):
        return dossiers.order_by().count()


def list_dossiers(
    filters: Filters, *, to: Actor, now: datetime, after: str | None = None, limit: int = PAGE_SIZE
) -> DossierPage:
    """A page of the dossiers an actor may see: latest first, or longest overdue first when asked for overdue ones."""
    dossiers, units = filtered_visible_dossiers(filters, to=to, now=now), units_to_merge(filters, to=to)
    counting = counting_strategy(filters)
    return read_page(
        dossiers, filters.order, to=to, now=now, after=after, limit=limit, units=units, counting=counting
    )


@dataclass(frozen=True, kw_only=True)
class Counting:
    """How the first page of a list counts it (cách đếm)."""

    counted_to: int = COUNTED_TO
    along: bool = True
    """While the page is read; else in a query of its own, which needs no order."""


def counting_strategy(filters: Filters) -> Counting:
    """Count a search less far, and what asks for most rows without their order."""
    counted_to = SEARCH_COUNTED_TO if is_costly_search(filters) else COUNTED_TO
    return Counting(counted_to=counted_to, along=is_costly_search(filters) or not is_unselective(filters))


def read_page(
    dossiers: DossierQuerySet,
    order: str,
    *,
    to: Actor,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE_SIZE,
    units: Collection[str] | None = None,
    counting: Counting | None = None,
) -> DossierPage:
    """A page of any set of visible dossiers; ``units`` where they are to be read unit by unit."""
    sorted_by, is_first, counting = ORDERS[order], after is None, counting or Counting()
    parts = _list_stretches(dossiers, sorted_by, to=to, after=after, units=units)
    # Unit by unit each gives as many rows as are asked for: there, counting them is a question of its own.
    if is_first and counting.along and not units:
        keys, count = _first_keys_and_count(parts, limit + 1, counted_to=counting.counted_to)
    else:
        keys = _first_keys(parts, limit + 1)
        count = count_dossiers(dossiers, counted_to=counting.counted_to) if is_first else 0
    rows = read_dossiers_by_keys(keys[:limit], now=now)
    following = (
        format_position(sort_value(rows[-1], sorted_by), rows[-1].code) if keys[limit:] and rows else None
    )
    return DossierPage(rows=rows, next_after=following, count=count, counted_to=counting.counted_to)


def list_rows(
    filters: Filters, *, to: Actor, now: datetime, after: str | None = None, limit: int = PAGE_SIZE
) -> DossierRowPage:
    """The same page as plain rows of the 45 fields, without a count."""

    sorted_by = ORDERS[filters.order]
    dossiers, units = filtered_visible_dossiers(filters, to=to, now=now), units_to_merge(filters, to=to)
    keys = _first_keys(_list_stretches(dossiers, sorted_by, to=to, after=after, units=units), limit + 1)
    rows = row_dicts(keys[:limit], to=to, now=now)
    has_more = bool(keys[limit:] and rows)
    following = format_position(rows[-1][sorted_by.field], rows[-1]["code"]) if has_more else None
    return DossierRowPage(rows=rows, next_after=following)


def _list_stretches(
    dossiers: DossierQuerySet,
    order: SortOrder,
    *,
    to: Actor,
    after: str | None,
    units: Collection[str] | None,
) -> Iterator[_Part]:
    for part in queries_after(dossiers, order, parse_position(after, order, to=to) if after else None):
        yield partial(first_keys, part, order, units=units)


def _first_keys_and_count(parts: Iterator[_Part], shown: int, *, counted_to: int) -> tuple[list[int], int]:
    """The first keys of a list from its beginning, which is one stretch, and how many it holds up to the bound."""
    (first,) = parts
    return read_keys_and_count(first(counted_to + 1), shown=shown)


def _first_keys(parts: Iterator[_Part], count: int) -> list[int]:
    """The first keys of a list that comes in stretches."""
    keys: list[int] = []
    for first in parts:
        keys.extend(read_keys(first(count - len(keys))))
        if len(keys) >= count:
            break
    return keys

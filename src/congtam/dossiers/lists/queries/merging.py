"""The first rows of a list read unit by unit (gộp theo đơn vị), for whoever sees few of many units.

An order over everybody's rows, from which those of other units are left out, may have to pass a million of them. Here
each unit gives its own first rows from an index that begins with the unit, and the first of all of these are taken: a
unit whose first row comes after those of as many others as are wanted has nothing to add.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models.expressions import RawSQL

from congtam.dossiers.lists.queries.keyset import Keys
from congtam.dossiers.lists.queries.ordering import SortOrder
from congtam.dossiers.models import DossierQuerySet

_INDEXED: Final = frozenset({"code", "received_at"})
"""What an index orders the rows of one unit by."""
_SPREAD: Final = frozenset({"received_at"})
"""What is spread so evenly over the units that many of them need not be read one by one."""
_MANY: Final = 50


def first_keys(part: DossierQuerySet, order: SortOrder, count: int, *, units: Collection[str] | None) -> Keys:
    """The keys of the first rows of an ordered list; ``units`` are all it may hold rows of, None for any.

    The rows are found by their keys alone and read afterwards: what is passed over costs no more than its index.
    """
    too_many = bool(units) and order.column in _SPREAD and len(units or ()) > _MANY
    if not units or order.column not in _INDEXED or too_many:
        return part.values("pk")[:count]
    return _merge_by_unit(part, order, count, units=units)


def _merge_by_unit(part: DossierQuerySet, order: SortOrder, count: int, *, units: Collection[str]) -> RawSQL:
    direction = "DESC" if order.descending else "ASC"
    placed = f"{order.column} {direction}, id {direction} LIMIT {count:d}"
    of_one = part.filter(unit_code=RawSQL("asked.unit", ())).values("id", order.column)
    rows, row_params = of_one[:count].query.sql_with_params()
    units_table = "unnest(%s::text[]) AS asked(unit)"
    params: tuple[Any, ...] = (sorted(units),)
    if len(units) > count:
        first, first_params = of_one[:1].query.sql_with_params()
        every = f"SELECT asked.unit FROM {units_table} CROSS JOIN LATERAL ({first}) AS first"  # noqa: S608
        units_table = f"({every} ORDER BY {placed}) AS asked"
        params = (*params, *first_params)
    sql = f"SELECT next.id FROM {units_table} CROSS JOIN LATERAL ({rows}) AS next ORDER BY {placed}"  # noqa: S608
    return RawSQL(sql, (*params, *row_params))  # noqa: S611 - columns and directions are our own constants

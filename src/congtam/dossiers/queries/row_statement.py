"""The statement that reads the 45 fields of a list (câu lệnh đọc các trường), put together once for each order.

Its fields never change while the program runs, only the instant of the list and the keys of its rows do. The values
come in the database's own form, whose instants need not be read from text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Combinable, RawSQL

from congtam.dossiers.models import Dossier
from congtam.dossiers.row_fields import FIELDS

Keys = QuerySet[Dossier, Any] | RawSQL
"""What selects the keys of rows: a query of one column, or such a query in SQL."""
_NOW: Final = datetime(1, 1, 2, tzinfo=UTC)
_KEYS: Final = "/* keys */"


def read_fields(keys: Keys, *, order: Sequence[str] = (), now: datetime) -> list[tuple[Any, ...]]:
    """The fields of the dossiers with these keys, with their unit and instant of receipt after them."""
    try:
        wanted, values = _selected(keys)
    except EmptyResultSet:
        return []
    statement, given = _statement(tuple(order))
    filled = [now if value == _NOW else value for value in given]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        text = psycopg.ClientCursor(connection.connection).mogrify(
            statement.replace(_KEYS, wanted), [*filled, *values]
        )
        with psycopg.Cursor(connection.connection) as cursor:
            return cursor.execute(text.encode(), binary=True).fetchall()


def _selected(keys: Keys) -> tuple[str, Sequence[Any]]:
    if isinstance(keys, RawSQL):
        return keys.sql, keys.params
    return keys.query.sql_with_params()


@lru_cache(maxsize=32)
def _statement(order: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement with a mark for the keys, and its values with one instant for that of the list."""
    sources: list[str | Combinable] = [*(field.source(_NOW) for field in FIELDS), "unit_code", "received_at"]
    mark = RawSQL(_KEYS, ())  # noqa: S611 - a mark of our own
    marked = Dossier.objects.filter(pk__in=mark).order_by(*order)
    statement, given = marked.values_list(*sources).query.sql_with_params()
    return statement, given

"""Reading dossiers by their keys (đọc hồ sơ theo khóa): the columns of a list, with a statement put together once.

Which columns a list shows never changes while the program runs; only the instant of the list and the keys of its
rows do. The values come in the database's own form, whose instants need not be read from text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Combinable, RawSQL

from congtam.dossiers.models import Dossier

Keys = QuerySet[Dossier, Any] | RawSQL
"""What selects keys in order: a query of one column, or such a query in SQL."""
Columns = Callable[[datetime], Sequence[str | Combinable]]
_NOW: Final = datetime(1, 1, 2, tzinfo=UTC)


def read_keys(selected: Keys) -> list[int]:
    """The keys that are selected, in their order."""
    try:
        sql, values = _statement_of(selected)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def read_keys_and_count(selected: Keys, *, shown: int) -> tuple[list[int], int]:
    """The first of the keys that are selected, in their order, and how many are selected: found once, sent once."""
    try:
        sql, values = _statement_of(selected)
    except EmptyResultSet:
        return [], 0
    first = f"ARRAY(SELECT id FROM hits LIMIT {shown:d})"  # noqa: S608 - a number
    statement = f"WITH hits(id) AS MATERIALIZED ({sql}) SELECT {first}, (SELECT count(*) FROM hits)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        keys, count = cursor.fetchone()
        return list(keys), int(count)


def _statement_of(selected: Keys) -> tuple[str, Sequence[Any]]:
    if isinstance(selected, RawSQL):
        return selected.sql, selected.params
    return selected.query.sql_with_params()


class KeyedStatement:
    """Reads the same columns of whatever dossiers, as of any instant."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def read(self, keys: Sequence[int], *, now: datetime) -> list[tuple[Any, ...]]:
        """The columns of the dossiers with these keys, in the order of the keys."""
        if not keys:
            return []
        sql, params = self._sql_and_parameters
        values = [now if value == _NOW else value for value in params]
        connection.ensure_connection()
        with connection.wrap_database_errors:
            text = psycopg.ClientCursor(connection.connection).mogrify(sql, [*values, list(keys)])
            with psycopg.Cursor(connection.connection) as cursor:
                rows = cursor.execute(text.encode(), binary=True).fetchall()
        by_key = {row[0]: row[1:] for row in rows}
        return [by_key[key] for key in keys if key in by_key]

    @cached_property
    def _sql_and_parameters(self) -> tuple[str, tuple[Any, ...]]:
        query = Dossier.objects.order_by().values_list("pk", *self._columns(_NOW)).query
        sql, params = query.sql_with_params()
        return f"{sql} WHERE dossiers_dossier.id = ANY(%s)", params

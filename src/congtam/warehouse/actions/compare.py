"""Compare the lake with the database: counts and digest sums per month, then the keys that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import duckdb
from django.db import connection

from congtam.kernel.errors import msgid
from congtam.warehouse import queries, registry
from congtam.warehouse.domain.facts import HASH_COLUMNS, Fact, LakeUnreadable, VersionGone
from congtam.warehouse.lake import engine

Kind = Literal["missing in the warehouse", "not in the database", "different"]
KIND_TEXTS: Final = (msgid("missing in the warehouse"), msgid("not in the database"), msgid("different"))
"""The kinds, for translation: consoles print them in the reader's language."""
LISTED: Final = 1000
Sums = tuple[int, int, int]
Identity = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row that the lake and the database do not agree about (chênh lệch)."""

    fact: str
    month: date
    key: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a comparison found."""

    fact: str
    version: int
    rows_in_database: int
    rows_in_warehouse: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether the lake says what the database says."""
        return not self.differences and self.rows_in_database == self.rows_in_warehouse


def compare_with_database(fact_name: str) -> Comparison:
    """Compare a fact's version in use with the database now (đối chiếu); at most `LISTED` keys are listed."""
    fact = registry.fact(fact_name)
    version = queries.data_version(fact_name)
    database = _database_sums(fact)
    table = queries.published_table(fact)
    table.forget_cached()
    try:
        lake = _lake_sums(fact, version)
    except LakeUnreadable:
        raise
    except (VersionGone, duckdb.Error) as error:
        raise table.explain(version, error) from error
    differing = sorted(
        month for month in database.keys() | lake.keys() if database.get(month) != lake.get(month)
    )
    differences: list[Difference] = []
    for month in differing:
        differences.extend(_month_differences(fact, version, month))
        if len(differences) >= LISTED:
            break
    return Comparison(
        fact=fact_name,
        version=version,
        rows_in_database=sum(sums[0] for sums in database.values()),
        rows_in_warehouse=sum(sums[0] for sums in lake.values()),
        differences=tuple(differences[:LISTED]),
    )


def _sums_sql(fact: Fact, source: str) -> str:
    high, low = HASH_COLUMNS
    return f"SELECT {fact.month}, count(*), sum({high}), sum({low}) FROM {source} GROUP BY {fact.month}"  # noqa: S608


def _database_sums(fact: Fact) -> dict[date, Sums]:
    with connection.cursor() as cursor:
        cursor.execute(_sums_sql(fact, f"({fact.sql()}) AS rows_now"), {})
        return {month: (int(count), int(high), int(low)) for month, count, high, low in cursor.fetchall()}


def _lake_sums(fact: Fact, version: int) -> dict[date, Sums]:
    rows = engine.fetch(_sums_sql(fact, queries.relation_sql(fact.name, version)))
    return {month: (int(count), int(high), int(low)) for month, count, high, low in rows}


def _month_differences(fact: Fact, version: int, month: date) -> Iterator[Difference]:
    columns = ", ".join((fact.key, *HASH_COLUMNS))
    with connection.cursor() as cursor:
        rows_now = f"SELECT {columns} FROM ({fact.sql()}) AS rows_now WHERE {fact.month} = %(month)s"  # noqa: S608
        cursor.execute(rows_now, {"month": month})
        database: dict[str, Identity] = {key: (high, low) for key, high, low in cursor.fetchall()}
    relation = queries.relation_sql(fact.name, version)
    in_lake = engine.fetch(f"SELECT {columns} FROM {relation} WHERE {fact.month} = $month", {"month": month})  # noqa: S608
    lake: dict[str, Identity] = {key: (high, low) for key, high, low in in_lake}
    for key in sorted(database.keys() | lake.keys()):
        if database.get(key) != lake.get(key):
            yield Difference(
                fact=fact.name, month=month, key=key, kind=_difference_kind(key in database, key in lake)
            )


def _difference_kind(in_database: bool, in_lake: bool) -> Kind:  # noqa: FBT001 - two plain facts about one key
    if not in_lake:
        return "missing in the warehouse"
    return "different" if in_database else "not in the database"

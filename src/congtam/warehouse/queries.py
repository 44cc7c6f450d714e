"""Reading the warehouse: versions, relations, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from congtam.foundation.public import Actor
from congtam.warehouse import registry
from congtam.warehouse.domain.facts import Fact, Join
from congtam.warehouse.domain.visibility import Relation
from congtam.warehouse.lake import engine
from congtam.warehouse.lake.file_columns import source_of_files
from congtam.warehouse.lake.generations import table_of_version
from congtam.warehouse.lake.schema import empty_relation
from congtam.warehouse.lake.tables import LakeTable
from congtam.warehouse.models import WarehouseTable

NO_VERSION = -1
"""The data version of a fact that has never been synchronised: no rows."""


def data_version(fact_name: str) -> int:
    """The version that readers use now; `NO_VERSION` before the first sync."""
    row = WarehouseTable.objects.filter(fact=fact_name).values_list("version", flat=True).first()
    return NO_VERSION if row is None else row


def find_table(fact_name: str) -> WarehouseTable | None:
    """What readers use now: version, rows, when it changed."""
    return WarehouseTable.objects.filter(fact=fact_name).first()


def published_table(fact: Fact) -> LakeTable:
    """The table that readers use now."""
    row = find_table(fact.name)
    return LakeTable(fact, "" if row is None else row.folder)


def visible_rows(fact_name: str, version: int | None = None, *, to: Actor) -> Relation:
    """The rows of a version that the actor may see one by one: what every list, file and sample reads."""
    return restrict_rows(relation_sql(fact_name, version), registry.fact(fact_name), to=to)


def restrict_rows(
    rows: str, fact: Fact, *, to: Actor, to_hidden: bool = False, joins: Sequence[Join] = ()
) -> Relation:
    """Of a relation with the columns of a fact, the rows that the actor may see.

    With ``to_hidden`` those that the actor may not see: to be counted only, never to be read. A row is hidden too where
    the row of one of ``joins`` is hidden that belongs to it.
    """
    row_filter = fact.visible_sql(to)
    conditions = [] if row_filter.is_everything else [row_filter.named_condition(fact.unit)]
    conditions += [one for join in joins if (one := _joined_visible(join, to)) is not None]
    if not conditions and not to_hidden:
        return Relation(sql=rows)
    condition = " AND ".join(f"({one.sql})" for one in conditions) or "true"
    chosen = f"NOT ({condition})" if to_hidden else condition
    values = {name: value for one in conditions for name, value in one.values.items()}
    return Relation(sql=f"(SELECT * FROM {rows} WHERE {chosen})", values=values)  # noqa: S608


def _joined_visible(join: Join, to: Actor) -> Relation | None:
    """The condition that no hidden row of another fact belongs to a row; None where that fact hides nothing."""
    joined = registry.fact(join.fact)
    row_filter = joined.visible_sql(to)
    if row_filter.is_everything:
        return None
    visible = row_filter.named_condition(joined.unit, prefix=f"{join.name}_")
    rows = relation_sql(join.fact)
    hidden = f"SELECT {joined.key} FROM {rows} WHERE NOT ({visible.sql})"  # noqa: S608 - declared names
    return Relation(sql=f"NOT coalesce({join.column} IN ({hidden}), false)", values=visible.values)


def relation_sql(fact_name: str, version: int | None = None) -> str:
    """DuckDB SQL text that stands for all rows of a version, to be put after FROM; for counting, whoever asks."""
    fact = registry.fact(fact_name)
    chosen = data_version(fact_name) if version is None else version
    if chosen == NO_VERSION:
        return empty_relation(fact)
    return relation_sql_of_files(fact, _version_files(fact, chosen))


def relation_sql_of_files(fact: Fact, files: tuple[str, ...]) -> str:
    """The same over given files of the fact; a column that came after a file was written is NULL in its rows."""
    return source_of_files(fact, files) if files else empty_relation(fact)


def changed_relations(fact_name: str, old: int, new: int) -> tuple[str, str]:
    """The rows that went and the rows that came between two versions, as two relations.

    They are whole files: a row that was copied unchanged is in both, so sums over them differ by the true change.
    """
    fact = registry.fact(fact_name)
    before = () if old == NO_VERSION else _version_files(fact, old)
    after = () if new == NO_VERSION else _version_files(fact, new)
    return changed_file_relations(fact, before, after)


def changed_file_relations(fact: Fact, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, str]:
    """The same for two lists of files."""
    gone = tuple(path for path in before if path not in set(after))
    come = tuple(path for path in after if path not in set(before))
    return relation_sql_of_files(fact, gone), relation_sql_of_files(fact, come)


def _version_files(fact: Fact, version: int) -> tuple[str, ...]:
    return table_of_version(published_table(fact), version).files(version)


def query(sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Run DuckDB SQL and return tuples; instants are not supported here, use `query_arrow`."""
    return engine.fetch(sql, parameters)


def query_arrow(sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """Run DuckDB SQL and return an Arrow table."""
    return engine.fetch_arrow(sql, parameters)

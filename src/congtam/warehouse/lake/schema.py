"""Declared columns in the types of Arrow and DuckDB."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from congtam.warehouse.domain.facts import ColumnType, Fact

_ARROW: Final[dict[ColumnType, pa.DataType]] = {
    "text": pa.string(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}
DUCKDB_TYPES: Final[dict[ColumnType, str]] = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMPTZ",
}


def arrow_schema(fact: Fact) -> pa.Schema:
    """The columns of a fact as an Arrow schema; instants are UTC."""
    return pa.schema([pa.field(column.name, _ARROW[column.type]) for column in fact.columns])


def empty_relation(fact: Fact) -> str:
    """DuckDB SQL of the fact without rows, for an installation that has none yet."""
    columns = ", ".join(f"CAST(NULL AS {DUCKDB_TYPES[one.type]}) AS {one.name}" for one in fact.columns)
    return f"(SELECT {columns} WHERE false)"

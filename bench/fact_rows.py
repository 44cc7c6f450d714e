"""Rows of a fact for a bench, drawn for every column that the fact declares, so that a new column cannot break it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from congtam.warehouse.domain.facts import ColumnType
from congtam.warehouse.lake.schema import arrow_schema
from congtam.warehouse.public import HASH_COLUMNS, Column, Fact

BEGIN: Final = np.datetime64("2020-01-01T00:00:00", "us")
YEARS: Final = 5
_SECONDS: Final = YEARS * 365 * 86_400
_MISSING: Final = 0.1
"""The share of rows in which a column that the bench does not care about is empty."""


def instants(chance: np.random.Generator, count: int) -> Any:
    """Instants (UTC) within the years of the bench, to the second."""
    return BEGIN + chance.integers(0, _SECONDS, count).astype("timedelta64[s]")


Draw = Callable[[np.random.Generator, int], Any]
_DRAWN: Final[Mapping[ColumnType, Draw]] = {
    "text": lambda chance, count: np.char.add("text ", chance.integers(0, 50, count).astype(str)),
    "integer": lambda chance, count: chance.integers(0, 3, count),
    "bigint": lambda chance, count: chance.integers(0, 1_000_000, count),
    "double": lambda chance, count: chance.random(count),
    "boolean": lambda chance, count: chance.random(count) < 0.5,
    "date": lambda chance, count: instants(chance, count).astype("datetime64[D]"),
    "timestamp": instants,
}


def fact_table(fact: Fact, columns: Mapping[str, Any], *, chance: np.random.Generator) -> pa.Table:
    """The rows as an Arrow table in the declared columns and types, in the order of partitions.

    `columns` holds what the bench is about, all of one length; what else the fact declares is drawn by its type.
    """
    unknown = set(columns) - set(fact.column_names)
    if unknown:
        raise SystemExit(f"The fact {fact.name} has no column {', '.join(sorted(unknown))}.")
    count = len(next(iter(columns.values())))
    schema = arrow_schema(fact)
    filled = {each.name: _drawn(each, count, chance) for each in fact.columns if each.name not in columns}
    rows = [_array({**filled, **columns}[field.name], field.type) for field in schema]
    order = [(name, "ascending") for name in dict.fromkeys((fact.month, fact.unit, fact.key))]
    return pa.table(rows, schema=schema).sort_by(order)


def _drawn(column: Column, count: int, chance: np.random.Generator) -> pa.Array:
    """Values of the column's type; digests fill their 64 bits, anything else is missing now and then."""
    if column.name in HASH_COLUMNS:
        return pa.array(chance.integers(-(2**63), 2**63 - 1, count))
    return pa.array(_DRAWN[column.type](chance, count), mask=chance.random(count) < _MISSING)


def _array(values: Any, wanted: pa.DataType) -> pa.Array:
    return (values if isinstance(values, pa.Array) else pa.array(values)).cast(wanted)

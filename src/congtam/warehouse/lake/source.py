"""Rows of a fact out of PostgreSQL, as Arrow tables of bounded size."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa
from django.db import connection
from pyarrow import csv

from congtam.warehouse.domain.facts import Fact
from congtam.warehouse.lake.schema import arrow_schema

MEGABYTE: Final = 1024 * 1024


def read_rows(
    fact: Fact, where: str = "", parameters: Mapping[str, Any] | None = None, *, megabytes: int = 8
) -> Iterator[pa.Table]:
    """Stream the rows that satisfy a condition, ordered by month and unit.

    One COPY is one snapshot of the database; so many megabytes of text are held at a time. The connection is the
    caller's also when another thread draws the rows, as the lake's writer does.
    """
    connection.ensure_connection()
    select = f"{fact.sql(where)} ORDER BY {fact.month}, {fact.unit}, {fact.key}"
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    return _stream_tables(
        fact,
        connection.connection.cursor(),
        statement,
        parameters=dict(parameters or {}),
        chunk=megabytes * MEGABYTE,
    )


def _stream_tables(
    fact: Fact, source: Any, statement: str, *, parameters: dict[str, Any], chunk: int
) -> Iterator[pa.Table]:
    with source as cursor, cursor.copy(statement, parameters) as copy:
        held = io.BytesIO()
        for line in copy:  # each item is one whole row, also where a value holds a line break
            held.write(line)
            if held.tell() >= chunk:
                yield _parse_csv(fact, held)
                held = io.BytesIO()
        if held.tell():
            yield _parse_csv(fact, held)


def _parse_csv(fact: Fact, text: io.BytesIO) -> pa.Table:
    schema = arrow_schema(fact)
    text.seek(0)
    return csv.read_csv(
        text,
        read_options=csv.ReadOptions(column_names=schema.names),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    ).cast(schema)

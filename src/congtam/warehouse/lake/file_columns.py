"""Which columns the files of the lake hold: those written before a column was declared lack it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from congtam.warehouse.domain.facts import Column, Fact
from congtam.warehouse.lake import engine
from congtam.warehouse.lake.schema import DUCKDB_TYPES

_MOST_REMEMBERED: Final = 20_000
_SCHEMAS: Final = "SELECT file_name, list(name ORDER BY name) FROM parquet_schema($files) GROUP BY file_name"
_columns_by_path: dict[str, frozenset[str]] = {}
"""A file never changes, so what it holds is read once in a process; files of one schema share one set."""


def source_of_files(fact: Fact, files: Sequence[str]) -> str:
    """DuckDB SQL for the rows of files; a column that a file lacks is NULL in its rows."""
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    options = f"hive_partitioning = true, hive_types = {{'{fact.month}': DATE}}"
    held = columns_of(files)
    absent = lacking_columns(fact, held)
    if not absent:
        return f"read_parquet([{quoted}], {options})"
    somewhere = frozenset[str]().union(*held)
    nulls = "".join(
        f", CAST(NULL AS {DUCKDB_TYPES[one.type]}) AS {one.name}"
        for one in absent
        if one.name not in somewhere
    )
    return f"(SELECT *{nulls} FROM read_parquet([{quoted}], {options}, union_by_name = true))"  # noqa: S608


def lacking_columns(fact: Fact, held: Sequence[frozenset[str]]) -> tuple[Column, ...]:
    """The declared columns that at least one of the files lacks, by what each file holds."""
    if not held:
        return ()
    everywhere = frozenset.intersection(*held)
    return tuple(one for one in fact.columns if one.name not in everywhere and one.name != fact.month)


def columns_of(files: Sequence[str]) -> list[frozenset[str]]:
    """The distinct sets of columns; none where a file cannot be read: whoever reads the rows says why."""
    try:
        _read_columns([path for path in files if path not in _columns_by_path])
    except engine.EngineFailed:
        return []
    return list({_columns_by_path[path] for path in files if path in _columns_by_path})


def _read_columns(paths: Sequence[str]) -> None:
    if not paths:
        return
    if len(_columns_by_path) > _MOST_REMEMBERED:
        _columns_by_path.clear()
    shared = {one: one for one in _columns_by_path.values()}
    for path, names in engine.fetch(_SCHEMAS, {"files": list(paths)}):
        columns = frozenset(names)
        _columns_by_path[path] = shared.setdefault(columns, columns)

"""DuckDB inside the process: one database in memory, one cursor per thread, no extension and no network."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any, Final

import duckdb
import pyarrow as pa

from congtam.foundation.data_folder import data_dir
from congtam.kernel.clock import LOCAL

EngineFailed: Final = duckdb.Error
"""What the engine raises, as when a file of the lake cannot be read."""
MEMORY_LIMIT: Final = "1GB"
_lock = threading.Lock()
_per_thread = threading.local()
_database: tuple[int, duckdb.DuckDBPyConnection] | None = None


def cursor() -> duckdb.DuckDBPyConnection:
    """This thread's cursor; a forked process opens its own database."""
    pid = os.getpid()
    if getattr(_per_thread, "pid", None) != pid:
        _per_thread.pid, _per_thread.cursor = pid, _open_database(pid).cursor()
    held: duckdb.DuckDBPyConnection = _per_thread.cursor
    return held


def fetch(sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows as tuples; for results without instants, which DuckDB hands to Python only through pytz."""
    return cursor().execute(sql, dict(parameters or {})).fetchall()


def fetch_arrow(sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """Rows as an Arrow table; instants are UTC-aware."""
    return cursor().sql(sql, params=dict(parameters or {})).to_arrow_table()


def _open_database(pid: int) -> duckdb.DuckDBPyConnection:
    global _database  # noqa: PLW0603 - one database for the process is the point
    with _lock:
        if _database is None or _database[0] != pid:
            _database = (pid, _connect_configured())
        return _database[1]


def _connect_configured() -> duckdb.DuckDBPyConnection:
    spill = data_dir() / "warehouse" / ".spill"
    connection = duckdb.connect()
    for setting, value in (
        ("threads", min(os.cpu_count() or 2, 4)),
        ("memory_limit", f"'{MEMORY_LIMIT}'"),
        ("temp_directory", f"'{str(spill).replace(chr(39), chr(39) * 2)}'"),
        ("TimeZone", f"'{LOCAL.key}'"),
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("parquet_metadata_cache", "true"),
        ("preserve_insertion_order", "false"),
        # What cannot be divided is missing; a figure must not fail for it.
        ("error_on_division_by_zero", "false"),
    ):
        connection.execute(f"SET GLOBAL {setting} = {value}")
    return connection

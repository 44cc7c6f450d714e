"""The rules of `kernel.precision` in SQL, for columns of facts beside a dossier ``d`` (ADR 0095)."""

from __future__ import annotations


def has_time_sql(column: str, *, is_limit: bool = False) -> str:
    """`kernel.precision.has_time` of a column of ``d`` or its parts; null where there is no instant."""
    day = "23:59:59" if is_limit else "00:00:00"
    return f"(date_trunc('second', {column} AT TIME ZONE d.time_zone)::time <> '{day}')"

"""The rules of `kernel.precision` in SQL, for columns of facts beside a dossier ``d`` (ADR 0095)."""

from __future__ import annotations


def has_time_sql(column: str, *, is_limit: bool = False) -> str:
    """`kernel.precision.has_time` of a column of ``d`` or its parts; null where there is no instant."""
    days = "'00:00:00', '23:59:59'" if is_limit else "'00:00:00'"
    return f"(({column} AT TIME ZONE d.time_zone)::time NOT IN ({days}))"


def end_of_limit_sql(limit: str) -> str:
    """`kernel.precision.end_of_limit`: what is due on a day without a time may be done until the day ends."""
    local = f"({limit} AT TIME ZONE d.time_zone)"
    # Added to the local time: a day on which the clocks change has other than 24 hours.
    end = f"({local} + interval '23:59:59') AT TIME ZONE d.time_zone"
    return f"CASE WHEN {local}::time = '00:00:00' THEN {end} ELSE {limit} END"

"""Indicators against plain SQL over the tables of the database: another language, another engine, the same rows."""

from __future__ import annotations

from typing import Final

import pytest
from django.db import connection

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.figures.queries import figures
from congtam.kernel.periods import Period

PERIOD: Final = Period.parse("2025-H1")
CITY: Final = ("024", "00688", "00691")
FINISHED: Final = "(finished_at AT TIME ZONE time_zone)::date"
DUE: Final = "(due_at AT TIME ZONE time_zone)::date"
RECEIVED: Final = "(received_at AT TIME ZONE time_zone)::date"
DAYS: Final = f"generate_series({RECEIVED} + 1, {FINISHED}, interval '1 day') AS one(day)"
WORKED: Final = "(SELECT count(*) FROM " + DAYS + " WHERE extract(isodow FROM one.day) < 6)"  # noqa: S608 - the point of the test

# What decides the day of the period, what is counted out of it, and the value.
PLAIN: Final = {
    "dossiers.received": (RECEIVED, "true", "count(*)"),
    "dossiers.finished": (FINISHED, "true", "count(*)"),
    "dossiers.late": (FINISHED, "true", "count(*) FILTER (WHERE finished_at > due_at)"),
    "dossiers.on_time_rate": (FINISHED, "due_at IS NOT NULL", "avg((finished_at <= due_at)::int)"),
    "dossiers.on_time_rate_all": (FINISHED, "true", "avg((due_at IS NULL OR finished_at <= due_at)::int)"),
    "dossiers.on_time_rate_by_date": (FINISHED, "due_at IS NOT NULL", f"avg(({FINISHED} <= {DUE})::int)"),
    "dossiers.early_rate": (FINISHED, "due_at IS NOT NULL", f"avg(({FINISHED} < {DUE})::int)"),
    "dossiers.online_filing_rate": (RECEIVED, "true", "avg((channel = 'online')::int)"),
    "dossiers.online_payment_rate": (
        RECEIVED,
        "fee_dong > 0 AND payment <> 'unknown'",
        "avg((payment = 'online')::int)",
    ),
    "dossiers.digitised_result_rate": (
        FINISHED,
        "result_digitised IS NOT NULL",
        "avg(result_digitised::int)",
    ),
    "dossiers.supplement_rate": (RECEIVED, "true", "avg((supplement_count >= 1)::int)"),
    "dossiers.working_days_mean": (FINISHED, "true", f"avg({WORKED})"),
    "dossiers.working_days_median": (
        FINISHED,
        "true",
        f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {WORKED})",
    ),
    "dossiers.finished_to_received": (
        "NULL::date",
        "true",
        f"""(count(*) FILTER (WHERE {FINISHED} >= %(start)s AND {FINISHED} < %(end)s))::numeric
        / count(*) FILTER (WHERE {RECEIVED} >= %(start)s AND {RECEIVED} < %(end)s)""",
    ),
}


def by_plain_sql(code: str) -> float:
    day, condition, value = PLAIN[code]
    in_period = (
        f"({day} >= %(start)s AND {day} < %(end)s) IS NOT FALSE"
        if "NULL" in day
        else (f"{day} >= %(start)s AND {day} < %(end)s")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {value} FROM dossiers_dossier"  # noqa: S608 - the point of the test
            f" WHERE unit_code = ANY(%(units)s) AND {in_period} AND {condition}",
            {"units": list(CITY), "start": PERIOD.start, "end": PERIOD.end},
        )
        return float(cursor.fetchone()[0])


def test_indicators_are_what_plain_sql_gives(dossiers: list[DossierRow]) -> None:
    counted = figures(list(PLAIN), unit="024", period=PERIOD, to=console_actor())
    plain = {code: by_plain_sql(code) for code in PLAIN}
    assert {code: float(one.value or 0) for code, one in counted.items()} == pytest.approx(plain)
    assert len({value for value in plain.values() if value}) >= 10

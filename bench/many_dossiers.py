"""The dossiers that the bench of the engine counts."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from bench.fact_rows import fact_table, instants
from congtam.warehouse.public import fact

UNITS: Final = 200


def dossiers(count: int) -> pa.Table:
    """Synthetic dossiers of five years: what the questions look at is drawn on purpose, the rest by its type."""
    chance = np.random.default_rng(20260302)
    received = np.sort(instants(chance, count))
    limit = chance.integers(2, 30, count) * 86_400
    due = received + limit.astype("timedelta64[s]")
    finished = received + (limit * chance.beta(4, 3, count) * 1.4).astype("int64").astype("timedelta64[s]")
    is_open = chance.random(count) < 0.03
    days = "datetime64[D]"
    local = np.timedelta64(7, "h")
    spent = ((finished - received) // np.timedelta64(1, "D")).astype("int32")

    def one_of(*values: str) -> Any:
        return np.array(values)[chance.integers(0, len(values), count)]

    columns = {
        "code": [f"H22-{number:08}" for number in range(count)],
        "unit_code": one_of(*(f"{number:05}" for number in range(UNITS))),
        "procedure_code": one_of(*(f"1.{number:06}" for number in range(60))),
        "channel": one_of("desk", "online", "post"),
        "received_at": received,
        "due_at": due,
        "finished_at": pa.array(finished, mask=is_open),
        "received_on": (received + local).astype(days),
        "due_on": (due + local).astype(days),
        "finished_on": pa.array((finished + local).astype(days), mask=is_open),
        "state": np.where(is_open, "in_progress", "finished"),
        "payment": one_of("none", "online", "cash"),
        "fee_dong": chance.integers(0, 4, count) * 50_000,
        "result_digitised": chance.random(count) < 0.8,
        "working_days": pa.array(spent, mask=is_open),
        "received_month": (received + local).astype("datetime64[M]").astype(days),
    }
    return fact_table(fact("dossiers"), columns, chance=chance)

"""The permit log that nobody here made gives exactly the figures known of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.indicators.figures.queries import figure
from congtam.kernel.periods import Period

WHOLE_LOG = "2010-10-01..2012-02-01"
FROM_2011 = "2011-01-01..2012-02-01"  # 114 dossiers of the log were finished before


def cases(path: Path) -> Iterator[DossierRow]:
    seen: set[str] = set()
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["case:concept:name"]
            if code not in seen:
                seen.add(code)
                finished = row["case:enddate"]
                yield DossierRow(
                    code=code,
                    unit_code="024",
                    received_at=datetime.fromisoformat(row["case:startdate"]),
                    due_at=datetime.fromisoformat(row["case:deadline"]),
                    finished_at=datetime.fromisoformat(finished) if finished else None,
                    state="finished" if finished else "in_progress",
                    channel={"Internet": "online"}.get(row["case:channel"], "desk"),
                    time_zone="Europe/Amsterdam",
                )


@pytest.fixture
def permit_log(real_data: Path, small_tree: None, warehouse_dir: Path) -> None:
    rows = cases(real_data / "eventlogs" / "receipt.csv")
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="log", source="log")
    drain_outbox()


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("code", "period", "expected"),
    [
        pytest.param("dossiers.on_time_rate", WHOLE_LOG, (952, 1329), id="377 late by instants"),
        pytest.param("dossiers.on_time_rate_by_date", WHOLE_LOG, (1020, 1329), id="309 late by date"),
        pytest.param("dossiers.late", WHOLE_LOG, (377, 1329), id="late"),
        pytest.param("dossiers.finished", WHOLE_LOG, (1329, 1329), id="finished"),
        pytest.param("dossiers.received", WHOLE_LOG, (1434, 1434), id="received"),
        pytest.param("dossiers.on_time_rate", FROM_2011, (855, 1215), id="by instants from 2011"),
        pytest.param("dossiers.on_time_rate_by_date", FROM_2011, (916, 1215), id="by date from 2011"),
    ],
)
def test_the_permit_log_gives_the_known_figures(
    permit_log: None, *, code: str, period: str, expected: tuple[int, int]
) -> None:
    found = figure(code, unit="024", period=Period.parse(period), to=console_actor())
    assert (found.numerator, found.denominator) == expected

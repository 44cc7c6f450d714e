"""What the warehouse holds of dossiers and their parts is what the database holds, through every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow, StepRow, SuspensionRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.warehouse.public import compare_with_database, query, relation_sql

pytestmark = pytest.mark.django_db
FACTS = ("dossiers", "dossier_steps", "suspensions", "clock_lines")
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def dossier(number: int, *, steps: int = 2, pauses: int = 1) -> DossierRow:
    return DossierRow(
        code=f"H-{number}",
        unit_code="024",
        received_at=START + timedelta(days=20 * number),
        steps=tuple(
            StepRow(
                sequence=place,
                name=f"Bước {place}",
                started_at=START,
                due_at=START,
                attributes={"outcome": "done"},
            )
            for place in range(1, steps + 1)
        ),
        suspensions=tuple(SuspensionRow(ground="supplement", started_at=START) for _ in range(pauses)),
    )


def store(rows: list[DossierRow], import_key: str) -> None:
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key=import_key, source="test")
    drain_outbox()


def count(fact: str) -> int:
    return int(query(f"SELECT count(*) FROM {relation_sql(fact)}")[0][0])  # noqa: S608 - the name of a fact


@pytest.fixture
def stored(small_tree: None, warehouse_dir: Path) -> list[DossierRow]:
    rows = [dossier(number) for number in range(5)]
    store(rows, "first")
    return rows


def test_parts_follow_their_dossiers(stored: list[DossierRow]) -> None:
    assert (count("dossiers"), count("dossier_steps"), count("suspensions")) == (5, 10, 5)
    assert all(compare_with_database(fact).agrees for fact in FACTS)


def test_a_part_that_is_gone_leaves_the_warehouse(stored: list[DossierRow]) -> None:
    store([dossier(1, steps=1, pauses=0), *stored[2:]], "second")
    assert (count("dossier_steps"), count("suspensions")) == (9, 4)
    assert all(compare_with_database(fact).agrees for fact in FACTS)


def test_a_part_that_moved_to_another_month_is_there_once(stored: list[DossierRow]) -> None:
    moved = replace(stored[0], received_at=START + timedelta(days=200))
    store([moved], "second")
    assert count("dossier_steps") == 10
    assert all(compare_with_database(fact).agrees for fact in FACTS)


def test_the_outcome_of_a_step_is_a_column(stored: list[DossierRow]) -> None:
    rows = query(f"SELECT DISTINCT outcome FROM {relation_sql('dossier_steps')}")  # noqa: S608 - the name of a fact
    assert rows == [("done",)]

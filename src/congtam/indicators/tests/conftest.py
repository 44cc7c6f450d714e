"""A few hundred dossiers of the small tree, drawn with a fixed seed so that every kind of row occurs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.testing.doors.warehouse import sync
from congtam.testing.prepared import FROZEN, copy_folder, prepared

UNITS = ("024", "00688", "00691", "00712", "H22.09")


def drawn(count: int, *, seed: int = 7) -> Iterator[DossierRow]:
    """Dossiers received in 2025: early, late, open, without limit, returned, with and without fee."""
    draw = random.Random(seed)  # noqa: S311 - test data
    for number in range(count):
        received = datetime(2025, 1, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(365 * 24 * 60))
        limit = timedelta(days=draw.choice([1, 3, 7, 20]))
        is_open = draw.random() < 0.15
        taken = limit * draw.choice([0.001, 0.5, 0.98, 1.0, 1.2, 2.5])
        yield DossierRow(
            code=f"D{number:05}",
            unit_code=draw.choice(UNITS),
            received_at=received,
            due_at=received + limit if draw.random() < 0.9 else None,
            finished_at=None if is_open else received + taken,
            state=draw.choice(["in_progress", "withdrawn"]) if is_open else "finished",
            channel=draw.choice(["desk", "online", "unknown"]),
            payment=draw.choice(["none", "online", "cash", "unknown"]),
            fee_dong=draw.choice([None, 0, 50_000]),
            result_digitised=draw.choice([None, True, False]),
            supplement_count=draw.choice([0, 0, 0, 1, 2]),
            officer=draw.choice(["", "Officer A", "Officer B"]),
        )


def store(*rows: DossierRow, import_key: str = "drawn", unit: str = "02") -> None:
    """Store dossiers and bring them into the warehouse, as the worker does when it hears of them."""
    store_dossiers(rows, unit_code=unit, actor=console_actor(), import_key=import_key, source="test")
    sync("dossiers", import_keys=[import_key])


def enter_working_days() -> None:
    """Monday to Friday are working days."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO foundation_workingday (day, ordinal)
            SELECT day::date, sum((extract(isodow FROM day) < 6)::int) OVER (ORDER BY day)
            FROM generate_series('2024-12-01'::date, '2026-12-31'::date, '1 day') AS day
            ON CONFLICT DO NOTHING"""
        )


def enter_dossiers() -> None:
    """The 400 dossiers of most tests."""
    store(*drawn(400))


@pytest.fixture
@prepared(enter_working_days)
def working_days(db: None) -> None:
    """Monday to Friday are working days."""


@pytest.fixture
@prepared(enter_dossiers, at=FROZEN)
def dossiers(
    small_tree: None,
    working_days: None,
    frozen_clock: FixedClock,
    *,
    django_db_setup: Path,
    warehouse_dir: Path,
) -> list[DossierRow]:
    """400 dossiers, in the database and in the warehouse."""
    copy_folder(django_db_setup, warehouse_dir)
    return list(drawn(400))

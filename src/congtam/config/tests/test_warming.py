from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from congtam.config.warming import warm_figures, warm_warehouse
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.testing.doors.warehouse import sync

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_open_dossier(small_tree: None, warehouse_dir: Path, frozen_clock: FixedClock) -> None:
    """Received a month ago and still open: a stock that is counted from the rows, as no cell keeps it."""
    received = datetime(2025, 1, 2, 1, tzinfo=UTC)
    row = DossierRow(code="D1", unit_code="00688", received_at=received, state="in_progress")
    store_dossiers([row], unit_code="02", actor=console_actor(), import_key="one", source="test")
    sync("dossiers", import_keys=["one"])


def remembered() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM indicators_cachedresult")
        return int(cursor.fetchone()[0])


def test_an_empty_installation_is_no_obstacle(warehouse_dir: Path) -> None:
    warm_figures()
    warm_warehouse()


def test_units_without_dossiers_are_none_either(small_tree: None, warehouse_dir: Path) -> None:
    warm_figures()
    warm_warehouse()


def test_the_worker_counts_ahead_what_the_database_remembers(one_open_dossier: None) -> None:
    warm_figures()
    assert remembered()


def test_a_web_process_counts_nothing_ahead(one_open_dossier: None) -> None:
    warm_warehouse()
    assert not remembered()

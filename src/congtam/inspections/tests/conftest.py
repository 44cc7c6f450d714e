"""A city and a district with a quarter of dossiers each, in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.actions.prepare import prepare
from congtam.inspections.models import InspectionPack
from congtam.kernel.periods import Period
from congtam.testing.prepared import FROZEN, copy_folder, prepared
from congtam.work_calendar.public import seed_calendar

FIRST = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
FIELDS = ("Đất đai", "Hộ tịch", "Chứng thực")
WARD = {"024": "00688", "026": "00712"}


def dossiers(unit: str, count: int, *, late_every: int) -> Iterator[DossierRow]:
    """Dossiers of a ward below the unit, two an hour, due after five days; every n-th late, every 15th
    open, every 10th finished within the last hour."""
    for number in range(count):
        received = FIRST + timedelta(minutes=30 * number)
        due = received + timedelta(days=5)
        is_open = number % 15 == 14
        late = number % late_every == late_every - 1
        in_last_hour = number % 10 == 3
        finished = due + (timedelta(hours=3) if late else timedelta(minutes=-20 if in_last_hour else -1800))
        yield DossierRow(
            code=f"H.{unit}-{number:04d}",
            unit_code=WARD[unit],
            received_at=received,
            due_at=due,
            finished_at=None if is_open else finished,
            state="in_progress" if is_open else "returned",
            field_name=FIELDS[number % 7 % 3],
            procedure_name=f"Thủ tục {number % 4}",
            channel="online" if number % 2 else "desk",
        )


def enter_quarter() -> None:
    """240 dossiers of the city 024 and 120 of the district 026 in the third quarter of 2025."""
    seed_calendar(console_actor())
    for unit, count, late_every in (("024", 240, 8), ("026", 120, 30)):
        rows = dossiers(unit, count, late_every=late_every)
        store_dossiers(rows, unit_code=unit, actor=console_actor(), import_key=f"q3-{unit}", source="test")
    drain_outbox()


@pytest.fixture
@prepared(enter_quarter)
def quarter(small_tree: None, django_db_setup: Path, warehouse_dir: Path) -> None:
    """The dossiers of `enter_quarter`, in the database and in the warehouse."""
    copy_folder(django_db_setup, warehouse_dir)


def enter_pack() -> None:
    """A pack of the city 024 about that quarter, prepared from the console."""
    prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=console_actor(), sample_size=20)


@pytest.fixture
@prepared(enter_pack, at=FROZEN)
def pack(quarter: None) -> InspectionPack:
    """The pack of `enter_pack`."""
    return InspectionPack.objects.get()

"""The pages of the lists: work lists, filters told, saved views, bulk, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "stored")]
SignIn = Callable[[object], Client]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def row(code: str, *, unit: str = "024", **values: object) -> DossierRow:
    facts: dict[str, object] = {
        "procedure_name": "Đăng ký khai sinh",
        "applicant": "Giàng Thị Mỷ",
        "received_at": NOW - 20 * DAY,
    } | values
    return DossierRow(code=code, unit_code=unit, **facts)  # type: ignore[arg-type]


@pytest.fixture
def stored(small_tree: None) -> None:
    """Dossiers of every urgency."""
    rows = [
        row("H-LATE", due_at=NOW - 26 * HOUR),
        row("H-TODAY", due_at=NOW + 5 * HOUR),
        row("H-SOON", due_at=NOW + 2 * DAY),
        row("H-FAR", due_at=NOW + 30 * DAY),
        row("H-WAITS", due_at=NOW + 9 * DAY, state="awaiting_supplement"),
        row("H-DONE", due_at=NOW, finished_at=NOW - DAY, state="finished"),
        row("K-LATE", unit="026", due_at=NOW - 50 * DAY),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


@pytest.mark.parametrize("part", ["clerk", "officer", "leader", "administrator", "observer", "citizen"])
@pytest.mark.parametrize("name", ["list", "work", "views", "work_counts"])
def test_every_page_opens_for_everybody(*, cast: Cast, client_for: SignIn, part: str, name: str) -> None:
    assert client_for(cast.everyone()[part]).get(reverse(f"dossiers:{name}")).status_code == 200

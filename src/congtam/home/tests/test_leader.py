"""The home of leaders and heads: numbers that agree with what they open, ranks by right, decisions that wait."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Where the frozen clock stands: a Monday."""


def finished(unit: str, year: int, month: int, *, late: int) -> Iterator[DossierRow]:
    """Twenty dossiers of a month, the first ones late."""
    for number in range(20):
        due = datetime(year, month, 10, 2, tzinfo=UTC)
        yield DossierRow(
            code=f"{unit}-{year}{month:02}-{number:02}",
            unit_code=unit,
            received_at=due - timedelta(days=5),
            due_at=due,
            finished_at=due + timedelta(hours=3 if number < late else -3),
            state="returned",
        )


def still_open(code: str, unit: str, *, due_in: timedelta) -> DossierRow:
    return DossierRow(
        code=code,
        unit_code=unit,
        received_at=NOW - timedelta(days=20),
        due_at=NOW + due_in,
        state="in_progress",
    )


@pytest.fixture
def dossiers(small_tree: None, warehouse_dir: Path, frozen_clock: None) -> None:
    """January and February of two years in a city and a district; the city lost in February."""
    rows = [
        *finished("00688", 2025, 1, late=1),
        *finished("00688", 2025, 2, late=1),
        *finished("00688", 2026, 1, late=1),
        *finished("00688", 2026, 2, late=5),
        *finished("00712", 2025, 1, late=1),
        *finished("00712", 2025, 2, late=1),
        *finished("00712", 2026, 1, late=1),
        *finished("00712", 2026, 2, late=1),
        still_open("late-1", "00688", due_in=-timedelta(days=3)),
        still_open("late-2", "00712", due_in=-timedelta(days=1)),
        still_open("soon", "00688", due_in=timedelta(days=2)),
        still_open("later", "00688", due_in=timedelta(days=12)),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="leader", source="test")
    drain_outbox()


def unit_of(client: Client) -> dict[str, Any]:
    (unit,) = client.get("/").context["units"]
    assert unit["is_leader"]
    return dict(unit)


def test_the_leader_reads_what_moved_and_who_stands_where(
    dossiers: None, cast: Cast, client_for: SignIn
) -> None:
    unit = unit_of(client_for(cast.leader))

    on_time = unit["figures"][0]
    assert on_time["sentence"] == "−5,00 điểm %; tháng 2 kéo giảm"
    (ranking,) = unit["rankings"]
    sentences = {one["name"]: one["sentence"] for one in ranking["best"]}
    assert list(sentences) == ["Huyện Đồng Văn", "Thành phố Hà Giang"]
    assert sentences["Huyện Đồng Văn"].startswith("xếp thứ 1/2 (có thể từ 1 đến 2); không đổi")
    assert sentences["Thành phố Hà Giang"].endswith("−10,00 điểm %; tháng 2 kéo giảm")


def test_late_counts_agree_with_the_lists_they_open(dossiers: None, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.leader)
    late = unit_of(client)["late"]

    assert [count["value"] for count in late["counts"]] == ["2", "—", "1"]
    for count in (late["counts"][0], late["counts"][2], *late["units"]):
        opened = client.get(count["url"].partition("#")[0])
        assert opened.context["rows"]["total"] == count["value"]
    assert client.get(late["url"]).context["reminder"].total.overdue_count == 2


def test_a_head_without_sight_of_the_others_gets_no_rank(
    dossiers: None, cast: Cast, client_for: SignIn
) -> None:
    unit = unit_of(client_for(cast.unit_head))

    assert unit["figures"][0]["sentence"] == "−10,00 điểm %; tháng 2 kéo giảm"
    assert [one["value"] for one in unit["late"]["units"]] == ["1"]
    assert "Đồng Văn" not in str(unit)


def test_every_number_of_the_page_is_a_link(dossiers: None, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.leader)
    addresses = set(re.findall(r'href="(/figures/[^"#]+)', client.get("/").content.decode()))

    assert addresses
    assert all(client.get(address.replace("&amp;", "&")).status_code == 200 for address in addresses)

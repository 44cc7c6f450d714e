"""The same dossiers on several maps: rows are never rewritten, and province totals are the same on all of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.figures.queries import figure
from congtam.indicators.public import by_child
from congtam.indicators.rows.listing import rows
from congtam.indicators.tests.conftest import store
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.org_units.public import crosswalk, load_catalogue, tree
from congtam.testing.cast import Cast

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
MAPS = [None, BEFORE, AFTER]
YEAR = Period.parse("2025")
CODES = ["dossiers.received", "dossiers.late", "dossiers.finished", "dossiers.open_overdue"]


def over_the_merger(count: int) -> Iterator[DossierRow]:
    """Dossiers of every kind of unit; some are finished after their unit was abolished, under its old code."""
    draw = random.Random(11)  # noqa: S311 - test data
    old, new = sorted(tree(BEFORE)), sorted(tree(AFTER))
    for number in range(count):
        received = datetime(2025, 1, 5, tzinfo=UTC) + timedelta(days=draw.randrange(350))
        unit = draw.choice(new if received.date() > AFTER else old)
        limit, taken = timedelta(days=draw.choice([5, 20])), timedelta(days=draw.choice([3, 15, 40]))
        is_open = draw.random() < 0.2
        yield DossierRow(
            code=f"M{number:04}",
            unit_code=unit,
            received_at=received,
            due_at=received + limit,
            finished_at=None if is_open else received + taken,
            state="in_progress" if is_open else "finished",
        )


@pytest.fixture
def merged_province(db: None, warehouse_dir: Path, frozen_clock: FixedClock) -> int:
    load_catalogue(actor=console_actor())
    found = list(over_the_merger(600))
    store(*found, unit="08")
    return len(found)


def provinces(code: str, map_on: date | None, period: Period = YEAR) -> Decimal:
    total = Decimal()
    for unit in ("02", "08"):
        total += figure(code, unit=unit, period=period, to=console_actor(), map_on=map_on).numerator
    return total


def test_province_totals_are_the_same_on_all_maps(merged_province: int) -> None:
    assert provinces("dossiers.received", None) == merged_province
    for code in CODES:
        assert len({provinces(code, map_on) for map_on in MAPS}) == 1, code
        assert (
            len({provinces(code, map_on, Period.parse("2025-06-10..2025-09-03")) for map_on in MAPS}) == 1
        ), code


def test_each_month_is_on_its_own_map(merged_province: int) -> None:
    before, after = Period.parse("2025-H1"), Period.parse("2025-H2")
    to = console_actor()
    assert figure("dossiers.received", unit="02", period=before, to=to).numerator > 0
    assert figure("dossiers.received", unit="02", period=after, to=to).numerator == 0
    whole = figure("dossiers.received", unit="08", period=after, to=to)
    assert whole.numerator == provinces("dossiers.received", None, after)


def test_all_of_the_old_province_is_in_the_new_one(merged_province: int) -> None:
    bridged = figure("dossiers.received", unit="08", period=YEAR, to=console_actor(), map_on=AFTER)
    assert bridged.numerator == merged_province
    assert bridged.map == "2025-07-01"


@pytest.mark.parametrize("map_on", MAPS)
def test_children_add_up_to_the_province(merged_province: int, map_on: date | None) -> None:
    for code in CODES:
        parts = by_child(code, unit="08", period=YEAR, to=console_actor(), map_on=map_on)
        whole = figure(code, unit="08", period=YEAR, to=console_actor(), map_on=map_on)
        assert abs(sum((Decimal(one.numerator) for _, one in parts), Decimal()) - whole.numerator) < Decimal(
            "0.001"
        )


def test_a_split_unit_gives_each_successor_its_share(merged_province: int) -> None:
    shares = {(row.unit_code, row.target_code): row.weight for row in crosswalk(AFTER) if 0 < row.weight < 1}
    seen = 0
    for target in sorted({target for _, target in shares}):
        page = rows(
            "dossiers.received", unit=target, period=YEAR, to=console_actor(), limit=500, map_on=AFTER
        )
        assert sum(Decimal(row["weight"]) for row in page.rows) == page.total
        for row in page.rows:
            share = shares.get((row["unit_code"], target))
            if share and row["received_on"] < AFTER:  # the same code may name a new, whole unit afterwards
                assert float(row["weight"]) == pytest.approx(share, abs=1e-6)
                seen += 1
    assert seen


def test_a_figure_that_is_not_whole_says_why(
    merged_province: int, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    shares = [row for row in crosswalk(AFTER) if 0 < row.weight < 1]
    asked = ((row.target_code, {"period": YEAR, "to": console_actor(), "map_on": AFTER}) for row in shares)
    found = (figure("dossiers.received", unit=unit, **ask) for unit, ask in asked)  # type: ignore[arg-type]
    shown = next(one for one in found if one.numerator != int(one.numerator))
    client = client_for(cast.inspector)
    client.cookies["django_language"] = "vi"
    page = client.get(f"/figures/dossiers.received/{shown.unit}/?period=2025&map=2025-07-01").content.decode()
    assert "≈\u00a0" in page
    assert "Số không nguyên" in page
    assert "Phần được tính" in page
    whole = client.get("/figures/dossiers.received/02/?period=2024").content.decode()
    assert "≈" not in whole
    assert "Phần được tính" not in whole

"""The same dossiers on several maps: rows are never rewritten, and province totals are the same on all of them."""

from __future__ import annotations

import json
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
from congtam.indicators.public import figure_by_child
from congtam.indicators.rows.listing import rows
from congtam.indicators.tests.conftest import store
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.org_units.public import crosswalk, load_catalogue, tree
from congtam.testing.cast import Cast
from congtam.testing.doors.org_units import load_boundaries

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
        parts = figure_by_child(code, unit="08", period=YEAR, to=console_actor(), map_on=map_on)
        whole = figure(code, unit="08", period=YEAR, to=console_actor(), map_on=map_on)
        assert sum(one.numerator for _, one in parts) == whole.numerator
        assert sum(one.denominator for _, one in parts) == whole.denominator
        assert all(isinstance(one.numerator, int) for _, one in parts)
        for unit, one in parts:
            if unit != "08" and map_on:  # on its own map a code may have been another unit before
                alone = figure(code, unit=unit, period=YEAR, to=console_actor(), map_on=map_on)
                assert (alone.numerator, alone.denominator) == (one.numerator, one.denominator)


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


def test_a_rounded_figure_says_why(
    merged_province: int, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    shares = [row for row in crosswalk(AFTER) if 0 < row.weight < 1]
    asked = ((row.target_code, {"period": YEAR, "to": console_actor(), "map_on": AFTER}) for row in shares)
    found = (figure("dossiers.received", unit=unit, **ask) for unit, ask in asked)  # type: ignore[arg-type]
    shown = next(one for one in found if one.parts.numerator != int(one.parts.numerator))
    client = client_for(cast.inspector)
    client.cookies["django_language"] = "vi"
    page = client.get(f"/figures/dossiers.received/{shown.unit}/?period=2025&map=2025-07-01").content.decode()
    assert isinstance(shown.numerator, int)
    assert shown.receipt["numerator_share"] == pytest.approx(float(shown.parts.numerator))
    assert "Số đã làm tròn" in page
    assert "Phần được tính" in page
    whole = client.get("/figures/dossiers.received/02/?period=2024").content.decode()
    assert "Số đã làm tròn" not in whole
    assert "Phần được tính" not in whole


def test_before_and_after_its_life_a_unit_has_nothing_and_leads_on(
    merged_province: int, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    gone = next(code for code in sorted(tree(BEFORE)) if code not in tree(AFTER) and code != "02")
    later, earlier = Period.parse("2025-Q4"), Period.parse("2025-Q1")
    for code in CODES:
        assert figure(code, unit=gone, period=later, to=console_actor()).value is None
        assert figure(code, unit=gone, period=earlier, to=console_actor()).value is not None
    client = client_for(cast.administrator)
    page = client.get(f"/figures/unit/{gone}/?period=2025-Q4")
    absence = page.context["unit"]["absence"]
    assert (absence["is_whole"], absence["is_before"], bool(absence["units"])) == (True, False, True)
    assert 'class="ct-stat' not in page.content.decode()
    follow = client.get(absence["units"][0]["url"])
    assert follow.context["unit"]["absence"] is None
    part = client.get(f"/figures/unit/{gone}/?period=2025").context["unit"]["absence"]
    assert (part["is_whole"], part["last_day"]) == (False, "30/06/2025")


def test_communes_are_hexagons_until_their_areas_are_loaded(
    merged_province: int, *, cast: Cast, client_for: Callable[[object], Client], tmp_path: Path
) -> None:
    client = client_for(cast.administrator)
    client.cookies["django_language"] = "vi"
    path = "/figures/unit/08/map/?period=2025-Q4&indicator=dossiers.received"
    tiled = client.get(path).content.decode()
    communes = [node for node in tree(AFTER)["08"].children if node.longitude is not None]
    assert tiled.count("<path") == len(communes)
    assert "hình lục giác" in tiled
    assert all(f"<title>{node.name}" in tiled for node in communes[:5])
    features = []
    for node in communes:
        x, y = node.longitude or 0.0, node.latitude or 0.0
        ring = [[x, y], [x + 0.01, y], [x, y + 0.01], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": node.code}, "geometry": geometry})
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    load_boundaries(file, on=AFTER, actor=console_actor())
    drawn = client.get(path).content.decode()
    assert drawn.count("<path") == len(communes)
    assert "hình lục giác" not in drawn

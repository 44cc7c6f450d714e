"""Cells, cached results and the lake give the same parts, before and after changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.counting import cells
from congtam.indicators.counting.evaluation import Result, evaluate, window_of
from congtam.indicators.counting.lake import count
from congtam.indicators.counting.scopes import child_scope
from congtam.indicators.counting.windows import PartsByBucket
from congtam.indicators.definitions.shipped import all_definitions, definitions
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.models import CachedResult, Cell, CellState
from congtam.indicators.public import figures
from congtam.indicators.tests.conftest import drawn, store
from congtam.kernel.periods import Period
from congtam.testing.doors.warehouse import rebuild
from congtam.warehouse.public import compare_with_database, data_version

YEAR = Period.parse("2025")


def additive(among: Iterable[Definition]) -> list[Definition]:
    return [one for one in among if one.is_additive and one.fact == "dossiers"]


# Results go by code: of two versions of one indicator only one is asked for at a time.
ADDITIVE = additive(definitions(YEAR.last_day))
BY_VERSION = [
    additive(one for one in all_definitions() if one.version == version)
    for version in sorted({one.version for one in additive(all_definitions())})
]


def by_cells(counted: Sequence[Definition] = ADDITIVE) -> Result:
    version = data_version("dossiers")
    assert cells.are_current("dossiers", version)
    return evaluate(counted, {window_of(YEAR): child_scope("02", YEAR, None)}, version=version)


def by_lake(counted: Sequence[Definition]) -> dict[str, PartsByBucket]:
    window, version = window_of(YEAR), data_version("dossiers")
    return count(counted, [window], child_scope("02", YEAR, None), version=version)[window]


def assert_same() -> None:
    for counted in BY_VERSION:
        from_cells, from_lake = by_cells(counted), by_lake(counted)
        for one in counted:
            assert from_cells[one.code, window_of(YEAR)] == from_lake[one.code], one.code


def kept() -> set[tuple[object, ...]]:
    return set(Cell.objects.values_list(*[field.name for field in Cell._meta.fields if field.name != "id"]))


def test_cells_agree_with_the_lake(dossiers: list[DossierRow]) -> None:
    assert_same()


def test_cells_follow_every_kind_of_change(dossiers: list[DossierRow]) -> None:
    first, second, third = dossiers[:3]
    later = timedelta(days=70)
    store(
        replace(first, finished_at=first.received_at + later, state="finished"),
        replace(second, channel="post", result_digitised=True),
        replace(third, received_at=third.received_at - timedelta(days=45)),
        replace(third, code="NEW-1", unit_code="00712"),
        import_key="changes",
    )
    assert_same()
    followed = kept()
    Cell.objects.all().delete()
    CellState.objects.all().delete()
    cells.update_cells("dossiers", data_version("dossiers"))
    assert followed == kept()


def test_cells_survive_a_rebuild(dossiers: list[DossierRow]) -> None:
    before = kept()
    rebuild("dossiers")
    assert kept() == before
    assert compare_with_database("dossiers").agrees
    assert_same()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"no longer a table")])
def test_cells_survive_damaged_files(
    dossiers: list[DossierRow], warehouse_dir: Path, damage: Callable[[Path], object]
) -> None:
    before = kept()
    for path in (warehouse_dir / "warehouse" / "dossiers").rglob("*.parquet"):
        damage(path)
    rebuild("dossiers")
    assert kept() == before
    assert_same()


def test_cells_survive_the_loss_of_the_lake(dossiers: list[DossierRow], warehouse_dir: Path) -> None:
    shutil.rmtree(warehouse_dir / "warehouse")
    store(replace(dossiers[0], code="NEW-1"), import_key="newer")
    assert compare_with_database("dossiers").agrees
    assert_same()


def test_other_definitions_void_the_cells(dossiers: list[DossierRow]) -> None:
    CellState.objects.update(definitions_digest="of another time")
    assert not cells.are_current("dossiers", data_version("dossiers"))
    cells.update_cells("dossiers", data_version("dossiers"))
    assert_same()


def test_without_cells_the_lake_answers(dossiers: list[DossierRow]) -> None:
    codes = [one.code for one in ADDITIVE]
    with_cells = figures(codes, unit="02", period=YEAR, to=console_actor())
    CellState.objects.all().delete()
    assert figures(codes, unit="02", period=YEAR, to=console_actor()) == with_cells


def test_an_older_data_version_is_counted_as_it_was(dossiers: list[DossierRow]) -> None:
    version, before, window = data_version("dossiers"), by_cells(), window_of(YEAR)
    store(replace(dossiers[0], code="NEW-1"), import_key="newer")
    then = evaluate(ADDITIVE, {window: child_scope("02", YEAR, None)}, version=version)
    assert then == before
    assert by_cells() != before


@pytest.mark.parametrize("code", ["dossiers.working_days_median", "dossiers.open_overdue"])
def test_a_cached_result_is_the_counted_one(dossiers: list[DossierRow], code: str) -> None:
    counted = figures([code], unit="02", period=YEAR, to=console_actor())
    assert CachedResult.objects.count() == 1
    assert figures([code], unit="02", period=YEAR, to=console_actor()) == counted


def test_cached_results_go_with_their_data_version(dossiers: list[DossierRow]) -> None:
    figures(["dossiers.open_overdue"], unit="02", period=YEAR, to=console_actor())
    store(*[replace(row, code=f"N{row.code}") for row in drawn(3)], import_key="newer")
    assert not CachedResult.objects.exists()


def test_the_sum_of_the_children_is_the_unit(dossiers: list[DossierRow]) -> None:
    parts = by_cells()["dossiers.received", window_of(YEAR)]
    assert sum(one.numerator for one in parts.values()) == sum(
        1 for row in dossiers if (row.received_at + timedelta(hours=7)).date() < date(2026, 1, 1)
    )

"""On a map of the past, an old unit is shown shares of units that came after it: only to those who may see them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.figures.queries import figure
from congtam.indicators.public import figure_by_child, flag_results
from congtam.indicators.rows.listing import row_keys, rows
from congtam.indicators.tests.conftest import store
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.org_units.public import crosswalk, load_catalogue, visible_units

BEFORE = date(2025, 6, 30)
LATER = Period.parse("2025-H2")
CODE = "dossiers.received"


def clerk_of(unit: str) -> Actor:
    return Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code=unit),))


@pytest.fixture
def old_and_new(db: None, warehouse_dir: Path, frozen_clock: FixedClock) -> tuple[str, str]:
    """An old unit, and a new one whose dossiers the map of before gives it a share of, but not the right to see."""
    load_catalogue(actor=console_actor())
    old, new = next(
        (row.target_code, row.unit_code)
        for row in crosswalk(BEFORE)
        if row.unit_code != row.target_code and row.unit_code not in visible_units(clerk_of(row.target_code))
    )
    dossier = DossierRow(
        code="N-1", unit_code=new, received_at=datetime(2025, 8, 4, 2, tzinfo=UTC), supplement_count=2
    )
    store(dossier, unit="08")
    return old, new


def test_rows_out_of_sight_are_not_shown_through_another_map(old_and_new: tuple[str, str]) -> None:
    old, _ = old_and_new
    for question in (figure, rows, row_keys, figure_by_child):
        with pytest.raises(RowsNotVisible):
            question(CODE, unit=old, period=LATER, to=clerk_of(old), map_on=BEFORE)
    with pytest.raises(RowsNotVisible):
        flag_results(unit=old, period=LATER, to=clerk_of(old), map_on=BEFORE)


def test_who_sees_both_units_sees_the_share(old_and_new: tuple[str, str]) -> None:
    old, _ = old_and_new
    found = figure(CODE, unit=old, period=LATER, to=console_actor(), map_on=BEFORE)
    assert 0 < found.parts.numerator <= 1
    assert found.numerator in (0, 1)


def test_on_the_units_of_the_time_nothing_is_hidden(old_and_new: tuple[str, str]) -> None:
    old, _ = old_and_new
    assert figure(CODE, unit=old, period=LATER, to=clerk_of(old)).numerator == 0


def test_an_empty_share_hides_nothing(old_and_new: tuple[str, str]) -> None:
    old, _ = old_and_new
    before = Period.parse("2025-H1")
    assert figure(CODE, unit=old, period=before, to=clerk_of(old), map_on=BEFORE).numerator == 0

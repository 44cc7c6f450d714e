"""Windows counted together give what each window gives alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.lake import count
from congtam.indicators.counting.scopes import child_scope, unit_scope
from congtam.indicators.counting.windows import PartsByWindow, Window
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.scope import Scope
from congtam.indicators.tests.conftest import store
from congtam.indicators.tests.test_maps import over_the_merger
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.org_units.public import load_catalogue
from congtam.warehouse.public import data_version

CODES = (
    "dossiers.open_overdue",
    "dossiers.working_days_median",
    "dossiers.on_time_rate",
    "dossiers.working_days_mean",
)
YEAR = Period.parse("2025")
PERIODS = (*YEAR.months(), YEAR, Period.parse("2025-06-10..2025-09-03"), Period.parse("2031"))


def one_by_one(
    definitions: Sequence[Definition], windows: Sequence[Window], scope: Scope, *, version: int
) -> PartsByWindow:
    """Each window counted alone."""
    return {window: count(definitions, [window], scope, version=version)[window] for window in windows}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("unit", ["02", "024", "H22.09"])
def test_on_one_map(dossiers: list[DossierRow], code: str, unit: str) -> None:
    windows = [window_of(period) for period in PERIODS]
    version = data_version("dossiers")
    for scope in (unit_scope(unit, YEAR, None), child_scope(unit, YEAR, None)):
        together = count([definition(code)], windows, scope, version=version)
        assert together == one_by_one([definition(code)], windows, scope, version=version)


@pytest.mark.django_db
@pytest.mark.parametrize("map_on", [None, date(2025, 6, 30), date(2025, 7, 1)])
def test_over_a_change_of_the_map(warehouse_dir: Path, frozen_clock: FixedClock, map_on: date | None) -> None:
    load_catalogue(actor=console_actor())
    store(*over_the_merger(300), unit="08")
    definitions = [definition(code) for code in CODES]
    windows = [window_of(period) for period in PERIODS]
    scope = unit_scope("08", YEAR, map_on)
    version = data_version("dossiers")
    together = count(definitions, windows, scope, version=version)
    assert together == one_by_one(definitions, windows, scope, version=version)

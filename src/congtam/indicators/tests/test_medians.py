"""Medians against the rows they are made of: of divided units, and with the parameters of each window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.lake import count
from congtam.indicators.counting.scopes import child_scope, unit_scope
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.public import figure_by_child
from congtam.indicators.rows.listing import rows
from congtam.indicators.tests.conftest import store
from congtam.indicators.tests.test_maps import over_the_merger
from congtam.kernel.clock import FixedClock
from congtam.kernel.periods import Period
from congtam.org_units.public import load_catalogue
from congtam.warehouse.public import data_version

BEFORE = date(2025, 6, 30)
CODE = "dossiers.working_days_median"
YEAR = Period.parse("2025")
PERIODS = (*YEAR.months(), YEAR, Period.parse("2025-06-10..2025-09-03"))

ROUNDING = Decimal("0.0001")
"""A list shows each weight to six places."""


@pytest.fixture
def merged_province(working_days: None, warehouse_dir: Path, frozen_clock: FixedClock) -> None:
    load_catalogue(actor=console_actor())
    store(*over_the_merger(600), unit="08")


def test_a_row_of_a_divided_unit_counts_with_its_share(merged_province: None) -> None:
    """Half of the weight of the listed rows lies on either side of the median."""
    divided = [
        (unit, figure)
        for unit, figure in figure_by_child(CODE, unit="08", period=YEAR, to=console_actor(), map_on=BEFORE)
        if unit != "08" and figure.parts.denominator != int(figure.parts.denominator)
    ]
    assert divided
    for unit, figure in divided:
        page = rows(
            CODE, unit=unit, period=YEAR, to=console_actor(), part="denominator", limit=500, map_on=BEFORE
        )
        weights = [(float(row["value"]), Decimal(row["weight"])) for row in page.rows]
        total = sum((weight for _value, weight in weights), Decimal())
        assert abs(total - Decimal(figure.parts.denominator)) < ROUNDING
        assert figure.parts.median is not None
        middle = figure.parts.median
        assert sum(weight for value, weight in weights if value < middle) * 2 <= total + ROUNDING
        assert sum(weight for value, weight in weights if value > middle) * 2 <= total + ROUNDING


def test_divided_units_in_many_windows(merged_province: None) -> None:
    """Together with others a window gives what it gives alone, also where the map changes within it."""
    windows, one, version = (
        [window_of(period) for period in PERIODS],
        definition(CODE),
        data_version("dossiers"),
    )
    for scope in (child_scope("08", YEAR, BEFORE), child_scope("08", YEAR, None)):
        together = count([one], windows, scope, version=version)
        assert any(together[window][CODE] for window in windows)
        for window in windows:
            assert together[window] == count([one], [window], scope, version=version)[window]


def test_a_median_may_use_the_days_and_the_instant_of_its_window(dossiers: list[DossierRow]) -> None:
    """The fees of what was both received and finished in the window and due at its end, window by window."""
    one = replace(
        definition(CODE),
        value="fee_dong",
        out_of="received_on >= :period_start and finished_on < :period_end and due_at < :as_of",
    )
    windows = [window_of(period) for period in PERIODS]
    counted = count([one], windows, unit_scope("02", YEAR, None), version=data_version("dossiers"))
    for window in windows:
        fees = [
            row.fee_dong
            for row in dossiers
            if row.fee_dong is not None
            and row.finished_at is not None
            and row.due_at is not None
            and window.period.contains((row.received_at + timedelta(hours=7)).date())
            and window.period.contains((row.finished_at + timedelta(hours=7)).date())
            and row.due_at < window.as_of
        ]
        parts = counted[window][CODE].get("02")
        assert (parts.numerator, parts.median) == (len(fees), median(fees)) if parts else not fees
    assert counted[windows[-2]][CODE]

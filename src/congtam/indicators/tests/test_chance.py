"""Figures beyond chance: processes, families of targets, funnels, and what the pages say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from congtam.dossiers.public import DossierRow
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.chance import (
    Process,
    changed,
    history_months,
    missed_targets,
    process_of,
    weakest_units,
    with_dispersion,
)
from congtam.indicators.domain.definitions import Target
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.figures.web.funnels import funnel_spec
from congtam.indicators.tests.conftest import store
from congtam.kernel.periods import Period
from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.false_discovery import discoveries
from congtam.kernel.statistics.funnel import funnel
from congtam.kernel.statistics.process_chart import Variation
from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
RATE = "dossiers.on_time_rate"
YEAR = Period.of_year(2025)
TODAY = date(2026, 1, 10)


def figure_of(on_time: int, finished: int, *, period: Period = YEAR, target: float | None = None) -> Figure:
    """A rate on time of a unit, with the target a decision set for it."""
    return Figure(
        definition=replace(definition(RATE, on=date(2025, 12, 31)), targets=()),
        unit="024",
        period=period,
        map_on=None,
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
        data_version=1,
        scope_digest="",
        parts=Parts(Decimal(on_time), Decimal(finished)),
        set_target=None if target is None else Target(value=target, source="", valid_from=date(2020, 1, 1)),
    )


def months_of(counts: Sequence[tuple[int, int]], last: Period = YEAR) -> list[Figure]:
    """One figure for each month up to the end of a period."""
    months = history_months(last, len(counts))
    return [figure_of(*one, period=month) for one, month in zip(counts, months, strict=True)]


STEADY = [(930 + number % 3 * 10, 1000) for number in range(24)]


def test_a_steady_process_says_nothing_and_a_break_is_a_signal() -> None:
    steady = process_of(months_of(STEADY), today=TODAY)
    broken = process_of(months_of([*STEADY[:-1], (700, 1000)]), today=TODAY)

    assert steady.chart is not None
    assert broken.chart is not None
    assert steady.chart.variation("higher") is Variation.COMMON
    assert broken.chart.variation("higher") is Variation.WORSE


def test_months_without_rows_at_both_ends_and_the_running_month_are_not_judged() -> None:
    figures = months_of([(0, 0), *STEADY[:20], (0, 0), (950, 1000)], Period.of_months(2026, 1))
    process = process_of(figures, today=date(2026, 1, 10))

    assert len(process.months) == 21
    assert len(process.judged) == 20
    assert process.judged[-1].period == Period.of_months(2025, 11)
    assert process_of([], today=TODAY) == Process(months=(), judged=(), chart=None)


def test_of_many_processes_only_those_beyond_chance_are_told() -> None:
    """A run of seven is likely in one of many charts; a month far beyond the limits is not."""
    run = [*STEADY[:17], *[(961, 1000)] * 7]
    processes = {
        **{str(number): process_of(months_of(STEADY), today=TODAY) for number in range(20)},
        "run": process_of(months_of(run), today=TODAY),
        "break": process_of(months_of([*STEADY[:-1], (700, 1000)]), today=TODAY),
    }
    run_chart = processes["run"].chart
    assert run_chart is not None
    assert run_chart.newest.signals

    assert changed(processes) == {"break"}


def test_a_missed_target_is_an_alarm_only_beyond_chance_in_its_family() -> None:
    figures = {
        "clearly": figure_of(900, 1000, target=0.98),
        "by chance": figure_of(28, 30, target=0.98),
        "reached": figure_of(990, 1000, target=0.98),
        "no target": figure_of(1, 100),
    }
    missed = missed_targets(figures)
    assert missed.alarms == {"clearly"}
    assert missed.family == 3

    alone = figure_of(95, 100, target=0.98)
    assert missed_targets({"alone": alone}).alarms == frozenset()
    barely = figure_of(940, 1000, target=0.955)
    assert missed_targets({"barely": barely}).alarms == {"barely"}
    crowd = {str(number): figure_of(990, 1000, target=0.98) for number in range(40)}
    assert missed_targets(crowd | {"barely": barely}).alarms == frozenset()


def test_months_that_differ_widen_the_interval_and_not_the_receipt() -> None:
    figures = months_of([(900, 1000), (990, 1000)] * 12)
    shown = figure_of(11_340, 12_000)
    wide = with_dispersion(shown, process_of(figures, today=TODAY))

    assert wide.dispersion > 10
    assert wide.interval is not None
    assert shown.interval is not None
    assert wide.interval[0] < shown.interval[0] < shown.interval[1] < wide.interval[1]
    assert wide.digest == shown.digest
    assert with_dispersion(shown, process_of(months_of(STEADY), today=TODAY)).dispersion == 1


@pytest.fixture
def inspector(dossiers: list[DossierRow], cast: Cast, client_for: SignIn) -> Client:
    """Signed in, with 400 dossiers of 2025."""
    return client_for(cast.inspector)


@pytest.mark.django_db
def test_twelve_months_have_no_limits_and_the_page_says_so(inspector: Client) -> None:
    page = inspector.get(f"/figures/{RATE}/02/?period=2025")

    assert "verdicts" not in page.context
    assert "Giới hạn được vẽ từ 20 tháng trở lên" in page.context["trend_note"]
    assert page.context["figure"]["interval_note"].startswith("Mỗi kỳ là một lần vận hành")
    assert page.context["figure"]["interval_note"] in page.content.decode()


@pytest.mark.django_db
def test_units_with_few_cases_are_not_ranked_and_the_table_says_why(inspector: Client) -> None:
    page = inspector.get(f"/figures/{RATE}/024/?period=2025-03")

    assert not any(row["rank"] for row in page.context["children"]["rows"])
    inspector.cookies["django_language"] = "en"
    year = inspector.get(f"/figures/{RATE}/02/?period=2025")
    few = [row for row in year.context["children"]["rows"] if row["has_few"]]
    assert all(not row["rank"] for row in few)
    assert year.context["children"]["least"] == 30


def long_series() -> list[DossierRow]:
    """Twelve dossiers a month of a commune for 22 months, two or three late; in the last one all of them."""
    rows = []
    for number in range(22):
        year, month = divmod(2024 * 12 + number, 12)
        for at in range(12):
            due = datetime(year, month + 1, 10, 2, tzinfo=UTC)
            late = at < (12 if number == 21 else 2 + number % 2)
            rows.append(
                DossierRow(
                    code=f"L{number:02}-{at:02}",
                    unit_code="00688",
                    received_at=due - timedelta(days=5),
                    due_at=due,
                    finished_at=due + timedelta(hours=3 if late else -3),
                    state="returned",
                )
            )
    return rows


@pytest.fixture
def series(small_tree: None, working_days: None, *, warehouse_dir: Path, frozen_clock: None) -> None:
    """22 months of a commune, as the worker brings them into the warehouse."""
    store(*long_series(), import_key="series")


@pytest.mark.django_db
def test_the_page_draws_limits_and_says_what_the_newest_month_means(
    series: None, cast: Cast, client_for: SignIn
) -> None:
    page = client_for(cast.inspector).get(f"/figures/{RATE}/00688/?period=2025-01-01..2025-11-01")

    variation = page.context["verdicts"][0]
    assert (variation.tone, variation.icon) == ("bad", "arrow-down-right")
    assert variation.detail == "Tháng 10/2025 dưới giới hạn dưới"
    months = page.context["trend"]["data"]["values"]
    assert len(months) == 22
    assert ["vượt giới hạn" in one["signal"] for one in months] == [False] * 21 + [True]
    table = page.content.decode().partition('class="ct-chart-data"')[2]
    assert "10/2025" in table
    assert "vượt giới hạn" in table
    assert "Giới hạn từ" in table


def test_the_funnel_names_units_beyond_chance_and_its_table_has_every_unit() -> None:
    units = {str(number): Counts(950 + number, 1000) for number in range(8)} | {"odd": Counts(700, 1000)}
    plot = funnel(units)
    assert plot is not None
    with translation.override("en"):
        spec = funnel_spec(plot, discoveries(plot.chances), {code: f"Unit {code}" for code in units})

        page = Template("{% load ui %}{% chart spec %}").render(Context({"spec": spec}))

    headings = re.findall(r"<th[^>]*>([^<]*)</th>", page)
    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in page.split("<tr>")[2:]]
    assert headings[:3] == ["Unit", "Dossiers", "Value"]
    assert len(rows) == 9
    assert rows[0][:3] == ["Unit odd", "1,000", "70.00%"]
    assert [row[0] for row in rows if row[-1]] == ["Unit odd"]


@pytest.mark.parametrize("units", [3, 8], ids=["against the whole", "by the funnel"])
def test_the_weakest_units_are_worse_by_more_than_chance(units: int) -> None:
    below = {str(number): figure_of(945 + number, 1000) for number in range(units)}
    below |= {"weak": figure_of(800, 1000), "few": figure_of(0, 3)}
    whole = figure_of(950 * units + 800, 1000 * (units + 1))

    weak, compared = weakest_units(whole, below, minimum=30)

    assert weak == {"weak"}
    assert compared == units + 1

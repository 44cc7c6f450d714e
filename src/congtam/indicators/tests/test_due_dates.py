"""Rates and missing due dates: what has none is neither on time nor late, and is said beside the rate."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.cli import figure_command
from congtam.indicators.definitions.shipped import all_definitions, definitions
from congtam.indicators.public import figures
from congtam.indicators.tests.conftest import store
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast

YEAR = Period.parse("2025")
NO_LIMIT, MIXED = "00688", "00691"
RECEIVED = datetime(2025, 3, 3, 2, tzinfo=UTC)


def _row(number: int, unit: str, *, due_in: int | None, took: int) -> DossierRow:
    return DossierRow(
        code=f"N{number:03}",
        unit_code=unit,
        received_at=RECEIVED,
        due_at=None if due_in is None else RECEIVED + timedelta(days=due_in),
        finished_at=RECEIVED + timedelta(days=took),
        state="finished",
    )


@pytest.fixture
def rows(small_tree: None, working_days: None, warehouse_dir: Path) -> None:
    """A ward that writes down no due date at all, and one with two on time, one late and one without."""
    limits = [(5, 3), (5, 5), (5, 9), (None, 4)]
    store(
        *(_row(number, NO_LIMIT, due_in=None, took=3) for number in range(7)),
        *(_row(10 + number, MIXED, due_in=due, took=took) for number, (due, took) in enumerate(limits)),
    )


@pytest.mark.parametrize(
    ("code", "unit", "parts"),
    [
        pytest.param("dossiers.on_time_rate", NO_LIMIT, (0, 0), id="no due date is not on time"),
        pytest.param("dossiers.on_time_rate_by_date", NO_LIMIT, (0, 0), id="nor by day"),
        pytest.param("dossiers.early_rate", NO_LIMIT, (0, 0), id="nor not early"),
        pytest.param("dossiers.on_time_rate_all", NO_LIMIT, (7, 7), id="the other convention has its name"),
        pytest.param("dossiers.on_time_rate", MIXED, (2, 3), id="out of those with a due date"),
        pytest.param("dossiers.on_time_rate_all", MIXED, (3, 4), id="out of all"),
        pytest.param("dossiers.finished_without_due_date", MIXED, (1, 4), id="and how many had none"),
        pytest.param("dossiers.on_time_rate", "024", (2, 3), id="the city follows"),
        pytest.param("dossiers.in_hand_without_due_date", "024", (8, 11), id="in hand in the period"),
    ],
)
def test_two_indicators_with_their_names(rows: None, *, code: str, unit: str, parts: tuple[int, int]) -> None:
    found = figures([code], unit=unit, period=YEAR, to=console_actor())[code]
    assert (found.numerator, found.denominator) == parts
    if not found.denominator:
        assert found.value is None


@pytest.mark.parametrize(
    ("code", "unit", "count"),
    [
        ("dossiers.on_time_rate", NO_LIMIT, 7),
        ("dossiers.on_time_rate_all", MIXED, 1),
        ("dossiers.on_time_rate_766", MIXED, 1),
        ("dossiers.online_filing_rate", "024", 8),
    ],
)
def test_the_command_says_how_many_had_none(rows: None, *, code: str, unit: str, count: int) -> None:
    asked = [code, "--unit", unit, "--period", "2025"]
    document = json.loads(CliRunner().invoke(figure_command, [*asked, "--json"]).stdout)
    assert (document["without_due_date"], document["unit_of_measure"]) == (count, "share")
    assert f": {count}\n" in CliRunner().invoke(figure_command, asked).stdout


def test_a_count_has_a_unit_of_measure_and_no_due_dates(rows: None) -> None:
    asked = ["dossiers.received", "--unit", MIXED, "--period", "2025", "--json"]
    document = json.loads(CliRunner().invoke(figure_command, asked).stdout)
    assert document["unit_of_measure"] == "dossiers"
    assert "without_due_date" not in document


def test_the_pages_say_it_and_open_the_rows(
    rows: None, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    client = client_for(cast.inspector)
    client.cookies["django_language"] = "vi"
    path = "/figures/dossiers.on_time_rate/024/?period=2025"
    page = client.get(path)
    text = page.content.decode()
    assert "8 không có hạn trả" in text
    assert page.context["without"]["url"].startswith("/figures/dossiers.finished_without_due_date/024/")
    by_unit = {row["url"].split("/")[3]: row["without"] for row in page.context["children"]["rows"]}
    assert (by_unit[NO_LIMIT], by_unit[MIXED]) == ("7", "1")
    unit_page = client.get("/figures/unit/024/?period=2025").content.decode()
    assert "8 không có hạn trả" in unit_page
    assert "100,00" not in client.get(f"/figures/unit/{NO_LIMIT}/?period=2025").context["headline"]["value"]


def test_every_rate_of_dossiers_names_who_counts_the_missing() -> None:
    codes = {one.code for one in all_definitions()}
    rates = [one for one in definitions(YEAR.last_day) if one.fact == "dossiers" and one.is_share]
    assert rates
    assert all(one.without_due_date in codes for one in rates)

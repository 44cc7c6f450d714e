"""The command that loads the demonstration."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from congtam.demonstration.cli import demo_command
from congtam.dossiers.public import StoreCounts
from congtam.foundation.ledger_search import LedgerQuery, find_lines
from congtam.foundation.public import Account, clock, console_actor, find_breaks, real_clock
from congtam.kernel.clock import LOCAL, local_day, today
from congtam.org_units.public import tree
from congtam.testing.loaded_demonstration import LOADED
from congtam.work_calendar.public import seed_calendar

SMALL = ["--dossiers", "300", "--seed", "3", "--json"]
MORNING = datetime(2023, 10, 5, 7, 30, tzinfo=LOCAL)
ROWS = "SELECT min(received_at), max(received_at), max(finished_at) FROM dossiers_dossier WHERE source = %s"


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_the_bare_command_tells_the_scenario_of_the_inspection(warehouse_dir: Path) -> None:
    seed_calendar(console_actor())
    first, again = (json.loads(CliRunner().invoke(demo_command, SMALL).stdout) for _ in range(2))
    assert first["new"] == first["cases"] == again["unchanged"] >= 300
    assert again["new"] == again["changed"] == 0
    assert (first["synthetic"], first["scenario"], first["year"]) == (True, "inspection", 2023)
    assert MORNING <= clock().now() < MORNING + timedelta(hours=8)
    drawn, at_desk = rows("demonstration"), rows("desk")
    assert local_day(drawn[0]).year == 2022
    assert max(drawn[1], drawn[2]) < datetime(2023, 10, 5, tzinfo=LOCAL)
    assert local_day(at_desk[0]) >= date(2023, 9, 15)
    assert max(at_desk[1], at_desk[2]) <= clock().now()
    check_units()
    check_pages()
    check_ledger()


def rows(source: str) -> tuple[datetime, datetime, datetime]:
    """First and last receipt and last finish of the dossiers of a source."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [source])
        values: tuple[datetime, datetime, datetime] = cursor.fetchone()
        return values


def check_units() -> None:
    """The units of the news report are on the map of the day: the city's divisions and wards, and a school."""
    units = tree(today(clock()))
    assert units["00694"].name == "Phường Nguyễn Trãi"
    assert Counter(units[code].kind for code in units.descendants("024")) == {
        "ward": 5,
        "commune": 3,
        "division": 7,
        "school": 1,
    }


def check_pages() -> None:
    """The clerk finds the desk of that morning; the inspector prepares the visit of the nine months."""
    clerk, inspector = Client(), Client()
    clerk.force_login(Account.objects.get(username="motcua"))
    inspector.force_login(Account.objects.get(username="kiemtra"))
    assert "05/10/2023</b>" in clerk.get("/").content.decode()
    assert "H22.24.0" in clerk.get("/dossiers/?state=in_progress").content.decode()
    assert "2023" in inspector.get("/inspections/prepare/?unit=024").content.decode()


def check_ledger() -> None:
    """Lines of the desk have the instant of the scenario and the real one."""
    entries = LedgerQuery(kind="dossier", verb="dossier.received")
    lines = find_lines(entries, limit=5)
    assert lines
    for line in lines:
        assert line.domain_at <= clock().now() < line.at <= real_clock().now()
    assert list(find_breaks()) == []


def test_another_seed_is_refused_in_words(demonstration: StoreCounts) -> None:
    options = ["--scenario", LOADED.scenario, "--dossiers", str(LOADED.dossiers), "--seed", "4"]
    refused = CliRunner().invoke(demo_command, options)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert str(LOADED.seed) in refused.stderr


def test_another_scenario_is_refused_in_words(demonstration: StoreCounts) -> None:
    refused = CliRunner().invoke(demo_command, ["--dossiers", str(LOADED.dossiers)])
    assert refused.exit_code == 1
    assert "two-tier" in refused.stderr
    assert clock() is real_clock()


def test_a_scenario_with_a_day_takes_no_year() -> None:
    assert CliRunner().invoke(demo_command, ["--year", "2022"]).exit_code == 2


def test_too_few_dossiers_are_wrong_usage() -> None:
    assert CliRunner().invoke(demo_command, ["--dossiers", "5"]).exit_code == 2

"""Every measurement runs to its end on a handful of rows and prints its tables; no time is looked at."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from congtam.foundation.public import Account
from congtam.testing.loaded_demonstration import own_demonstration
from congtam.testing.own_database import address_of_database, own_database

ROOT = Path(__file__).parents[2]
BENCHES = {path.stem.removeprefix("bench_") for path in (ROOT / "bench").glob("bench_*.py")}
PERMIT = """<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0"><trace>
<string key="concept:name" value="P-1"/><date key="startDate" value="2014-01-02T00:00:00.000+01:00"/>
<date key="endDate" value="2014-02-03T00:00:00.000+01:00"/>
<event><string key="concept:name" value="01_HOOFD_010"/><string key="activityNameEN" value="register"/>
<string key="dateFinished" value="2014-01-02 09:00:00"/><date key="time:timestamp" value="2014-01-02T09:00:00+01:00"/>
</event></trace></log>"""
pytestmark = pytest.mark.timeout(600)


def tables_of(bench: str, *arguments: str) -> dict[str, list[str]]:
    """What a measurement prints: the first cell of each row of its tables, with the others."""
    command = [sys.executable, "-m", f"bench.bench_{bench}", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["CONGTAM_WEB_WORKERS"] = "1"
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows}


@pytest.fixture(scope="module")
def installation(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The arguments that name a small installation: a copy of the demonstration, and a free port."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), own_demonstration(folder, suffix="bench"):
        # The site that is started knows none of the cheap hashes that tests use.
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
            inspector = Account.objects.get(username="kiemtra")
            inspector.set_password((folder / "demo" / "password").read_text().strip())
            inspector.save(update_fields=["password"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        yield ["--folder", str(folder), "--database", address_of_database(), "--port", str(port)]


def test_every_bench_has_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert {bench for bench in BENCHES if f'tables_of("{bench}"' not in source} == set()


def test_calendar() -> None:
    assert "vectorised work calendar" in tables_of("calendar", "--cases", "50")


def test_clock() -> None:
    rows = tables_of("clock", "--cases", "50")
    assert {"in bulk, no pauses", "in bulk, 15 pauses"} <= set(rows)


def test_engine(tmp_path: Path) -> None:
    rows = tables_of("engine", "--rows", "500", "--rounds", "1", "--folder", str(tmp_path / "lake"))
    assert "eleven indicators by unit, one year" in rows
    assert "count what they change in the cells" in rows


def test_import(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> None:
    log = tmp_path / "permits.xes"
    log.write_text(PERMIT, encoding="utf-8")
    with django_db_blocker.unblock(), own_database("bench_import"):
        arguments = ["--dossiers", "20", "--rounds", "1", "--database", address_of_database()]
        rows = tables_of("import", *arguments, "--log", str(log))
    assert {"permits.xes: import (1 events)", "CSV of 20 dossiers: import"} <= set(rows)


def test_lists(installation: list[str]) -> None:
    rows = tables_of("lists", "--rounds", "1", *installation)
    assert {"overdue now, 50", ".csv", ".xlsx"} <= set(rows)


def test_site(installation: list[str]) -> None:
    rows = tables_of("site", "--requests", "1", "--rounds", "1", *installation)
    assert {"unit page", "rows behind a figure", "freshness after a change, s"} <= set(rows)


def test_api(installation: list[str]) -> None:
    rows = tables_of("api", "--share", "0.005", *installation)
    assert {name: row[3] for name, row in rows.items() if name.startswith(("receive", "list", "burst"))} == {
        "receive, 1 client": "0",
        "receive, 10 clients at ten desks": "0",
        "receive, 10 clients at one desk": "0",
        "list of 100, restricted, 1 client": "0",
        "list of 100, unrestricted, 1 client": "0",
        "list of 100, 16 clients": "0",
        "burst of 50/s for 1 s": "0",
    }

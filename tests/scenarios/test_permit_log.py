"""From a permit log that nobody here made to an inspection pack, with the commands a person types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from congtam.config.embedded_postgres import EmbeddedPostgres
from congtam.testing.template_database import copy_cluster

WHOLE_LOG = "2010-01-01..2012-02-01"
PERIOD = "2011-01-01..2012-02-01"
UNIT = "024"


@dataclass(frozen=True)
class Installation:
    """A data folder of its own, with its own embedded database, used through the console script only."""

    folder: Path

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """Standard output of a command, which must end with the exit code."""
        environment = {**os.environ, "CONGTAM_DATA_DIR": str(self.folder), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "congtam", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """The JSON document a command prints, and nothing but that."""
        return json.loads(self.run(*arguments, "--json", code=code))


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installed = Installation(tmp_path_factory.mktemp("installation"))
    copy_cluster(installed.folder / "postgres")
    # One process stays, so that the database does not stop and start between the commands.
    server = EmbeddedPostgres(folder=installed.folder / "postgres")
    server.start()
    installed.run("prepare")
    yield installed
    server.release()


def late_and_ended(installation: Installation, code: str) -> tuple[int, int]:
    """How many dossiers of the whole log ended late, and how many ended."""
    figure = installation.json("figure", code, "--unit", UNIT, "--period", WHOLE_LOG)
    return figure["denominator"] - figure["numerator"], figure["denominator"]


PARTS = (
    "ledger",
    "files",
    "dossiers",
    "desks",
    "clock",
    "payments",
    "packs",
    "evidence",
    "rows",
    "receipts",
    "persons",
    "outbox",
    "warehouse",
)


@pytest.mark.real_data
def test_a_real_permit_log_becomes_an_inspection_pack(
    installation: Installation, real_data: Path, tmp_path: Path
) -> None:
    log = real_data / "eventlogs" / "receipt.csv"
    first = installation.json("import", "dossiers", log, "--mapping", "wabo-receipt", "--unit", UNIT)
    assert {key: first[key] for key in ("cases", "events", "new", "changed", "unchanged", "refused")} == {
        "cases": 1434, "events": 8577, "new": 1434, "changed": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    again = installation.json("import", "dossiers", log, "--mapping", "wabo-receipt", "--unit", UNIT)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1434)

    by_instant = late_and_ended(installation, "dossiers.on_time_rate")
    by_date = late_and_ended(installation, "dossiers.on_time_rate_by_date")
    assert (by_instant, by_date) == ((377, 1329), (309, 1329)), (
        "both conventions, as counted by hand from the file"
    )

    figure = installation.json(
        "figure", "dossiers.on_time_rate", "--unit", UNIT, "--period", PERIOD, "--rows"
    )
    assert (figure["numerator"], figure["denominator"]) == (1215 - 360, 1215), "114 cases ended in 2010"
    assert len(set(figure["rows"]["numerator"])) == figure["numerator"]
    assert len(set(figure["rows"]["denominator"])) == figure["denominator"]

    out = tmp_path / "pack"
    installation.json("inspect", "prepare", "--unit", UNIT, "--period", PERIOD, "--out", out, "--seed", "7")
    assert (out / "report.docx").stat().st_size > 10_000
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert installation.json("verify") == {part: [] for part in PARTS}

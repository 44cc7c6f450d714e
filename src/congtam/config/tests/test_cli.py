from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congtam.config.cli import COMMANDS, congtam

HELP_WITHOUT_DATABASE = {
    "DATABASE_URL": "postgresql:///nowhere",
    "PATH": "/usr/bin:/bin",
    "CONGTAM_LANGUAGE": "en",
}


def test_the_overview_lists_every_command_with_its_purpose() -> None:
    said = CliRunner().invoke(congtam, ["--help"])
    assert said.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in said.output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    said = CliRunner().invoke(congtam, [name, "--help"])
    assert said.exit_code == 0, said.output
    assert f"Usage: congtam {name}" in said.output


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(congtam, ["fly"]).exit_code == 2


def test_help_needs_no_database() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "congtam", "figure", "--help"],
        capture_output=True, text=True, check=False, env=HELP_WITHOUT_DATABASE,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: congtam figure" in done.stdout


def test_a_malformed_setting_is_told_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "congtam", "doctor"],
        capture_output=True, text=True, check=False, env={"CONGTAM_PORT": "eighty", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("congtam: CONGTAM_PORT='eighty' cannot be read")


def test_a_database_that_is_away_is_told_without_a_traceback(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "congtam", "figure", "dossiers.late", "--unit", "02", "--period", "2024"],
        env={
            **os.environ,
            "CONGTAM_DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://user:hush@127.0.0.1:1/name",
            "CONGTAM_LANGUAGE": "en",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "the database cannot be used" in told.stderr
    assert "Traceback" not in told.stderr
    assert "hush" not in told.stderr

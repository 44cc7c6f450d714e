"""The command that loads the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from congtam.demonstration.cli import demo_command
from congtam.dossiers.public import StoreCounts
from congtam.testing.loaded_demonstration import LOADED


@pytest.mark.django_db
def test_json_tells_what_was_loaded_and_a_second_run_changes_nothing(warehouse_dir: Path) -> None:
    options = ["--dossiers", "300", "--seed", "3", "--json"]
    first, again = (json.loads(CliRunner().invoke(demo_command, options).stdout) for _ in range(2))
    assert first["new"] == first["cases"] == again["unchanged"] >= 300
    assert again["new"] == again["changed"] == 0
    assert first["synthetic"] is True


def test_another_seed_is_refused_in_words(demonstration: StoreCounts) -> None:
    refused = CliRunner().invoke(demo_command, ["--dossiers", str(LOADED.dossiers), "--seed", "4"])
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert str(LOADED.seed) in refused.stderr


def test_too_few_dossiers_are_wrong_usage() -> None:
    assert CliRunner().invoke(demo_command, ["--dossiers", "5"]).exit_code == 2

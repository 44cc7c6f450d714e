"""The command that loads the demonstration."""

from __future__ import annotations

from click.testing import CliRunner

from congtam.demonstration.cli import demo_command
from congtam.dossiers.public import StoreCounts
from congtam.foundation.public import clock, real_clock
from congtam.testing.loaded_demonstration import LOADED


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

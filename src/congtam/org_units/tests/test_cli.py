"""The command that enters the shipped units."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from congtam.org_units.cli import import_units

pytestmark = pytest.mark.django_db


def test_the_catalogue_is_entered_once() -> None:
    first, again = (CliRunner().invoke(import_units, ["--json"]) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert json.loads(first.stdout) == {"units": 350, "versions": 475, "successions": 355, "unchanged": 0}
    assert json.loads(again.stdout) == {"units": 0, "versions": 0, "successions": 0, "unchanged": 350}

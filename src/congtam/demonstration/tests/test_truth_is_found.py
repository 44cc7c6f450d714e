"""What was planted is found: the red flags of the program against the truth file of the demonstration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from congtam.demonstration.actions.load import Demonstration, load
from congtam.demonstration.domain.planted_cases import PLANTS
from congtam.foundation.public import console_actor
from congtam.indicators.public import flags
from congtam.kernel.periods import Period

# Loading the province takes a minute and a half where other work holds the processors.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
YEARS = Period.parse("2023-01-01..2025-01-01")
FOUND_BY = {
    "last_minute": "flags.last_hour",
    "bulk_closing": "flags.bulk_closing",
    "multiple_supplements": "flags.supplements",
    "night_closing": "flags.outside_hours",
    "entered_after_the_fact": "flags.instant_result",
    "due_date_moved": "flags.due_moved",
    "return_and_resubmit": "flags.resubmitted",
}


def test_every_finished_plant_with_a_flag_is_found(warehouse_dir: Path) -> None:
    load(Demonstration(seed=13, dossiers=12000))
    truth = json.loads((warehouse_dir / "demo" / "truth.json").read_text(encoding="utf-8"))
    shown = {
        each.definition.code: set(each.codes) for each in flags(unit="02", period=YEARS, to=console_actor())
    }
    missed = {
        kind: {code for each in truth["planted"] if each["kind"] == kind for code in _to_find(each)}
        - shown[flag]
        for kind, flag in FOUND_BY.items()
    }
    planted = {each["kind"] for each in truth["planted"]}
    assert planted >= set(FOUND_BY)
    assert {kind: len(codes) for kind, codes in missed.items() if codes} == {}


def _to_find(entry: dict[str, Any]) -> list[str]:
    """The planted dossiers; of those handed in again only the later one shows it."""
    pairs: list[list[str]] = entry.get("pairs", [])
    return [later for _earlier, later in pairs] if pairs else list(entry["dossiers"])


def test_the_page_of_the_demonstration_names_every_kind_its_units_and_its_flag() -> None:
    page = (Path(__file__).parents[4] / "docs" / "demonstration.md").read_text(encoding="utf-8")
    lines = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for plant in PLANTS:
        assert all(code in lines[plant.kind] for code in plant.rates), plant.kind
        assert FOUND_BY.get(plant.kind, "no flag yet") in lines[plant.kind]

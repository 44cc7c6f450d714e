"""Loading the demonstration: marked as synthetic, idempotent, and never into an installation with real work."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from congtam.demonstration import public
from congtam.demonstration.actions.load import Demonstration, NotEmpty, OtherDemonstration, load
from congtam.dossiers.public import DossierRow, StoreCounts, store_dossiers
from congtam.foundation.public import console_actor, installation_notes, set_installation_notes
from congtam.org_units.public import load_catalogue, tree
from congtam.procedures.public import version_in_force
from congtam.testing.loaded_demonstration import LOADED


def stored() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM dossiers_dossier")
        return {row[0] for row in cursor.fetchall()}


def test_the_demonstration_is_loaded_once_and_marked(demonstration: StoreCounts, warehouse_dir: Path) -> None:
    again = load(LOADED)
    assert demonstration.new == demonstration.cases >= LOADED.dossiers
    assert (again.new, again.changed, again.unchanged) == (0, 0, demonstration.cases)
    assert installation_notes()["synthetic"] is True
    truth = json.loads((warehouse_dir / "demo" / "truth.json").read_text(encoding="utf-8"))
    assert {code for each in truth["planted"] for code in each["dossiers"]} <= stored()
    assert truth["synthetic"] is True


def test_departments_and_procedures_come_with_it(demonstration: StoreCounts) -> None:
    assert tree(date(2024, 6, 1))["H22.01"].name == "Sở Tư pháp"
    assert "H22.01" not in tree(date(2025, 8, 1))
    version = version_in_force("1.001193", date(2024, 6, 1))
    assert version is not None
    assert version.limits.count() == 3


def test_accounts_are_told_where_the_demonstration_is_loaded(demonstration: StoreCounts) -> None:
    rows = public.accounts()
    assert [row.username for row in rows][:2] == ["kiemtra", "cchc"]
    assert len({row.password for row in rows}) == 1


@pytest.mark.django_db
def test_accounts_are_told_nowhere_else(warehouse_dir: Path) -> None:
    assert public.accounts() == []


def test_another_demonstration_is_refused(demonstration: StoreCounts) -> None:
    with pytest.raises(OtherDemonstration):
        load(replace(LOADED, seed=6))


@pytest.mark.django_db
def test_an_installation_with_dossiers_is_left_alone(warehouse_dir: Path) -> None:
    load_catalogue(actor=console_actor())
    real = DossierRow(code="R-1", unit_code="024", received_at=datetime(2024, 1, 2, 3, tzinfo=UTC))
    store_dossiers([real], unit_code="024", actor=console_actor(), import_key="k", source="real")
    with pytest.raises(NotEmpty):
        load(Demonstration(seed=5, dossiers=400))
    public.load_if_empty()
    assert stored() == {"R-1"}
    assert "synthetic" not in installation_notes()


def test_the_site_starts_with_what_is_loaded_unless_another_scenario_is_named(
    demonstration: StoreCounts,
) -> None:
    public.load_if_empty()
    public.load_if_empty("two-tier")
    with pytest.raises(OtherDemonstration):
        public.load_if_empty("inspection")


def test_a_demonstration_of_before_there_were_scenarios_is_the_one_of_two_tiers(
    demonstration: StoreCounts,
) -> None:
    values = {"seed": LOADED.seed, "year": LOADED.year, "dossiers": LOADED.dossiers}
    set_installation_notes(demonstration=values)
    assert load(LOADED).unchanged == demonstration.cases
    scenario = public.loaded_scenario()
    assert scenario is not None
    assert scenario.code == "two-tier"


def test_a_load_that_was_interrupted_is_finished_with_its_own_values(
    demonstration: StoreCounts, warehouse_dir: Path
) -> None:
    truth = warehouse_dir / "demo" / "truth.json"
    truth.unlink()
    public.load_if_empty()
    assert json.loads(truth.read_text(encoding="utf-8"))["seed"] == LOADED.seed

"""Installations of earlier versions are upgraded: verification is clean and figures stay as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pytest_django import DjangoDbBlocker

from congtam.config.preparing import prepare
from congtam.config.verify import verify
from congtam.dossiers.applicant.erasing import erase_person
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import dossiers_with_fee_mismatch
from congtam.foundation.public import console_actor
from congtam.indicators.figures.queries import figure
from congtam.kernel.periods import Period
from congtam.testing.doors.warehouse import facts_lacking_columns
from congtam.testing.former_state import former_state
from congtam.warehouse.models import WarehouseTable

STATES: Final = Path(__file__).parent / "former_states"
REWRITTEN: Final = {"afbebb5": {"dossiers", "dossier_steps", "payments"}, "ce9d7ce2": set[str]()}
"""Facts that gained a column which figures need, or which the row hash covers; later versions gain no such column."""
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=["afbebb5", "ce9d7ce2"])
def state(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, warehouse_dir: Path
) -> Iterator[str]:
    """The name of a state that was restored; `prepare` has not seen it yet."""
    with django_db_blocker.unblock(), former_state(STATES / f"{request.param}.tar.xz", warehouse_dir):
        yield request.param


def test_an_earlier_installation_is_upgraded(state: str) -> None:
    prepare()
    assert facts_lacking_columns() == []
    rewritten = {row.fact for row in WarehouseTable.objects.exclude(folder="")}
    assert rewritten == REWRITTEN[state]
    assert {part: faults for part, faults in verify().items() if faults} == {}
    expected = json.loads((STATES / f"{state}.json").read_text())
    for key, parts in expected.items():
        code, unit, period = key.split()
        now = figure(code, unit=unit, period=Period.parse(period), to=console_actor()).receipt
        assert [str(now["numerator"]), str(now["denominator"])] == parts, key
    if state == "afbebb5":
        assert_erasing_notes_the_payment()


def assert_erasing_notes_the_payment() -> None:
    """A payment that the earlier version left out is noted with the next change."""
    dossier = Dossier.objects.get(code="H22.24.02-261110-0001")
    assert (dossier.state, dossier.payment) == ("returned", "unknown")
    assert erase_person(dossier.code, reason="request", actor=console_actor())
    dossier.refresh_from_db()
    assert dossier.payment == "cash"
    assert list(dossiers_with_fee_mismatch()) == []

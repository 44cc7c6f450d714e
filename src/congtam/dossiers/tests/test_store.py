"""Storing dossiers: idempotent, replaces what changed, never overwrites what is not its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.public import DossierRow, StepRow, StoreCounts, SuspensionRow, store_dossiers
from congtam.foundation.public import actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, Problem
from congtam.org_units.public import load_catalogue
from congtam.testing.cast import Cast

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def dossier(code: str = "H22-1", **values: object) -> DossierRow:
    facts: dict[str, object] = {
        "unit_code": "024",
        "received_at": NOON,
        "procedure_name": "Cấp bản sao\ttrích lục",
        "steps": (StepRow(sequence=1, name="Tiếp nhận", started_at=NOON, attributes={"k": 'v\\"'}),),
        "suspensions": (SuspensionRow(ground="supplement", started_at=NOON),),
    }
    return DossierRow(code=code, **{**facts, **values})  # type: ignore[arg-type]


def store(
    rows: Sequence[DossierRow], *, source: str = "test", import_key: str = "one", **values: object
) -> StoreCounts:
    return store_dossiers(
        rows,
        unit_code="024",
        actor=console_actor(),
        import_key=import_key,
        source=source,
        **values,  # type: ignore[arg-type]
    )


def asked(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def told() -> list[dict[str, Any]]:
    """What was announced to others."""
    rows = asked(
        "SELECT payload::text FROM foundation_outboxmessage WHERE topic = 'dossiers.changed' ORDER BY id"
    )
    return [json.loads(row[0]) for row in rows]


def test_a_new_dossier_is_stored_whole() -> None:
    row = dossier(fee_dong=30_000, result_digitised=True, attributes={"kept": "as found"}, source_row=7)
    counts = store([row])
    assert (counts.cases, counts.events, counts.new, counts.changed) == (1, 1, 1, 0)
    stored = Dossier.objects.get(code="H22-1")
    assert stored.procedure_name == "Cấp bản sao\ttrích lục"
    assert stored.subject.search_key == "cap ban sao trich luc"
    assert (stored.fee_dong, stored.result_digitised, stored.attributes) == (
        30_000,
        True,
        {"kept": "as found"},
    )
    assert (stored.source, stored.source_row, stored.import_key) == ("test", 7, "one")
    assert stored.steps.get().attributes == {"k": 'v\\"'}
    assert stored.suspensions.get().ended_at is None


def test_the_same_rows_again_change_nothing() -> None:
    store([dossier()])
    messages = told()
    counts = store([dossier()], import_key="two")
    assert (counts.new, counts.changed, counts.unchanged) == (0, 0, 1)
    assert Dossier.objects.get().import_key == "one"
    assert told() == messages


def test_a_changed_row_replaces_the_dossier_with_its_parts() -> None:
    store([dossier("A"), dossier("B")])
    later = dossier("B", finished_at=NOON + timedelta(days=3), state="finished", steps=(), suspensions=())
    counts = store([dossier("A"), later], import_key="two")
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)
    assert Dossier.objects.get(code="B").finished_at == NOON + timedelta(days=3)
    assert Dossier.objects.get(code="B").import_key == "two"
    assert list(Step.objects.values_list("dossier__code", flat=True)) == ["A"]
    assert list(Suspension.objects.values_list("dossier__code", flat=True)) == ["A"]


@pytest.mark.parametrize(
    ("other", "source", "code"),
    [
        (dossier(officer="x"), "elsewhere", "code_of_other_source"),
        (dossier(unit_code="00688"), "test", "code_of_other_unit"),
    ],
)
def test_what_belongs_to_another_is_never_overwritten(other: DossierRow, source: str, code: str) -> None:
    load_catalogue(actor=console_actor())
    store([dossier()])
    refused: list[Problem] = []
    counts = store([other], source=source, on_conflict=lambda _row, problem: refused.append(problem))
    assert (counts.conflicts, counts.changed) == (1, 0)
    assert [problem.code for problem in refused] == [code]
    with pytest.raises(InputRefused):
        store([other], source=source)
    assert Dossier.objects.get().officer == ""


def test_a_code_twice_in_one_store_is_a_conflict() -> None:
    refused: list[Problem] = []
    store([dossier(), dossier(officer="x")], on_conflict=lambda _row, problem: refused.append(problem))
    assert [problem.code for problem in refused] == ["code_repeated"]


def test_a_refused_store_leaves_nothing() -> None:
    with pytest.raises(InputRefused):
        store([dossier("A"), dossier("A")])
    assert not Dossier.objects.exists()


def test_the_store_is_announced_and_recorded() -> None:
    store([dossier()])
    assert [payload["import_key"] for payload in told()] == ["one"]
    recorded = "SELECT count(*) FROM foundation_auditentry WHERE verb = 'dossiers.stored' AND key = 'one'"
    assert asked(recorded) == [(1,)]


@pytest.mark.parametrize("part", ["officer", "inspector", "leader", "observer", "citizen", "outsider"])
def test_only_those_who_may_store_do(cast: Cast, part: str) -> None:
    actor = actor_for(cast.everyone()[part])
    with pytest.raises(NotAllowed):
        store_dossiers([dossier()], unit_code="024", actor=actor, import_key="one", source="test")
    assert not Dossier.objects.exists()


def test_a_clerk_stores_for_the_units_below_and_no_other(cast: Cast) -> None:
    load_catalogue(actor=console_actor())
    rows = [dossier("A", unit_code="00688"), dossier("B", unit_code="026")]
    refused: list[Problem] = []
    counts = store_dossiers(
        rows,
        unit_code="024",
        actor=actor_for(cast.clerk),
        import_key="one",
        source="test",
        on_conflict=lambda _row, problem: refused.append(problem),
    )
    assert counts.new == 1
    assert [problem.code for problem in refused] == ["unit_outside"]


def test_no_file_passes_for_what_was_received_here() -> None:
    with pytest.raises(InputRefused) as error:
        store(
            [DossierRow(code="H-1", unit_code="024", received_at=datetime(2026, 3, 2, tzinfo=UTC))],
            source="desk",
        )
    assert [problem.code for problem in error.value.problems] == ["source_reserved"]

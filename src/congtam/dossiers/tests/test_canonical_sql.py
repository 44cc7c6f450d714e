"""The database makes the digest of a dossier as the rule does; what it cannot write is left to the rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, StepRow, SuspensionRow, altered_dossiers, store_dossiers
from congtam.dossiers.record.canonical_sql import keys_with_differing_digest
from congtam.foundation.public import console_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree")]
AT = datetime(2024, 3, 2, 17, 5, tzinfo=UTC)
ODD = 'Đồng "Văn"\\ \t\n\x1f\u2028\x7f😀'
PLAIN: dict[str, dict[str, Any]] = {
    "nothing but what is needed": {},
    "texts with odd signs": {"applicant": ODD, "procedure_name": ODD, "field_name": " "},
    "all kinds of values": {
        "due_at": AT + timedelta(days=3, microseconds=120),
        "finished_at": AT + timedelta(days=1, milliseconds=500),
        "returned_at": AT + timedelta(days=2),
        "state": "returned",
        "fee_dong": 0,
        "result_digitised": False,
        "supplement_count": 2,
    },
    "attributes of texts": {"attributes": {"b": ODD, "a": "", "Đ": "z", "aa": "1", "a b": "2"}},
    "steps and pauses": {
        "result_digitised": True,
        "steps": (
            StepRow(sequence=2, name="b", finished_at=AT, attributes={"k": "v", "a": ODD}),
            StepRow(sequence=1, name="a", started_at=AT + timedelta(microseconds=1), officer=ODD),
        ),
        "suspensions": (
            SuspensionRow(ground="supplement", started_at=AT, ended_at=AT + timedelta(hours=1), note="x"),
            SuspensionRow(ground="supplement", started_at=AT),
        ),
    },
}
LEFT_TO_THE_RULE: dict[str, dict[str, Any]] = {
    "numbers": {"attributes": {"a": 1.5, "b": 10**20}},
    "nested": {"attributes": {"a": {"b": [1, None, True]}}},
    "in a step": {"steps": (StepRow(sequence=1, attributes={"n": 1}),)},
}


def store(**fields: Any) -> int:
    row = DossierRow(code="H-1", unit_code="024", received_at=AT, **fields)
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="one", source="test")
    return Dossier.objects.get().pk


@pytest.mark.parametrize("kind", PLAIN)
def test_the_database_makes_the_same_digest(kind: str) -> None:
    key = store(**PLAIN[kind])
    assert keys_with_differing_digest(key - 1, key) == []


@pytest.mark.parametrize("kind", LEFT_TO_THE_RULE)
def test_what_the_database_cannot_write_is_read(kind: str) -> None:
    key = store(**LEFT_TO_THE_RULE[kind])
    assert keys_with_differing_digest(key - 1, key) == [key]
    assert list(altered_dossiers()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET attributes = '{}'",
        "UPDATE dossiers_dossier SET attributes = attributes || '{\"n\": 1}'",
        "UPDATE dossiers_dossier SET received_at = received_at + interval '1 microsecond'",
        "UPDATE dossiers_dossier SET fee_dong = NULL",
        "UPDATE dossiers_dossier SET result_digitised = NULL",
        """INSERT INTO dossiers_step (dossier_id, sequence, code, name, office, officer, attributes)
        SELECT id, 9, '', '', '', '', '{"n": 1}' FROM dossiers_dossier""",
        "UPDATE dossiers_suspension SET ended_at = NULL",
        "UPDATE dossiers_step SET sequence = sequence + 10",
    ],
)
def test_whatever_is_changed_is_found(statement: str) -> None:
    store(
        attributes={"a": "b"},
        fee_dong=0,
        result_digitised=False,
        steps=(StepRow(sequence=1, name="a"),),
        suspensions=(SuspensionRow(ground="supplement", started_at=AT, ended_at=AT),),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(altered_dossiers()) == ["H-1"]

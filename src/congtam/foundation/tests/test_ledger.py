from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from congtam.foundation import audit
from congtam.foundation.models import AuditEntry
from congtam.foundation.public import console_actor

pytestmark = pytest.mark.django_db


def write_three() -> None:
    for number in range(3):
        audit.record(
            console_actor(), "tested", kind="thing", key=str(number), unit_code="024", data={"n": number}
        )


def test_lines_follow_each_other() -> None:
    write_three()
    positions = list(
        AuditEntry.objects.filter(stream="thing@024").order_by("position").values_list("position")
    )
    assert positions == [(1,), (2,), (3,)]
    assert list(audit.find_breaks()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditentry SET actor = 'somebody else'",
        "DELETE FROM foundation_auditentry",
        "TRUNCATE foundation_auditentry",
    ],
)
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    write_three()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE foundation_auditentry SET text = '{}' WHERE position = 2",
            "content changed after it was written",
        ),
        ("DELETE FROM foundation_auditentry WHERE position = 2", "entry missing"),
    ],
)
def test_a_change_behind_the_triggers_is_found(statement: str, fault: str) -> None:
    write_three()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")
    places = [(stream, place.position, place.fault) for stream, place in audit.find_breaks()]
    assert ("thing@024", 2, fault) in places

"""Rows that decide who may do what: what was done to them behind the program is found."""

from __future__ import annotations

import pytest
from django.db import connection

from congtam.foundation.domain.chain import canonical_json
from congtam.foundation.models import Account, AuditEntry, TokenEnd
from congtam.foundation.person_keys import pseudonym
from congtam.foundation.public import console_actor, record, set_installation_notes
from congtam.foundation.row_seals import altered_rows, seal_what_is_there
from congtam.foundation.tokens import end_tokens, issue_token
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


def run(statement: str) -> list[tuple[str, str]]:
    """Do what only somebody with the database in hand can do; the tables and faults that are found."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return [(found.code.partition("/")[0], found.fault) for found in altered_rows()]


def test_what_the_program_does_is_sealed(cast: Cast) -> None:
    issue_token(cast.clerk.username, name="program", days=9, actor=console_actor())
    set_installation_notes(name="Hà Giang")
    end_tokens(cast.clerk.username, because=TokenEnd.REVOKED, actor=console_actor())
    cast.officer.role_grants.all().delete()
    cast.leader.name = "Tên khác"
    cast.leader.save()
    assert list(altered_rows()) == []


def test_signing_in_is_no_change(cast: Cast) -> None:
    lines = AuditEntry.objects.filter(kind="seal").count()
    cast.clerk.save(update_fields=["last_login"])
    assert AuditEntry.objects.filter(kind="seal").count() == lines


def test_one_insert_makes_nobody_an_administrator(cast: Cast) -> None:
    statement = (
        "INSERT INTO foundation_rolegrant (account_id, role, unit_code, valid, note)"
        " VALUES (%s, 'administrator', '*', '[2020-01-01,)', '')"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [cast.clerk.pk])
    (found,) = altered_rows()
    assert f"administrator@* of {cast.clerk.username}" in found.code
    assert found.fault == "it was added outside the program: the ledger has no record of it"


@pytest.mark.parametrize(
    ("statement", "table", "fault"),
    [
        ("UPDATE foundation_account SET password = 'x' WHERE username LIKE 'clerk%'", "foundation_account", "changed"),
        ("UPDATE foundation_account SET is_superuser = NOT is_superuser WHERE username LIKE 'clerk%'",
         "foundation_account", "changed"),
        ("UPDATE foundation_rolegrant SET unit_code = '*' WHERE role = 'clerk'", "foundation_rolegrant", "changed"),
        ("DELETE FROM foundation_rolegrant WHERE role = 'clerk'", "foundation_rolegrant", "removed"),
        ("UPDATE foundation_apitoken SET valid_until = valid_until + interval '9 years'", "foundation_apitoken",
         "changed"),
        ("UPDATE foundation_installationnote SET value = '\"Khác\"'", "foundation_installationnote", "changed"),
        ("DELETE FROM foundation_installationnote", "foundation_installationnote", "removed"),
    ],
)  # fmt: skip
def test_a_change_behind_the_program_is_named(cast: Cast, statement: str, *, table: str, fault: str) -> None:
    issue_token(cast.clerk.username, name="program", days=9, actor=console_actor())
    set_installation_notes(name="Hà Giang")
    found = run(statement)
    assert (table, f"it was {fault} outside the program") in found
    assert {name for name, _fault in found} == {table}


def test_what_was_there_before_is_sealed_once_and_told(cast: Cast) -> None:
    """As after the migration that brings the seals: with the ledger of an earlier version."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM foundation_auditentry WHERE stream = 'seal'")
        cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")
    assert len(list(altered_rows())) > 2
    seal_what_is_there()
    assert list(altered_rows()) == []
    lines = AuditEntry.objects.filter(kind="seal", key=f"foundation_account/{cast.clerk.pk}")
    assert '"was_there":true' in lines.get().text
    begun = AuditEntry.objects.get(verb="seals.begun", key="foundation_account")
    assert '"rows":' in begun.text
    cast.clerk.role_grants.model.objects.bulk_create(
        [
            cast.clerk.role_grants.model(
                account=cast.clerk, role="leader", unit_code="*", valid=("2020-01-01", None)
            )
        ]
    )
    seal_what_is_there()
    assert len(list(altered_rows())) == 1, "a second time nothing is sealed unseen"


def test_a_column_that_came_later_accuses_nobody(cast: Cast) -> None:
    """As after a migration that adds one: what was sealed without it is compared without it, then sealed with it."""
    sealed_before("position")
    assert list(altered_rows()) == []
    run("UPDATE foundation_account SET name = 'Ai khác' WHERE username = 'officer'")
    (found,) = altered_rows()
    assert cast.officer.username in found.code
    seal_what_is_there()
    assert [fault.code for fault in altered_rows()] == [found.code], "what was changed stays found"
    lines = AuditEntry.objects.filter(kind="seal", key=f"foundation_account/{cast.clerk.pk}")
    assert '"columns_changed":true' in lines.latest("pk").text
    run("UPDATE foundation_account SET position = 'Chủ tịch' WHERE username = 'clerk'")
    assert len(list(altered_rows())) == 2


def sealed_before(column: str) -> None:
    """Let the accounts be sealed as by a version that did not have a column."""
    fields = (field.attname for field in Account._meta.concrete_fields)
    columns = sorted(name for name in fields if name not in {"last_login", column})
    for pk in Account.objects.values_list("pk", flat=True):
        key = f"foundation_account/{pk}"
        seal = pseudonym(key, canonical_json(Account.objects.values(*columns).get(pk=pk)))
        data = {"seal": seal, "columns": columns}
        record(console_actor(), "seal.set", kind="seal", key=key, data=data)
    begun = {"rows": 0, "columns": columns}
    record(console_actor(), "seals.begun", kind="seal", key="foundation_account", data=begun)

"""The warehouse hears of changes by the outbox; one writer at a time; what cannot be is told in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import translation

from congtam.foundation.public import drain_outbox, publish
from congtam.kernel.errors import DomainError
from congtam.warehouse import registry
from congtam.warehouse.actions.sync import parse_keys, rebuild, sync
from congtam.warehouse.cli import warehouse_command
from congtam.warehouse.domain.facts import Column, Fact, FactMalformed, VersionGone
from congtam.warehouse.public import NO_VERSION, add_listener, data_version, fact, register, relation_sql
from congtam.warehouse.tests.test_sync import LETTERS, A, B, in_lake, letters, write

__all__ = ["letters"]


def test_messages_name_rows_imports_or_their_own_key() -> None:
    payloads: list[dict[str, Any]] = [{"codes": ["A", "B"]}, {"import_key": "i"}, {}, {"import_key": "i"}]
    assert parse_keys(payloads, fallback=["x", "y", "C", "z"]) == (["A", "B", "C"], ["i"])


def test_a_change_arrives_through_the_outbox(letters: Fact) -> None:
    register(LETTERS)
    write(A, B)
    publish("letters.changed", "A")
    publish("letters.changed", "rest", {"import_key": "first"})
    drain_outbox()
    assert [row[0] for row in in_lake()] == ["A", "B"]


def test_listeners_hear_of_each_new_version_once(letters: Fact) -> None:
    heard: list[tuple[str, int]] = []
    add_listener(lambda one, version: heard.append((one.name, version)))
    write(A)
    first = sync("letters", ["A"])
    sync("letters", ["A"])
    second = rebuild("letters")
    assert [one for one in heard if one[0] == "letters"] == [("letters", first), ("letters", second)]


def test_a_writer_holds_the_lock_of_its_fact(letters: Fact) -> None:
    write(A)
    sync("letters", ["A"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone()[0] >= 1


def test_a_version_that_was_cleaned_away_is_told(letters: Fact) -> None:
    write(A)
    sync("letters", ["A"])
    with pytest.raises(VersionGone):
        relation_sql("letters", 99)


def test_an_unknown_fact_is_told_with_the_known_ones(letters: Fact) -> None:
    with pytest.raises(DomainError, match="letters"):
        fact("stamps")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"name": "Letters!"}, "its name", id="name"),
        pytest.param({"key": "number"}, "column number is missing", id="no key"),
        pytest.param({"month": "weight"}, "is not a date", id="month is a number"),
        pytest.param({"rows_sql": "SELECT 1"}, "one {where} slot", id="no slot"),
        pytest.param({"columns": LETTERS.columns * 2}, "declared twice", id="columns twice"),
    ],
)
def test_a_contradictory_declaration_is_refused(change: dict[str, object], fault: str) -> None:
    with pytest.raises(FactMalformed, match=fault.replace("{", r"\{")):
        replace(LETTERS, **change)  # type: ignore[arg-type]


def test_a_column_has_a_plain_name_and_a_known_type() -> None:
    for name, kind in (("Code", "text"), ("code", "json")):
        with pytest.raises(FactMalformed):
            Column(name, kind, vi="Mã", en="Code")  # type: ignore[arg-type]


def test_two_declarations_of_one_name_must_be_equal(letters: Fact) -> None:
    registry.add(LETTERS)
    with pytest.raises(FactMalformed):
        registry.add(replace(LETTERS, en="Other letters"))


@translation.override("en")
def test_the_commands_say_how_it_stands(letters: Fact) -> None:
    run = CliRunner()
    write(A, B)
    before = json.loads(run.invoke(warehouse_command, ["status", "--json"]).stdout)
    assert {"fact": "letters", "version": NO_VERSION, "rows": 0, "changed_at": None} in before["facts"]
    assert run.invoke(warehouse_command, ["rebuild", "--fact", "letters"]).exit_code == 0
    assert "letters: version 0, 2 rows" in run.invoke(warehouse_command, ["status"]).stdout
    assert data_version("letters") == 0
    compared = run.invoke(warehouse_command, ["compare", "--json"])
    assert (compared.exit_code, json.loads(compared.stdout)["agrees"]) == (0, True)
    write(("A", "02", 6, True, A[4]))
    differing = run.invoke(warehouse_command, ["compare"])
    assert (differing.exit_code, "A: different" in differing.stderr) == (1, True)

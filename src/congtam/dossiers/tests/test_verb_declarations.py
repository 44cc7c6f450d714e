"""The declarations of the verbs: complete, in order, and what pages, API and docs are collected from."""

from __future__ import annotations

import importlib
import pkgutil
from operator import attrgetter
from pathlib import Path

import pytest
from django.utils import translation

from congtam.dossiers.domain.states import State
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.wording import ledger_label, message_key, verbs_documentation
from congtam.testing.api_contract import find_operation

PAGE = Path(__file__).parents[4] / "docs" / "dossier_verbs.md"
VERBS = [pytest.param(verb, id=verb.code) for verb in DESK.verbs]
BY_PEOPLE = [pytest.param(verb, id=verb.code) for verb in DESK.verbs if not verb.is_automatic]


def test_the_page_of_the_docs_is_the_declarations() -> None:
    """Refresh it with: .venv/bin/python -m tools.verb_tables"""
    assert PAGE.read_text(encoding="utf-8") == verbs_documentation()


FORMER_CODES = {"request_supplement": "ask_supplement"}
"""Files whose verb keeps the code that ledger lines were written with."""


def test_every_file_declares_one_verb_and_the_machine_has_them_all() -> None:
    names = {module.name for module in pkgutil.iter_modules(verbs.__path__)}
    assert {FORMER_CODES.get(name, name) for name in names} == {verb.code for verb in DESK.verbs}
    for name in names:
        module = importlib.import_module(f"{verbs.__name__}.{name}")
        declared = [each for each in vars(module).values() if isinstance(each, DeskVerb.__origin__)]  # type: ignore[attr-defined]
        assert [verb.code for verb in declared] == [FORMER_CODES.get(name, name)]


@pytest.mark.parametrize("verb", VERBS)
def test_states_are_states_and_words_are_there(verb: DeskVerb) -> None:
    assert {*verb.transitions, *verb.transitions.values()} <= set(State)
    assert verb.name
    with translation.override("en"):
        assert ledger_label(f"dossier.{verb.code}") == verb.done
    with translation.override("vi"):
        assert ledger_label(f"dossier.{verb.code}") != verb.done
    assert message_key(verb.code) == verb.notify


@pytest.mark.parametrize("verb", BY_PEOPLE)
def test_what_people_do_has_a_page_and_an_address(verb: DeskVerb) -> None:
    assert issubclass(verb.form or object, VerbForm)
    assert verb.body is None or issubclass(verb.body, VerbBody)
    operation = find_operation("POST", f"/api/v1/dossiers/024-260302-0001/{verb.code}")
    assert operation is not None
    assert ("201" in operation["responses"]) == verb.creates
    assert (find_operation("POST", f"/api/v1/bulk/{verb.code}") is None) == (verb.bulk is None)


def test_what_the_program_does_by_itself_has_neither() -> None:
    for verb in (verbs.RESUME, verbs.NOTE_PAYMENT):
        assert (verb.form, verb.body, verb.bulk) == (None, None, None)
        assert find_operation("POST", f"/api/v1/dossiers/024-260302-0001/{verb.code}") is None


@pytest.mark.parametrize("of", ["order", "bulk"])
def test_no_two_stand_in_the_same_place(of: str) -> None:
    offered = [verb for verb in DESK.verbs if not verb.is_automatic]
    numbers = [number for verb in offered if (number := attrgetter(of)(verb)) is not None]
    assert len(numbers) == len(set(numbers))


def test_an_unknown_line_of_the_ledger_stays_as_it_was_written() -> None:
    assert ledger_label("dossier.exploded") == "exploded"
    assert message_key("exploded") is None

"""Correcting a filled-in form, as a table: what was stored, what is asked today, what was sent, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from congtam.forms.domain.corrections import correct, hidden_by, merge, split
from congtam.forms.domain.fields import FieldKind, FormField, Option, ShownWhen
from congtam.forms.domain.filled_form import FilledForm, fill_in

FILLED_ON, TODAY = date(2026, 3, 2), date(2026, 6, 1)
PLACES = (Option(value="home", label="Tại nhà"), Option(value="clinic", label="Cơ sở y tế"))
NAME = FormField(name="name", label="Họ tên")
PLACE = FormField(name="place", label="Nơi sinh", kind=FieldKind.CHOICE, options=PLACES)
CLINIC = FormField(name="clinic", label="Tên cơ sở", shown_when=ShownWhen(field="place", values=("clinic",)))
VISIT_ON = FormField(name="visit_on", label="Ngày hẹn", kind=FieldKind.DATE, minimum="today")
WEIGHT = FormField(name="weight", label="Cân nặng", kind=FieldKind.NUMBER, is_required=False)
FORM = (NAME, PLACE, CLINIC, VISIT_ON, WEIGHT)
SENT = {"name": "Vừ Mí Dế", "place": "clinic", "clinic": "BV tỉnh", "visit_on": "05/03/2026", "weight": "3,2"}
STORED = {
    "name": "Vừ Mí Dế",
    "place": "clinic",
    "clinic": "BV tỉnh",
    "visit_on": "2026-03-05",
    "weight": "3.2",
}


@pytest.fixture(scope="module")
def before() -> FilledForm:
    """Filled in on 2 March; by 1 June the day of the visit has passed, which today's form would refuse."""
    filled, problems = fill_in(FORM, SENT, today=FILLED_ON)
    assert (problems, dict(filled.answers)) == ([], STORED)
    return filled


@dataclass(frozen=True, kw_only=True)
class Case:
    """One line of the table; the form asked today is the old one where none is named."""

    sent: dict[str, Any]
    unchanged: set[str]
    changed: set[str]
    after: dict[str, Any]
    problems: tuple[str, ...] = ()
    form: tuple[FormField, ...] = FORM


ALL = set(STORED)
CASES = {
    "sent as it was typed": Case(sent=SENT, unchanged=ALL, changed=set(), after=STORED),
    "sent as it is stored": Case(sent=STORED, unchanged=ALL, changed=set(), after=STORED),
    "blanks around it and empty answers change nothing": Case(
        sent={**SENT, "name": " Vừ Mí Dế ", "new": ""}, unchanged=ALL, changed=set(), after=STORED
    ),
    "one answer changed; the day that has passed is not judged again": Case(
        sent={**SENT, "name": "Vừ Mí Sử"},
        unchanged=ALL - {"name"},
        changed={"name"},
        after={**STORED, "name": "Vừ Mí Sử"},
    ),
    "the day itself changed: it is judged by today": Case(
        sent={**SENT, "visit_on": "6/3/2026"},
        unchanged=ALL - {"visit_on"},
        changed={"visit_on"},
        after={name: STORED[name] for name in STORED if name != "visit_on"},
        problems=("form.visit_on",),
    ),
    "an answer taken out": Case(
        sent={**SENT, "weight": ""},
        unchanged=ALL - {"weight"},
        changed={"weight"},
        after={name: STORED[name] for name in STORED if name != "weight"},
    ),
    "a changed answer hides another, though it was sent as it was": Case(
        sent={**SENT, "place": "home"},
        unchanged=ALL - {"place"},
        changed={"place"},
        after={name: STORED[name] for name in STORED if name != "clinic"} | {"place": "home"},
    ),
    "a field that is no longer asked keeps its answer, behind the others": Case(
        sent={**{name: SENT[name] for name in SENT if name != "weight"}, "name": "Vừ Mí Sử"},
        form=FORM[:-1],
        unchanged=ALL - {"weight", "name"},
        changed={"name"},
        after={**STORED, "name": "Vừ Mí Sử"},
    ),
    "a new field that must be answered and was not": Case(
        sent={**SENT, "name": "Vừ Mí Sử"},
        form=(*FORM, FormField(name="nation", label="Dân tộc")),
        unchanged=ALL - {"name"},
        changed={"name"},
        after={**STORED, "name": "Vừ Mí Sử"},
        problems=("form.nation",),
    ),
    "a choice no longer offered cannot come back from the page; it stays": Case(
        sent={**SENT, "place": "", "name": "Vừ Mí Sử"},
        form=(NAME, replace(PLACE, options=PLACES[:1]), CLINIC, VISIT_ON, WEIGHT),
        unchanged=ALL - {"name"},
        changed={"name"},
        after={**STORED, "name": "Vừ Mí Sử"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_correcting(before: FilledForm, case: Case) -> None:
    parts = split(before, case.sent, case.form)
    assert (set(parts.unchanged), set(parts.changed)) == (case.unchanged, case.changed)
    found = correct(case.form, before, case.sent, today=TODAY)
    assert found.is_changed is bool(case.changed)
    assert tuple(problem.column for problem in found.problems) == case.problems
    assert dict(found.form.answers) == case.after
    assert {field.name for field in found.form.fields} == set(case.after)


def test_names_the_form_never_had_are_named_and_old_ones_are_not(before: FilledForm) -> None:
    sent = {**SENT, "name": "Vừ Mí Sử", "colour": "red"}
    assert correct(FORM[:-1], before, sent, today=TODAY).unknown == ("colour",)


def test_what_was_never_filled_in_is_validated_as_a_whole() -> None:
    found = correct(FORM, FilledForm(), SENT, today=TODAY)
    assert [problem.column for problem in found.problems] == ["form.visit_on"]
    assert not correct(FORM, FilledForm(), {"name": ""}, today=TODAY).is_changed


def test_only_the_change_hides(before: FilledForm) -> None:
    stricter = (NAME, PLACE, replace(CLINIC, shown_when=ShownWhen(field="place", values=("home",))))
    assert hidden_by(FORM, STORED, {**STORED, "place": "home"}) == {"clinic"}
    assert hidden_by(stricter, STORED, STORED) == frozenset()


def test_merging_keeps_the_order_of_the_form(before: FilledForm) -> None:
    after, _problems = fill_in(FORM, {"name": "Vừ Mí Sử", "place": "home"}, today=TODAY)
    merged = merge(before, after, {"weight", "visit_on"}, form=(WEIGHT, *FORM[:3]))
    assert [field.name for field in merged.fields] == ["weight", "name", "place", "visit_on"]
    assert merged.answers == {
        "name": "Vừ Mí Sử",
        "place": "home",
        "visit_on": "2026-03-05",
        "weight": "3.2",
    }

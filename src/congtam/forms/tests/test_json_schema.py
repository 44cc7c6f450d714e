"""The schema of a form and the validation of its answers agree, as far as a schema can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from congtam.forms.domain.fields import FieldKind, FormField, Option, ShownWhen, fields_of_case
from congtam.forms.domain.json_schema import json_schema
from congtam.forms.domain.validation import unknown_names, validate
from congtam.testing.example_form import FORM, GOOD, TODAY

LETTERS: Final = (Option(value="a", label="A"), Option(value="b", label="B"), Option(value="c", label="C"))


def validator(form: Sequence[FormField]) -> Draft202012Validator:
    schema = json_schema(form, today=TODAY)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def refused(form: Sequence[FormField], answers: Mapping[str, Any]) -> bool:
    return bool(validate(form, answers, today=TODAY)[1] or unknown_names(form, answers))


def strict(form: Sequence[FormField], canonical: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical answers in the way of writing that the schema asks for."""
    by_name = {field.name: field for field in form}
    return {name: _strict(by_name[name], value) for name, value in canonical.items()}


def _strict(field: FormField, value: Any) -> Any:
    if field.kind is FieldKind.ROWS:
        return [strict(field.columns, row) for row in value]
    if field.kind in {FieldKind.MONEY, FieldKind.YEAR}:
        return int(value)
    if field.kind is FieldKind.NUMBER:
        return float(Decimal(value))
    return True if field.kind is FieldKind.YES else value


# Forms of every kind, each field perhaps asked only after an answer to an earlier one.

NAMES: Final = ("f0", "f1", "f2", "f3", "f4")
KINDS: Final = [kind for kind in FieldKind if kind is not FieldKind.ROWS]
EARLIER: Final = {
    FieldKind.CHOICE: ("a", "b"),
    FieldKind.CHOICES: ("a", "b"),
    FieldKind.YES: ("yes", "no"),
}
ENDLESS: Final = "9" * 5000
NUMBERS: Final = [
    ("-2", "10,5"),
    ("1000000000000000", ""),
    ("", "1000000000000000"),
    ("-2000000000000000", "2000000000000000"),
    ("-999999999999999", "999999999999999"),
    (ENDLESS, ""),
    ("", ENDLESS),
    ("many", "more"),
]
BOUNDS: Final[Mapping[FieldKind, list[tuple[str, str]]]] = {
    FieldKind.NUMBER: NUMBERS,
    FieldKind.MONEY: [("1000", "5000"), *NUMBERS],
    FieldKind.YEAR: [("1990", "today"), ("0", "99999"), ("", ENDLESS), ("2300", ""), ("", "1700")],
    FieldKind.TEXT: [("", "3"), ("", "1"), ("", "0"), ("", "2"), ("", ENDLESS), ("", "100000"), ("", "-1")],
    FieldKind.LONG_TEXT: [("", "2"), ("", "1"), ("", ENDLESS)],
    FieldKind.ROWS: [("1", "2"), ("", ENDLESS), (ENDLESS, ""), ("0", "0"), ("2", "1")],
}


@st.composite
def fields(draw: st.DrawFn, *, kinds: Sequence[FieldKind], count: int) -> tuple[FormField, ...]:
    made: list[FormField] = []
    for name in NAMES[: draw(st.integers(1, count))]:
        kind = draw(st.sampled_from(kinds))
        bounds = BOUNDS.get(kind, []) if draw(st.booleans()) else []
        minimum, maximum = draw(st.sampled_from(bounds)) if bounds else ("", "")
        controls = [each for each in made if each.kind in EARLIER]
        control = draw(st.none() | st.sampled_from(controls)) if controls else None
        made.append(
            FormField(
                name=name,
                label=name,
                kind=kind,
                is_required=draw(st.booleans()),
                minimum=minimum,
                maximum=maximum,
                options=LETTERS if kind in {FieldKind.CHOICE, FieldKind.CHOICES} else (),
                columns=draw(fields(kinds=KINDS, count=3)) if kind is FieldKind.ROWS else (),
                shown_when=_condition(draw, control) if control else None,
            )
        )
    return tuple(made)


def _condition(draw: st.DrawFn, control: FormField) -> ShownWhen:
    values = draw(st.lists(st.sampled_from(EARLIER[control.kind]), min_size=1, max_size=2, unique=True))
    return ShownWhen(field=control.name, values=tuple(values))


GROWING: Final = "\u0958\ufb2a\u0344\U0001d15e\u0f73"
"""Letters and marks that are longer when they are composed; ǘ is so before a dot below."""
TEXTS: Final = st.text(f"ab \n\x00Ạ1@.ǘ\u0323\u0301{GROWING}", max_size=5)
ODD_SIGNS: Final = "\u00ad\u200b\u3000\u2028\u037e\u212a\u0130Éé\u0301-_中Ạạß9\ud800 \n"
LABELS: Final = (
    st.text(f"ab{ODD_SIGNS}", max_size=4) | st.just("a" * 63) | st.just("a" * 64) | st.text(max_size=3)
)
ADDRESSES: Final = st.builds(
    "{}@{}".format,
    st.sampled_from(["an", "a" * 64, "a" * 65, "a b"]),
    st.lists(LABELS, max_size=4).map(".".join),
)
ANYTHING: Final = st.none() | st.booleans() | st.integers(-3, 3) | TEXTS | st.lists(TEXTS, max_size=2)
LARGE: Final = st.builds(
    lambda sign, more: sign * (10**15 + more), st.sampled_from([1, -1]), st.integers(-2, 2)
) | st.sampled_from([1e15, -1e15, 1e30, 10**40, -0.0])
GOOD_ANSWERS: Final[Mapping[FieldKind, st.SearchStrategy[Any]]] = {
    FieldKind.TEXT: st.sampled_from(["a", "Ạ b"]) | TEXTS,
    FieldKind.LONG_TEXT: st.just("b") | TEXTS,
    FieldKind.NUMBER: st.integers(-200, 1050).map(lambda cents: cents / 100) | st.integers(-2, 10) | LARGE,
    FieldKind.MONEY: st.integers(1000, 5000) | LARGE,
    FieldKind.YEAR: st.integers(1990, 2026) | st.integers(1798, 2302),
    FieldKind.DATE: st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
    FieldKind.CHOICE: st.sampled_from("abc"),
    FieldKind.CHOICES: st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True),
    FieldKind.YES: st.booleans(),
    FieldKind.PHONE: st.just("0912345678"),
    FieldKind.EMAIL: st.sampled_from(["an@xa.vn", "an@tuyên-quang.vn"]) | ADDRESSES,
    FieldKind.ID_NUMBER: st.just("073123456"),
}
WRONG_ANSWERS: Final[Mapping[FieldKind, st.SearchStrategy[Any]]] = {
    FieldKind.NUMBER: st.sampled_from([10**15, -(10**15), 10.51, -2.01, "1"]),
    FieldKind.MONEY: st.sampled_from([10**15, -1, 1.5, 5001]),
    FieldKind.YEAR: st.sampled_from([1799, 1800, 2027, 2200, 2201]),
    FieldKind.DATE: st.sampled_from(["2026-02-30", "1799-12-31", "2201-01-01", "1/1/2026"]),
    FieldKind.CHOICE: st.just("d"),
    FieldKind.CHOICES: st.sampled_from([[], ["d"], ["a", "d"]]),
}


def answer(field: FormField) -> st.SearchStrategy[Any]:
    """Mostly good answers to a field, in the types of the schema."""
    if field.kind is FieldKind.ROWS:
        return st.lists(answers(field.columns), min_size=1, max_size=2)
    good = GOOD_ANSWERS[field.kind]
    return st.one_of(good, good, good, good, good, good, good, WRONG_ANSWERS.get(field.kind, TEXTS), ANYTHING)


@st.composite
def answers(draw: st.DrawFn, form: Sequence[FormField]) -> dict[str, Any]:
    """Answers to a form, of which some are missing."""
    named = [field for field in form if draw(st.integers(0, 9)) < (9 if field.is_required else 5)]
    made = {field.name: draw(answer(field)) for field in named}
    return {**made, "other": "x"} if draw(st.integers(0, 19)) == 0 else made


@st.composite
def filled(draw: st.DrawFn) -> tuple[tuple[FormField, ...], dict[str, Any]]:
    form = draw(fields(kinds=list(FieldKind), count=5))
    return form, draw(answers(form))


def says_more(form: Sequence[FormField]) -> bool:
    """Whether the form asks something that a schema cannot express."""
    return any(field.kind is FieldKind.ID_NUMBER or says_more(field.columns) for field in form)


@settings(deadline=None)
@given(filled())
def test_what_the_schema_takes_is_taken(case: tuple[tuple[FormField, ...], dict[str, Any]]) -> None:
    form, given_answers = case
    if not says_more(form) and validator(form).is_valid(given_answers):
        assert not refused(form, given_answers)


@settings(deadline=None)
@given(filled())
def test_what_is_taken_is_taken_by_the_schema_in_its_way_of_writing(
    case: tuple[tuple[FormField, ...], dict[str, Any]],
) -> None:
    form, given_answers = case
    canonical, problems = validate(form, given_answers, today=TODAY)
    if not problems:
        assert list(validator(form).iter_errors(strict(form, canonical))) == []


def box(name: str, *, control: str = "", value: str = "yes", is_required: bool = False) -> FormField:
    condition = ShownWhen(field=control, values=(value,)) if control else None
    return FormField(name=name, label=name, kind=FieldKind.YES, is_required=is_required, shown_when=condition)


CHAIN: Final = (
    box("a"),
    box("b", control="a"),
    FormField(name="c", label="c", shown_when=ShownWhen(field="b", values=("yes",))),
    FormField(name="d", label="d", shown_when=ShownWhen(field="b", values=("no",))),
)
OPTIONAL_COLUMNS: Final = (
    FormField(
        name="rows",
        label="rows",
        kind=FieldKind.ROWS,
        columns=(
            replace(CHAIN[2], name="text", shown_when=None, is_required=False),
            box("tick"),
            replace(
                CHAIN[2], name="more", is_required=False, shown_when=ShownWhen(field="tick", values=("yes",))
            ),
        ),
    ),
)
SEVERAL: Final = (
    FormField(name="jobs", label="jobs", kind=FieldKind.CHOICES, options=LETTERS, is_required=False),
    FormField(name="why", label="why", shown_when=ShownWhen(field="jobs", values=("a", "b"))),
)
TEXT: Final = FormField(name="t", label="t")
LIMITED, UNLIMITED = (replace(TEXT, maximum="1"),), (replace(TEXT, maximum=ENDLESS),)
ADDRESS: Final = (replace(TEXT, kind=FieldKind.EMAIL),)
VAST: Final = (
    FormField(name="n", label="n", kind=FieldKind.NUMBER, minimum=f"-{10**18}", maximum=str(10**18)),
)
AMOUNT: Final = (FormField(name="n", label="n", kind=FieldKind.NUMBER),)


@pytest.mark.parametrize(
    ("form", "sent", "is_good"),
    [
        (CHAIN, {}, True),
        (CHAIN, {"a": True}, False),
        (CHAIN, {"a": True, "d": "x"}, True),
        (CHAIN, {"a": True, "b": True}, False),
        (CHAIN, {"a": True, "b": True, "c": "x"}, True),
        (CHAIN, {"a": False, "b": True}, True),
        (CHAIN, {"b": True}, True),
        (OPTIONAL_COLUMNS, {"rows": [{}]}, False),
        (OPTIONAL_COLUMNS, {"rows": [{"tick": False}]}, False),
        (OPTIONAL_COLUMNS, {"rows": [{"more": "hidden"}]}, False),
        (OPTIONAL_COLUMNS, {"rows": [{"tick": True}]}, True),
        (OPTIONAL_COLUMNS, {"rows": [{"text": "x"}]}, True),
        (OPTIONAL_COLUMNS, {}, False),
        (SEVERAL, {"jobs": ["c"]}, True),
        (SEVERAL, {"jobs": ["c", "b"]}, False),
        (SEVERAL, {"jobs": ["c", "b"], "why": "x"}, True),
        (AMOUNT, {"n": 10**15 - 1}, True),
        (AMOUNT, {"n": 10**15}, False),
        (AMOUNT, {"n": -(10**15)}, False),
        (AMOUNT, {"n": True}, False),
        (VAST, {"n": 10**15 - 1}, True),
        (VAST, {"n": 10**15}, False),
        (VAST, {"n": -(10**15)}, False),
        (LIMITED, {"t": "\u0958"}, True),
        (LIMITED, {"t": "ǘ\u0323"}, False),
        (UNLIMITED, {"t": "x" * 300}, True),
        (UNLIMITED, {"t": "x" * 301}, False),
        (ADDRESS, {"t": "an@\u00ad.vn"}, False),
        (ADDRESS, {"t": "an@xa.\u00ad\u00ad"}, False),
        (ADDRESS, {"t": "an@tỉnh.vn"}, True),
    ],
)
def test_both_judge_alike(form: tuple[FormField, ...], sent: dict[str, Any], *, is_good: bool) -> None:
    assert (validator(form).is_valid(sent), not refused(form, sent)) == (is_good, is_good)


ASKED: Final = fields_of_case(FORM, "")
STRICT_GOOD: Final = strict(ASKED, validate(ASKED, GOOD, today=TODAY)[0])


@pytest.mark.parametrize(
    "change",
    [
        {"why": "other"},
        {"who": None},
        {"members": []},
        {"members": [{"name": "A"}] * 4},
        {"members": [{"name": "A", "kin": "sell"}]},
        {"members": [{"name": " "}]},
        {"area": 500.51},
        {"area": -1},
        {"capital": -1},
        {"capital": 1.5},
        {"year": 2027},
        {"jobs": ["sell", "x"]},
        {"sure": False},
        {"phone": "12345"},
        {"email": "a@b"},
        {"born_on": "2020-02-30"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_both_refuse_the_same_mistakes(change: dict[str, Any]) -> None:
    wrong = {name: value for name, value in {**STRICT_GOOD, **change}.items() if value is not None}
    assert validator(ASKED).is_valid(STRICT_GOOD)
    assert not refused(ASKED, STRICT_GOOD)
    assert not validator(ASKED).is_valid(wrong)
    assert refused(ASKED, wrong)


def test_conditions_are_rules_of_the_schema() -> None:
    schema = json_schema(ASKED, today=TODAY)
    assert "who" not in schema["required"]
    without = {name: value for name, value in STRICT_GOOD.items() if name not in {"who", "abroad", "country"}}
    assert validator(ASKED).is_valid({**without, "why": "sell"})
    assert not validator(ASKED).is_valid({**without, "why": "marry"})
    assert validator(ASKED).is_valid({**without, "why": "marry", "who": "Lan"})
    assert not validator(ASKED).is_valid({**without, "why": "marry", "who": "Lan", "abroad": True})


def test_a_condition_on_a_field_of_another_case_is_never_met() -> None:
    other = replace(ASKED[0], case_kind="late")
    form = fields_of_case((other, ASKED[1]), "")
    assert validator(form).is_valid({})
    assert not refused(form, {})


def test_titles_and_bounds_are_said_in_the_language() -> None:
    field = FormField(
        name="area", label="Diện tích", label_en="Area", kind=FieldKind.NUMBER, maximum="5", help="Ghi số."
    )
    schema = json_schema([field], language="en", today=TODAY)
    area = schema["properties"]["area"]
    assert (area["title"], area["description"]) == ("Area", "Ghi số. Enter a number of at most 5.")
    assert (area["maximum"], schema["$schema"]) == (5, "https://json-schema.org/draft/2020-12/schema")

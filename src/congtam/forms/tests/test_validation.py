"""What is asked, validated, stored and read of a form, for anything that may be sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.definition import definition_problems
from congtam.forms.domain.fields import (
    FieldKind,
    FormField,
    Option,
    ShownWhen,
    fields_from_json,
    fields_of_case,
    fields_to_json,
)
from congtam.forms.domain.readable_answers import readable_answers
from congtam.forms.domain.validation import unknown_names, validate
from congtam.kernel.input.numbers import number_or_none, number_text
from congtam.testing.example_form import FORM, GOOD, MEMBERS, TODAY, WHY


def codes(name: str, answer: object, *, case_kind: str = "") -> list[tuple[str, str | None]]:
    """The problems of one answer among good ones."""
    _kept, problems = validate(FORM, {**GOOD, name: answer}, case_kind=case_kind, today=TODAY)
    return [(problem.code, problem.column) for problem in problems]


def test_good_answers_are_kept_in_one_way_of_writing() -> None:
    kept, problems = validate(FORM, GOOD, today=TODAY)
    assert problems == []
    assert kept == {
        "why": "marry",
        "who": "Vừ Thị Mỷ",
        "abroad": "yes",
        "country": "Lào",
        "members": [{"name": "Sùng A Páo"}, {"name": "Vừ Mí Sử", "kin": "sell", "other": "cháu"}],
        "area": "120.5",
        "capital": "1500000",
        "born_on": "1990-03-05",
        "year": "2020",
        "jobs": ["marry", "sell"],
        "sure": "yes",
        "phone": "0912345678",
        "id_number": "002089001234",
    }


def test_what_was_kept_is_told_as_people_read_it() -> None:
    kept, _problems = validate(FORM, GOOD, today=TODAY)
    lines = {each.name: each.text for each in readable_answers(FORM, {**kept, "unknown": "x"})}
    assert lines["area"] == "120,5 m²"
    assert lines["capital"] == "1.500.000 đồng"
    assert lines["born_on"] == "05/03/1990"
    assert lines["jobs"] == "Kết hôn; Mua bán nhà"
    assert lines["sure"] == "Có"
    assert "unknown" not in lines
    members = next(each for each in readable_answers(FORM, kept) if each.name == "members")
    assert [column.label for column in members.columns] == ["Họ tên", "Quan hệ", "Khác"]
    assert members.rows == (("Sùng A Páo", "", ""), ("Vừ Mí Sử", "Mua bán nhà", "cháu"))


def test_a_condition_on_a_hidden_field_is_not_met_and_its_answer_is_dropped() -> None:
    answers = {**GOOD, "why": "sell"}
    names = [field.name for field in shown_fields(FORM, answers)]
    assert names[:2] == ["why", "members"]
    kept, problems = validate(FORM, answers, today=TODAY)
    assert problems == []
    assert not {"who", "abroad", "country"} & set(kept)


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        ("why", "other", [("choice_unknown", "form.why")]),
        ("who", "", [("field_missing", "form.who")]),
        ("who", ["x"], [("shape_wrong", "form.who")]),
        ("who", "x" * 301, [("too_long", "form.who")]),
        ("members", [], [("field_missing", "form.members")]),
        ("members", [{"name": "a"}] * 4, [("rows_too_many", "form.members")]),
        (
            "members",
            [{}, {"kin": "sell"}],
            [("field_missing", "form.members.1.name"), ("field_missing", "form.members.1.other")],
        ),
        ("members", "a", [("shape_wrong", "form.members")]),
        ("area", "x", [("number_malformed", "form.area")]),
        ("area", "500,51", [("above_maximum", "form.area")]),
        ("area", "-1", [("below_minimum", "form.area")]),
        ("area", "0,1234567", [("number_malformed", "form.area")]),
        ("capital", "1,5", [("money_malformed", "form.capital")]),
        ("capital", "-1", [("below_minimum", "form.capital")]),
        ("born_on", "30/02/2020", [("date_malformed", "form.born_on")]),
        ("born_on", "03/03/2026", [("above_maximum", "form.born_on")]),
        ("born_on", "31/12/1899", [("below_minimum", "form.born_on")]),
        ("year", "2027", [("above_maximum", "form.year")]),
        ("year", "26", [("year_malformed", "form.year")]),
        ("jobs", ["sell", "x"], [("choice_unknown", "form.jobs")]),
        ("jobs", [], [("field_missing", "form.jobs")]),
        ("sure", "", [("not_ticked", "form.sure")]),
        ("phone", "12345", [("phone_malformed", "form.phone")]),
        ("email", "a@b", [("email_malformed", "form.email")]),
        ("id_number", "003089001234", [("id_number_malformed", "form.id_number")]),
        ("id_number", "002289001234", [("id_number_malformed", "form.id_number")]),
        ("id_number", "073123456", []),
        ("born_on", "02/03/2026", []),
        ("area", 1.5, []),
        ("nobody", "asked", []),
    ],
)
def test_each_wrong_answer_is_told_at_its_place(
    *, name: str, answer: object, expected: list[tuple[str, str]]
) -> None:
    assert codes(name, answer) == expected


def test_a_case_has_questions_of_its_own() -> None:
    assert codes("late_why", "") == []
    assert codes("late_why", "", case_kind="late") == [("field_missing", "form.late_why")]
    assert codes("late_why", "x" * 21, case_kind="late") == [("too_long", "form.late_why")]
    assert [field.name for field in fields_of_case(FORM, "late")][-1] == "late_why"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("1 234 567", "1234567"),
        ("0.125", "0.125"),
    ],
)
def test_numbers_are_read_as_people_here_write_them(text: str, value: str) -> None:
    assert number_or_none(text) == Decimal(value)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6))
def test_a_number_written_down_is_read_back(value: Decimal) -> None:
    assert number_or_none(number_text(value)) == value


def test_unknown_names_are_told() -> None:
    answers = {**GOOD, "x": 1, "members": [{"name": "a", "y": 2}, {"y": 3}, 5]}
    assert unknown_names(FORM, answers) == ("x", "members.y")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NEAR = st.sampled_from(
    [
        "marry",
        "sell",
        "yes",
        "no",
        "1.234,5",
        "12/3/2020",
        "2026-03-02",
        "0912345678",
        "002089001234",
        "a@b.vn",
        "x\x00y",
        "\ud800",
    ]
)
ANY = JSON | NEAR | st.lists(NEAR, max_size=3)
ROW = st.dictionaries(st.sampled_from(["name", "kin", "other"]), ANY, max_size=3)
ANSWERS = st.dictionaries(
    st.sampled_from([field.name for field in FORM]), ANY | st.lists(ROW, max_size=4), max_size=len(FORM)
)


@given(ANSWERS, st.sampled_from(["", "late"]))
def test_anything_may_be_sent_and_what_is_kept_is_kept_as_it_is(answers: dict[str, Any], case: str) -> None:
    kept, problems = validate(FORM, answers, case_kind=case, today=TODAY)
    assert all(problem.column and problem.column.startswith("form.") for problem in problems)
    again, _problems = validate(FORM, kept, case_kind=case, today=TODAY)
    assert again == kept
    shown = {field.name for field in shown_fields(FORM, answers, case_kind=case)}
    assert shown == {field.name for field in shown_fields(FORM, kept, case_kind=case)}
    assert set(kept) <= shown
    assert {each.name for each in readable_answers(FORM, kept, case_kind=case)} == set(kept)
    readable_answers(FORM, answers, case_kind=case)
    unknown_names(FORM, answers)


def test_a_good_form_has_no_problem_and_is_kept_without_loss() -> None:
    assert definition_problems(FORM, case_kinds={"late"}) == []
    assert fields_from_json(fields_to_json(FORM)) == FORM


def test_everything_wrong_with_a_form_is_told_at_once() -> None:
    form = (
        FormField(name="Họ", label=" "),
        FormField(name="a", label="A", kind=FieldKind.CHOICE, shown_when=ShownWhen(field="b", values=("x",))),
        FormField(name="a", label="A", options=WHY.options, minimum="3"),
        FormField(name="b", label="B", kind=FieldKind.DATE, minimum="2026-02-30", maximum="soon"),
        FormField(
            name="c", label="C", kind=FieldKind.NUMBER, minimum="5", maximum="4", fill_from="applicant.name"
        ),
        FormField(name="d", label="D", kind=FieldKind.ROWS, columns=(MEMBERS,), case_kind="none"),
        FormField(name="e", label="E", kind=FieldKind.ROWS, maximum="201"),
        WHY,
        FormField(name="f", label="F", shown_when=ShownWhen(field="why", values=("marry", "nothing"))),
        FormField(name="g", label="G", columns=(WHY,)),
        FormField(
            name="h", label="H", kind=FieldKind.CHOICE, options=(*WHY.options, Option(value="sell", label=""))
        ),
    )
    found = {
        (problem.column or "").removeprefix("form_fields.")
        for problem in definition_problems(form, case_kinds=())
    }
    assert found == {
        *("0.name", "0.label", "1.name", "1.options", "1.shown_when", "2.name", "2.options", "2.minimum"),
        *("3.minimum", "3.maximum", "4.minimum", "4.fill_from", "5.case_kind", "5.columns.0.kind"),
        *("6.kind", "6.maximum", "8.shown_when", "9.kind", "10.options"),
    }

"""The inputs of a form: what a page shows comes back as it was typed, whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.forms.domain.fields import FieldKind, FormField, Option, ShownWhen
from congtam.forms.posted_answers import apply_row_change, is_filled_in, posted_answers, without_blank_rows
from congtam.forms.rendering import BLANK_ROW, Input, InputSection, form_sections
from congtam.kernel.errors import Problem
from congtam.testing.birth_form import FORM

SEX = tuple(Option(value=value, label=value) for value in ("nam", "nu"))
TABLE = FormField(
    name="members",
    label="Thành viên",
    kind=FieldKind.ROWS,
    minimum="2",
    maximum="3",
    columns=(
        FormField(name="name", label="Tên"),
        FormField(name="sex", label="Giới tính", kind=FieldKind.CHOICE, options=SEX),
        FormField(name="note", label="Ghi chú", shown_when=ShownWhen(field="sex", values=("nu",))),
    ),
)
WORDS = st.text("aÂ đ<>\"'&0/", max_size=12)
ROWS = st.lists(
    st.fixed_dictionaries({"name": WORDS, "sex": st.sampled_from(["", "nam", "nu"]), "note": WORDS})
)


def inputs(sections: list[InputSection]) -> Iterator[Input]:
    for section in sections:
        yield from section.inputs


def posted(sections: list[InputSection]) -> QueryDict:
    """What a browser sends of a page, with everything it holds, hidden or not."""
    sent = QueryDict(mutable=True)
    for entry in inputs(sections):
        put(sent, entry)
    return sent


def put(sent: QueryDict, entry: Input) -> None:
    if entry.is_shown:
        sent.appendlist("form-shown", entry.name)
    for row in entry.rows:
        sent.appendlist(entry.name, row.index)
        for column in row.inputs:
            put(sent, column)
    chosen = [choice.value for choice in entry.choices if choice.is_chosen]
    if entry.choices:
        sent.setlist(entry.name, chosen) if chosen else None
    elif entry.widget != "rows" and (entry.widget != "yes" or entry.value):
        sent[entry.name] = entry.value


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=WORDS,
    rows=ROWS.filter(lambda rows: 2 <= len(rows) <= 3),
    needs=st.sets(st.sampled_from(["bhyt", "ban_sao"])),
    father=st.sampled_from(["", "yes"]),
)
def test_what_a_page_shows_comes_back_as_it_was(**typed: Any) -> None:
    fields = (*FORM, TABLE)
    needs = [option.value for field in FORM if field.name == "needs" for option in field.options]
    answers = {
        "child_name": typed["name"],
        "members": typed["rows"],
        "needs": [each for each in needs if each in typed["needs"]],
        "has_father": typed["father"],
    }
    back = posted_answers(fields, posted(form_sections(fields, answers)))
    assert {name: back[name] for name in answers} == answers


def test_conditions_point_to_inputs_of_the_same_page_only() -> None:
    whole = {entry.name: entry for entry in inputs(form_sections(FORM, {"born_at": "co_so"}))}
    assert (whole["form.hospital"].control, whole["form.hospital"].is_shown) == ("form.born_at", True)
    assert (whole["form.witness"].control_values, whole["form.witness"].is_shown) == ('["tai_nha"]', False)
    alone = form_sections(FORM, {"born_at": "co_so"}, names={"hospital", "witness"})
    assert [(entry.name, entry.control) for entry in inputs(alone)] == [("form.hospital", "")]


def test_a_table_shows_as_many_rows_as_it_needs_and_no_more_than_it_takes() -> None:
    (table,) = inputs(form_sections([TABLE], {}))
    assert ([row.number for row in table.rows], table.may_add) == (["1", "2"], True)
    assert table.blank_row is not None
    assert table.blank_row.inputs[2].control == f"form.members.{BLANK_ROW}.sex"
    (full,) = inputs(form_sections([TABLE], {"members": [{}, {}, {}]}))
    assert not full.may_add


def test_problems_stand_beside_their_inputs_within_rows_too() -> None:
    wrong = [Problem(code="x", message="?", column="form.members.1.name")]
    (table,) = inputs(form_sections([TABLE], {"members": [{}, {}]}, problems=wrong))
    assert [len(row.inputs[0].problems) for row in table.rows] == [0, 1]
    assert table.rows[1].inputs[0].described_by == "form.members.1.name-problem"


def test_rows_are_added_and_taken_out_by_their_number() -> None:
    answers = {"members": [{"name": "A"}, {"name": "B"}]}
    add = QueryDict("form.members=0&form.members=4&add-row=form.members")
    assert apply_row_change([TABLE], answers, add) == (
        {"members": [{"name": "A"}, {"name": "B"}, {}]},
        "form.members.2",
    )
    drop = QueryDict("form.members=0&form.members=4&drop-row=form.members.4")
    assert apply_row_change([TABLE], answers, drop) == ({"members": [{"name": "A"}]}, "form.members")
    for nothing in ("", "add-row=form.other", "drop-row=form.members.9", "drop-row=members"):
        assert apply_row_change([TABLE], answers, QueryDict(nothing)) is None


def test_blank_rows_and_what_was_filled_in_ahead_say_nothing() -> None:
    assert without_blank_rows([TABLE], {"members": [{"name": " "}, {"name": "A"}]}) == {
        "members": [{"name": "A"}]
    }
    known = {"applicant.name": "Vừ Thị Mỷ"}
    assert not is_filled_in(
        FORM, {"mother": "Vừ Thị Mỷ", "siblings": [{"name": ""}], "needs": []}, prefilled=known
    )
    assert is_filled_in(FORM, {"mother": "Vừ Thị Mai"}, prefilled=known)
    assert is_filled_in(FORM, {"siblings": [{"name": "A"}]}, prefilled=known)


@pytest.mark.parametrize(
    "junk", ["form.members=-1", "form.members=0&form.members=0", "form.members=" + "9" * 50]
)
def test_no_numbering_of_rows_breaks_the_page(junk: str) -> None:
    answers = posted_answers([TABLE], QueryDict(junk))
    assert len(answers["members"]) == 1
    assert list(inputs(form_sections([TABLE], answers)))


def test_what_was_typed_is_text_in_the_page_and_labels_speak_the_language() -> None:
    with translation.override("en"):
        sections = form_sections(FORM, {"child_name": '"><script>alert(1)</script>'})
        page = render_to_string("forms/sections.html", {"sections": sections})
    assert "<script>" not in page
    assert "Child&#x27;s full name" in page
    assert "Giới tính" in page


def test_a_table_has_heads_and_every_input_a_label_with_its_row() -> None:
    with translation.override("vi"):
        sections = form_sections([TABLE], {"members": [{"name": "A"}, {"name": "B"}]})
        page = render_to_string("forms/sections.html", {"sections": sections})
    heads = re.findall(r'<th scope="col">(?!<span)([^<]*)', page)
    assert heads == ["Tên", "Giới tính", "Ghi chú"]
    labels = re.findall(r'for="form\.members\.(\d)\.name">Tên\s*<span[^>]*> – Dòng <span[^>]*>(\d)', page)
    assert labels == [("0", "1"), ("1", "2")]
    assert 'class="ct-grid wide"' in page


def test_a_table_with_many_columns_is_never_a_grid() -> None:
    many = replace(TABLE, columns=tuple(FormField(name=f"c{n}", label=f"C{n}") for n in range(7)))
    (table,) = inputs(form_sections([many], {}))
    assert not table.is_grid

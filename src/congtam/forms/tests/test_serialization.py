"""A form as a file: written and read again without loss, every problem with its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from congtam.forms.domain.definition import definition_problems
from congtam.forms.domain.flattening import KEYS, from_flat, to_flat
from congtam.forms.serialization.reading import ParsedFormFile, read_form_file
from congtam.forms.serialization.sheets import SheetLine
from congtam.forms.serialization.writing import to_xlsx, to_yaml
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.testing.example_form import FORM

FORM_FILE = (
    *FORM[:-1],
    replace(FORM[-1], help="Ghi rõ\nlý do", label_en="Reason", fill_from="applicant.address"),
)


def read_sheets(content: bytes, name: str) -> Iterator[tuple[str | None, Iterator[SheetLine]]]:
    """The sheets of a workbook, opened as the caller of the engine does it."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise FileUnreadable(file=name, reason=str(error)) from None
    for sheet in workbook.sheet_names:
        yield sheet, iter(list(enumerate(workbook.get_sheet_by_name(sheet).to_python(), 1)))


def read_file(content: bytes, name: str) -> ParsedFormFile:
    return read_form_file(content, name, read_sheets=read_sheets)


@pytest.mark.parametrize(
    ("content", "name"),
    [(to_xlsx(FORM_FILE), "a.xlsx"), (to_yaml(FORM_FILE, procedure="1.001193"), "a.YAML")],
)
def test_what_was_written_is_read_again_without_loss(content: bytes, name: str) -> None:
    listed = read_file(content, name)
    read = from_flat(listed.rows)
    assert (listed.problems, read.problems) == ([], [])
    assert read.fields == FORM_FILE


TEXT = st.text(max_size=12) | st.sampled_from(
    ["a", "a.b", "a.", "rows", "choice", "x | y", "a = b | c", "yes", "today"]
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), TEXT), max_size=6))
def test_any_texts_are_read_into_a_form_or_told_of(rows: list[dict[str, str]]) -> None:
    read = from_flat(rows)
    found = [read.at_row(problem) for problem in definition_problems(read.fields, case_kinds=())]
    if not found and not read.problems:
        assert from_flat(to_flat(read.fields)).fields == read.fields


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    st.sampled_from(["a.xlsx", "a.yaml", "a.txt"]),
)
def test_any_file_is_read_or_refused(content: bytes, name: str) -> None:
    try:
        from_flat(read_file(content, name).rows)
    except FileUnreadable:
        return


@pytest.mark.parametrize(
    "content",
    [b"a: &a [x]\nfields: [*a]", b"fields: " + b"[" * 1000, b"\xff\xfe", b"fields: 5", b"", b"fields: [a"],
)
def test_what_is_no_form_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read_file(content, "a.yaml")


def test_a_long_file_is_refused_and_not_cut_off() -> None:
    field = b"  - {name: a, label: A}\n"
    with pytest.raises(FileUnreadable):
        read_file(b"fields:\n" + field + b"# " + b"x" * (1 << 20), "a.yaml")


@pytest.mark.parametrize(
    "value",
    ["options: {a: [x, y]}", "options: [{value: [x], label: y}]", "shown_when: {field: a, values: [[x]]}"],
)
def test_a_list_where_a_text_is_meant_is_told(value: str) -> None:
    read = read_file(f"fields:\n- label: a\n  kind: choice\n  {value}\n".encode(), "a.yaml")
    assert [(one.code, one.row) for one in read.problems] == [("forms.yaml", 4)]
    assert "Node" not in "".join(read.rows[0].values())

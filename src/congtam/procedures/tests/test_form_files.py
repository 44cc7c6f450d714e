"""An electronic form as a file: written and read again without loss, every problem with its place."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from congtam.foundation.public import console_actor
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.forms import KEYS, from_flat, problems_of_form, to_flat
from congtam.procedures.form_cli import procedures_command
from congtam.procedures.form_writing import to_xlsx, to_yaml
from congtam.procedures.public import desk_procedure, enter_procedure_list
from congtam.procedures.readers.entries import FileUnreadable
from congtam.procedures.readers.form_file import TITLES, read_form_file
from congtam.procedures.tests.test_domain_forms import FORM

CODE = "1.001193"
FORM_FILE = (
    *FORM[:-1],
    replace(FORM[-1], help="Ghi rõ\nlý do", label_en="Reason", fill_from="applicant.address"),
)


def sheet(rows: list[Mapping[str, str]]) -> bytes:
    """A workbook as an officer would fill it in."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Bảng 1")
    page.write_row(1, 0, list(TITLES.values()))
    for number, row in enumerate(rows, 2):
        page.write_row(number, 0, [row.get(key, "") for key in TITLES])
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name"), [(to_xlsx(FORM_FILE), "a.xlsx"), (to_yaml(CODE, FORM_FILE), "a.YAML")]
)
def test_what_was_written_is_read_again_without_loss(content: bytes, name: str) -> None:
    listed = read_form_file(content, name)
    read = from_flat(listed.rows)
    assert (listed.problems, read.problems) == ([], [])
    assert read.fields == FORM_FILE


TEXT = st.text(max_size=12) | st.sampled_from(
    ["a", "a.b", "a.", "rows", "choice", "x | y", "a = b | c", "yes", "today"]
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), TEXT), max_size=6))
def test_any_texts_are_read_into_a_form_or_told_of(rows: list[dict[str, str]]) -> None:
    read = from_flat(rows)
    found = [read.moved(problem) for problem in problems_of_form(read.fields, case_kinds=())]
    if not found and not read.problems:
        assert from_flat(to_flat(read.fields)).fields == read.fields


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    st.sampled_from(["a.xlsx", "a.yaml", "a.txt"]),
)
def test_any_file_is_read_or_refused(content: bytes, name: str) -> None:
    try:
        from_flat(read_form_file(content, name).rows)
    except FileUnreadable:
        return


@pytest.mark.parametrize(
    "content",
    [b"a: &a [x]\nfields: [*a]", b"fields: " + b"[" * 1000, b"\xff\xfe", b"fields: 5", b"", b"fields: [a"],
)
def test_what_is_no_form_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read_form_file(content, "a.yaml")


def test_a_sheet_with_a_cell_in_the_last_corner_is_refused_before_it_is_read() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nhãn", "Kiểu"])
        sheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(FileUnreadable):
        read_form_file(content.getvalue(), "a.xlsx")


def test_a_file_of_another_format_is_not_read_under_the_name_of_this_one() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(FileUnreadable):
        read_form_file(content.getvalue(), "a.xlsx")


def test_a_long_file_is_refused_and_not_cut_off() -> None:
    field = b"  - {name: a, label: A}\n"
    with pytest.raises(FileUnreadable):
        read_form_file(b"fields:\n" + field + b"# " + b"x" * (1 << 20), "a.yaml")


@pytest.fixture
def catalogue(db: None) -> None:
    content = Content(name="Đăng ký khai sinh", case_kinds=(CaseKind(code="late", name="Quá hạn"),))
    enter_procedure_list({CODE: content}, valid_from=date(2026, 1, 1), source="test", actor=console_actor())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(procedures_command, ["form", *arguments])


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("ending", ["xlsx", "yaml"])
def test_a_form_goes_out_and_comes_into_force_elsewhere(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"form.{ending}"
    path.write_bytes(to_yaml(CODE, FORM) if ending == "yaml" else to_xlsx(FORM))
    result = run("import", CODE, str(path), "--ground", "QĐ 12", "--valid-from", "2026-03-01", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["fields"] == len(FORM)
    found = desk_procedure(CODE, date(2026, 3, 1))
    before = desk_procedure(CODE, date(2026, 2, 28))
    assert found is not None
    assert before is not None
    assert (found.form_fields, before.form_fields) == (FORM, ())
    assert told["digest"] == found.digest
    out = tmp_path / f"out.{ending}"
    assert run("export", CODE, str(out)).exit_code == 0
    assert from_flat(read_form_file(out.read_bytes(), out.name).rows).fields == FORM


@pytest.mark.usefixtures("catalogue")
def test_every_problem_of_a_sheet_is_told_with_its_place(tmp_path: Path) -> None:
    rows: list[Mapping[str, str]] = [
        {"label": "Họ và tên", "kind": "một dòng CHỮ", "is_required": "có"},
        {"label": "", "kind": "Số"},
        {"name": "sex", "label": "Giới tính", "kind": "Chọn một", "is_required": "maybe"},
        {"name": "astray.x", "label": "X", "kind": "text"},
        {"label": "Y", "kind": "nothing", "shown_when": "sex", "case_kind": "none"},
    ]
    path = tmp_path / "form.xlsx"
    path.write_bytes(sheet(rows))
    result = run("import", CODE, str(path), "--ground", "QĐ 12", "--json")
    assert result.exit_code == 3
    problems = json.loads(result.stdout)["problems"]
    assert {(problem["sheet"], problem["file"]) for problem in problems} == {("Bảng 1", "form.xlsx")}
    assert {(problem["row"], problem["column"]) for problem in problems} == {
        *((4, "Nhãn"), (4, "Tên trường"), (5, "Bắt buộc"), (5, "Phương án"), (6, "Tên trường")),
        *((7, "Kiểu"), (7, "Hỏi khi"), (7, "Trường hợp")),
    }
    assert desk_procedure(CODE, date(2026, 3, 1)).form_fields == ()  # type: ignore[union-attr]


@pytest.mark.usefixtures("catalogue")
def test_a_problem_of_yaml_names_the_line_and_the_key(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(
        "fields:\n  - label: Tên\n    lable: x\n  - name: a\n    label: A\n    kind: rows\n    columns:\n"
        "      - {name: b, label: B, kind: choice}\n  - just text\n",
        encoding="utf-8",
    )
    result = run("import", CODE, str(path), "--ground", "QĐ 12", "--json")
    found = {(problem["row"], problem["column"]) for problem in json.loads(result.stdout)["problems"]}
    assert found == {(3, "lable"), (8, "options"), (9, None)}


@pytest.mark.usefixtures("catalogue")
def test_wrong_usage_is_told_in_words(tmp_path: Path) -> None:
    assert run("export", "9.9", str(tmp_path / "a.yaml")).exit_code == 1
    assert run("export", CODE, str(tmp_path / "a.txt")).exit_code == 2
    assert run("import", CODE, str(tmp_path / "none.yaml"), "--ground", "x").exit_code == 1

"""The electronic form of a procedure at the console: to a file, and from a file into force."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from congtam.forms.public import from_flat, read_form_file, to_xlsx, to_yaml
from congtam.foundation.public import console_actor
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.form_cli import procedures_command
from congtam.procedures.public import desk_procedure, enter_procedure_list
from congtam.procedures.readers.tables import xlsx_sheets
from congtam.testing.example_form import FORM

CODE = "1.001193"
TITLES: Final = {
    "name": "Tên trường",
    "label": "Nhãn",
    "kind": "Kiểu",
    "is_required": "Bắt buộc",
    "options": "Phương án",
    "shown_when": "Hỏi khi",
    "case_kind": "Trường hợp",
}
"""The columns of a sheet that an officer fills in."""


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


def test_a_sheet_with_a_cell_in_the_last_corner_is_refused_before_it_is_read() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nhãn", "Kiểu"])
        sheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(FileUnreadable):
        read_form_file(content.getvalue(), "a.xlsx", read_sheets=xlsx_sheets)


def test_a_file_of_another_format_is_not_read_under_the_name_of_this_one() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(FileUnreadable):
        read_form_file(content.getvalue(), "a.xlsx", read_sheets=xlsx_sheets)


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
    path.write_bytes(to_yaml(FORM, procedure=CODE) if ending == "yaml" else to_xlsx(FORM))
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
    assert from_flat(read_form_file(out.read_bytes(), out.name, read_sheets=xlsx_sheets).rows).fields == FORM


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

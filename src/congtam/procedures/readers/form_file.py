"""An electronic form as a file: .xlsx with one field a row, or .yaml (tệp tờ khai điện tử)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.vietnamese import fold
from congtam.procedures.domain.forms import MOST_ROWS, Flat
from congtam.procedures.form_wording import codes_of_kinds, codes_of_sources
from congtam.procedures.readers.entries import FileUnreadable, HeaderMissing, TooManyRows
from congtam.procedures.readers.form_yaml import YamlField, read_yaml
from congtam.procedures.readers.tables import header_of, text_in_cell, xlsx_sheets

TITLES: Final = {
    "section": "Mục",
    "name": "Tên trường",
    "label": "Nhãn",
    "kind": "Kiểu",
    "is_required": "Bắt buộc",
    "options": "Phương án",
    "shown_when": "Hỏi khi",
    "case_kind": "Trường hợp",
    "least": "Nhỏ nhất",
    "most": "Lớn nhất",
    "suffix": "Đơn vị",
    "fill_from": "Điền sẵn",
    "help": "Hướng dẫn",
    "label_en": "Nhãn tiếng Anh",
}
"""The columns of a sheet, in order."""
_NEEDED: Final = ("label", "kind")


class UnknownFormat(FileUnreadable):
    """The name of the file says neither .xlsx nor .yaml (định dạng không hỗ trợ)."""

    message = msgid("{file}: an electronic form is read from .xlsx or .yaml.")


@dataclass
class FormFile:
    """The rows of a form as a file has them, where each stands, and what could not be read."""

    file: str
    is_sheet: bool
    rows: list[Flat] = field(default_factory=list)
    lines: list[tuple[str | None, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def located(self, problem: Problem) -> Problem:
        """A problem of a row (``fields.4.options``), told with the place in the file."""
        parts = (problem.column or "").split(".")
        if parts[0] != "fields" or len(parts) != 3 or int(parts[1]) >= len(self.lines):
            return replace(problem, file=self.file)
        sheet, row = self.lines[int(parts[1])]
        title = TITLES.get(parts[2], parts[2]) if self.is_sheet else parts[2]
        return replace(problem, file=self.file, sheet=sheet, row=row, column=title)


def read_form_file(content: bytes, name: str) -> FormFile:
    """Read the rows of a form. Raises FileUnreadable for what is no such file."""
    if name.lower().endswith(".xlsx"):
        return _of_workbook(content, name)
    if name.lower().endswith((".yaml", ".yml")):
        return _of_yaml(content, name)
    raise UnknownFormat(file=name)


def _of_yaml(content: bytes, name: str) -> FormFile:
    found = FormFile(name, is_sheet=False)
    fields, found.problems = read_yaml(content, name)
    for each in fields:
        _add_yaml(found, each)
    if len(found.rows) > MOST_ROWS:
        raise TooManyRows(file=name, most=MOST_ROWS)
    return found


def _add_yaml(found: FormFile, each: YamlField, prefix: str = "") -> None:
    name = each.values.get("name", "")
    found.rows.append({**each.values, "name": prefix + name} if prefix or name else each.values)
    found.lines.append((None, each.line))
    for column in each.columns:
        _add_yaml(found, column, f"{prefix}{name}.")


def _of_workbook(content: bytes, name: str) -> FormFile:
    found = FormFile(name, is_sheet=True)
    is_form = False
    for sheet, lines in xlsx_sheets(content, name):
        header = header_of(lines, TITLES, needed=_NEEDED)
        if header:
            is_form = True
            for number, cells in lines:
                _add_cells(found, header, cells, at=(sheet, number))
    if not is_form:
        raise HeaderMissing(file=name, columns=", ".join(TITLES[key] for key in _NEEDED))
    return found


def _add_cells(
    found: FormFile, header: Mapping[str, int], cells: Sequence[Any], *, at: tuple[str | None, int]
) -> None:
    row = {key: _cell(cells[place]) if place < len(cells) else "" for key, place in header.items()}
    if not any(text.strip() for text in row.values()):
        return
    if len(found.rows) >= MOST_ROWS:
        raise TooManyRows(file=found.file, most=MOST_ROWS)
    row["kind"] = codes_of_kinds().get(fold(row["kind"]), row["kind"])
    if "fill_from" in row:
        row["fill_from"] = codes_of_sources().get(fold(row["fill_from"]), row["fill_from"])
    found.rows.append(row)
    found.lines.append(at)


def _cell(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else text_in_cell(value)

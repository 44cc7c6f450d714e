"""An electronic form as a file: .xlsx with one field a row, or .yaml (tệp tờ khai điện tử)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from congtam.forms.domain.flattening import MOST_ROWS, FlatRow
from congtam.forms.serialization.errors import FormFileFormatUnknown
from congtam.forms.serialization.sheets import SheetLine, SheetReader, cell_text, find_header_columns
from congtam.forms.serialization.yaml_fields import YamlField, read_yaml
from congtam.forms.wording import kind_codes_by_name, source_codes_by_name
from congtam.kernel.errors import Problem
from congtam.kernel.input.unreadable_files import FileHeaderMissing, FileTooManyRows
from congtam.kernel.vietnamese import fold

TITLES: Final = {
    "section": "Mục",
    "name": "Tên trường",
    "label": "Nhãn",
    "kind": "Kiểu",
    "is_required": "Bắt buộc",
    "options": "Phương án",
    "shown_when": "Hỏi khi",
    "case_kind": "Trường hợp",
    "minimum": "Nhỏ nhất",
    "maximum": "Lớn nhất",
    "suffix": "Đơn vị",
    "fill_from": "Điền sẵn",
    "help": "Hướng dẫn",
    "label_en": "Nhãn tiếng Anh",
}
"""The columns of a sheet, in order."""
_REQUIRED: Final = ("label", "kind")


@dataclass
class ParsedFormFile:
    """The rows of a form as a file has them, where each stands, and what could not be read."""

    file: str
    is_sheet: bool
    rows: list[FlatRow] = field(default_factory=list)
    lines: list[tuple[str | None, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def locate_problem(self, problem: Problem) -> Problem:
        """A problem of a row (``fields.4.options``)with its place in the file."""
        parts = (problem.column or "").split(".")
        if parts[0] != "fields" or len(parts) != 3 or int(parts[1]) >= len(self.lines):
            return replace(problem, file=self.file)
        sheet, row = self.lines[int(parts[1])]
        title = TITLES.get(parts[2], parts[2]) if self.is_sheet else parts[2]
        return replace(problem, file=self.file, sheet=sheet, row=row, column=title)


def read_form_file(content: bytes, name: str, *, read_sheets: SheetReader) -> ParsedFormFile:
    """Read the rows of a form from .xlsx, opened by ``read_sheets``, or .yaml.

    Raises FileUnreadable, or what ``read_sheets`` raises, for what is no such file.
    """
    if name.lower().endswith(".xlsx"):
        return _parse_sheets(read_sheets(content, name), name)
    if name.lower().endswith((".yaml", ".yml")):
        return _parse_yaml_file(content, name)
    raise FormFileFormatUnknown(file=name)


def _parse_yaml_file(content: bytes, name: str) -> ParsedFormFile:
    file = ParsedFormFile(name, is_sheet=False)
    fields, file.problems = read_yaml(content, name)
    for each in fields:
        _add_yaml(file, each)
    if len(file.rows) > MOST_ROWS:
        raise FileTooManyRows(file=name, maximum=MOST_ROWS)
    return file


def _add_yaml(file: ParsedFormFile, each: YamlField, prefix: str = "") -> None:
    name = each.values.get("name", "")
    file.rows.append({**each.values, "name": prefix + name} if prefix or name else each.values)
    file.lines.append((None, each.line))
    for column in each.columns:
        _add_yaml(file, column, f"{prefix}{name}.")


def _parse_sheets(sheets: Iterable[tuple[str | None, Iterator[SheetLine]]], name: str) -> ParsedFormFile:
    file = ParsedFormFile(name, is_sheet=True)
    is_form = False
    for sheet, lines in sheets:
        header = find_header_columns(lines, TITLES, required=_REQUIRED)
        if header:
            is_form = True
            for number, cells in lines:
                _add_cells(file, header, cells, location=(sheet, number))
    if not is_form:
        raise FileHeaderMissing(file=name, columns=", ".join(TITLES[key] for key in _REQUIRED))
    return file


def _add_cells(
    file: ParsedFormFile, header: Mapping[str, int], cells: Sequence[Any], *, location: tuple[str | None, int]
) -> None:
    row = {key: cell_text(cells[column]) if column < len(cells) else "" for key, column in header.items()}
    if not any(text.strip() for text in row.values()):
        return
    if len(file.rows) >= MOST_ROWS:
        raise FileTooManyRows(file=file.file, maximum=MOST_ROWS)
    row["kind"] = kind_codes_by_name().get(fold(row["kind"]), row["kind"])
    if "fill_from" in row:
        row["fill_from"] = source_codes_by_name().get(fold(row["fill_from"]), row["fill_from"])
    file.rows.append(row)
    file.lines.append(location)

"""Tables of a file: the sheets of a workbook, the lines of a .csv, and which column is which."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from congtam.kernel.input.csv_text import parse_csv
from congtam.kernel.input.unreadable_files import FileNotUtf8, FileUnreadable
from congtam.kernel.sheet_span import check_workbook
from congtam.kernel.vietnamese import fold, nfc

_HEADER_WITHIN: Final = 15

Line = tuple[int, Sequence[Any]]
"""The number of a row, from 1, and its cells."""


def csv_lines(content: bytes, name: str) -> Iterator[tuple[str | None, Iterator[Line]]]:
    """The lines of a .csv with either separator, as the only sheet, which has no name."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUtf8(file=name, byte=error.start) from None
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    yield None, rows_of_csv(text, name, separator=separator)


def rows_of_csv(text: str, name: str, *, separator: str = ",") -> Iterator[Line]:
    """The rows of a .csv; raises FileUnreadable, which names the file, for what is no table."""
    try:
        yield from parse_csv(text, delimiter=separator)
    except ValueError as error:
        raise FileUnreadable(file=name, reason=str(error)) from None


def xlsx_sheets(content: bytes, name: str) -> Iterator[tuple[str | None, Iterator[Line]]]:
    """The sheets of a workbook, by name."""
    try:
        check_workbook(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            yield (
                sheet,
                iter(list(enumerate(workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False), 1))),
            )
    except (CalamineError, OSError, ValueError) as error:
        raise FileUnreadable(file=name, reason=str(error)) from None


def locate_columns(
    lines: Iterator[Line], titles: Mapping[str, str], *, needed: Collection[str]
) -> dict[str, int]:
    """Where each known column stands; empty where the first rows hold no header."""
    for _, (_number, cells) in zip(range(_HEADER_WITHIN), lines, strict=False):
        names = [" ".join(fold(str(cell or "")).split()) for cell in cells]
        header = {key: names.index(fold(title)) for key, title in titles.items() if fold(title) in names}
        if all(key in header for key in needed):
            return header
    return {}


def text_of_cell(value: object) -> str:
    """A cell as one line of text; a whole number without decimals."""
    return " ".join(text_in_cell(value).split())


def text_in_cell(value: object) -> str:
    """A cell as text with its line breaks."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)) if value is not None else ""

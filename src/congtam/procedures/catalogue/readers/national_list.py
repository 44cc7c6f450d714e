"""The national list of procedures as the portal exports it: .csv, or .xlsx with a title above the header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from congtam.kernel.errors import msgid
from congtam.kernel.input.unreadable_files import FileHeaderMissing, FileNotUtf8, FileUnreadable
from congtam.kernel.sheet_span import check_workbook
from congtam.kernel.vietnamese import nfc
from congtam.procedures.domain.content import Content
from congtam.procedures.readers.entries import COLUMN_CODE, CatalogueEntry, Read, problem
from congtam.procedures.readers.tables import rows_of_csv

_REQUIRED: Final = (COLUMN_CODE, "Tên")
_PARTS: Final = {
    "name": "Tên",
    "issuing_agency": "Cơ quan ban hành",
    "executing_agency": "Cơ quan thực hiện",
    "field_name": "Lĩnh vực",
    "url": "URL",
}
_LONGEST: Final = {"name": 2000, "issuing_agency": 500, "field_name": 300, "url": 500}
_HEADER_WITHIN: Final = 10
_MOST_BRACKETS: Final = 20_000_000
"""The list of the whole country is read on the console, where it may take its time."""

Line = tuple[int, Sequence[str]]


def read_csv(path: Path) -> Read:
    """The lines of a .csv; UTF-8, with or without a byte order mark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUtf8(file=path.name, byte=error.start) from None
    yield from _read_lines(rows_of_csv(text, path.name), path.name)


def read_xlsx(path: Path) -> Read:
    """The rows of every sheet that has the header of the list."""
    try:
        check_workbook(path.read_bytes(), most_brackets=_MOST_BRACKETS)
        workbook = CalamineWorkbook.from_path(path)
        sheet = workbook.get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, IndexError, ValueError) as error:
        raise FileUnreadable(file=path.name, reason=str(error)) from None
    yield from _read_lines(
        ((number, [str(cell) for cell in row]) for number, row in enumerate(sheet, 1)), path.name
    )


def _read_lines(lines: Iterable[Line], file: str) -> Read:
    rows = iter(lines)
    header = _find_header(rows, file)
    first_rows: dict[str, int] = {}
    for number, cells in rows:
        values = dict(zip(header, (nfc(str(cell)).strip() for cell in cells), strict=False))
        if any(values.values()):
            yield from _read_entry(values, number, first_rows)


def _find_header(rows: Iterator[Line], file: str) -> list[str]:
    for _, (_number, cells) in zip(range(_HEADER_WITHIN), rows, strict=False):
        header = [nfc(str(cell)).strip() for cell in cells]
        if all(name in header for name in _REQUIRED):
            return header
    raise FileHeaderMissing(file=file, columns=", ".join(_REQUIRED))


def _read_entry(values: dict[str, str], row: int, first_rows: dict[str, int]) -> Read:
    code = values.get(COLUMN_CODE, "")
    if not code:
        yield problem("code_missing", msgid("The procedure has no code."), row=row, column=COLUMN_CODE)
        return
    if code in first_rows:
        message = msgid("The code {duplicate} is already in row {first}.")
        advice = msgid("Keep one of the two rows.")
        yield problem(
            "code_twice",
            message,
            row=row,
            column=COLUMN_CODE,
            advice=advice,
            duplicate=code,
            first=first_rows[code],
        )
        return
    first_rows[code] = row
    too_long = [part for part, most in _LONGEST.items() if len(values.get(_PARTS[part], "")) > most]
    if not values.get("Tên"):
        yield problem("name_missing", msgid("The procedure has no name."), row=row, column="Tên")
    elif too_long:
        column = _PARTS[too_long[0]]
        yield problem(
            "too_long", msgid("The text is too long for a catalogue entry."), row=row, column=column
        )
    else:
        parts: dict[str, Any] = {part: _one_line(values.get(column, "")) for part, column in _PARTS.items()}
        yield CatalogueEntry(code=code, content=Content(**parts), is_list=True, row=row)


def _one_line(text: str) -> str:
    """Agencies are listed one to a line in the portal's files; here they are separated by semicolons."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "; ".join(line for line in lines if line)

"""A year's list of days off as a file (danh mục ngày nghỉ): .xlsx or .csv, one day a row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.csv_text import parse_csv
from congtam.kernel.input.days import day_or_none
from congtam.kernel.sheet_span import check_workbook
from congtam.kernel.vietnamese import fold, nfc
from congtam.work_calendar.domain.corrections import ORDINARY, DayChange

MOST_ROWS: Final = 2000
LARGEST: Final = 2_000_000
COLUMNS: Final = {
    "day": ("ngay", "day", "date"),
    "kind": ("loai", "kind"),
    "reason": ("ly do", "noi dung", "reason"),
    "source": ("can cu", "source"),
}
"""The headings a column is known by, folded; the first word of a heading is enough."""
_KINDS: Final = {
    "day_off": ("day_off", "nghi", "ngay nghi", "nghi bu", "nghi le"),
    "make_up": ("make_up", "lam bu", "lam viec bu", "ngay lam bu"),
    "half_day": ("half_day", "nua ngay", "buoi sang", "ngay lam viec buoi sang"),
    ORDINARY: ("ordinary", "ngay thuong", "bo"),
}
_HEADER_WITHIN: Final = 15


def read_day_list(content: bytes, name: str, *, source: str = "") -> list[DayChange]:
    """The days a file lists; ``source`` stands where a row names none.

    Raises InputRefused with every row that cannot be read.
    """
    rows = list(_read_rows(content, name))
    header_index, header = _find_header(rows)
    changes: list[DayChange] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[header_index + 1 :], start=header_index + 2):
        cells = {column: row[at] if at < len(row) else "" for column, at in header.items()}
        if not any(str(cell or "").strip() for cell in cells.values()):
            continue
        wrong = list(_row_problems(cells, number))
        problems += wrong
        if not wrong:
            changes.append(_read_change(cells, number, source=source))
    if problems:
        raise InputRefused(problems)
    return changes


def _read_rows(content: bytes, name: str) -> Iterator[Sequence[Any]]:
    if len(content) > LARGEST:
        raise _unreadable_file(msgid("The file is too large for a list of days."))
    if name.lower().endswith(".csv"):
        text = _decode_utf8(content)
        signs = ";" if text.count(";") > text.count(",") else ","
        try:
            rows: list[list[Any]] = [row for _line, row in parse_csv(text, delimiter=signs)]
        except ValueError:
            raise _unreadable_file(msgid("The file is neither .xlsx nor .csv.")) from None
    else:
        try:
            check_workbook(content)
            rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        except (CalamineError, OSError, IndexError, ValueError):
            raise _unreadable_file(msgid("The file is neither .xlsx nor .csv.")) from None
    if len(rows) > MOST_ROWS:
        raise _unreadable_file(msgid("The file has too many rows for a list of days."))
    yield from rows


def _decode_utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable_file(msgid("The text of the file is not UTF-8.")) from None


def _find_header(rows: list[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """The row of headings and the place of each column."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [fold(nfc(str(cell or ""))).strip() for cell in row]
        columns = {
            column: next((at for at, name in enumerate(names) if name.startswith(heading)), -1)
            for column, heading in COLUMNS.items()
        }
        if columns["day"] >= 0 and columns["kind"] >= 0:
            return index, {column: at for column, at in columns.items() if at >= 0}
    raise _unreadable_file(msgid("The columns “Ngày” and “Loại” were not found."))


def _row_problems(cells: dict[str, Any], row: int) -> Iterator[Problem]:
    if _parse_day(cells["day"]) is None:
        yield Problem(
            code="day_unreadable",
            message=msgid("“{text}” is not a date."),
            data={"text": str(cells["day"])[:40]},
            row=row,
            column="day",
            advice=msgid("Enter it as 02/09/2026."),
        )
    if _parse_kind(cells["kind"]) is None:
        yield Problem(
            code="kind_unknown",
            message=msgid("“{kind}” is not a kind of day. Choose day off, make-up day or half day."),
            data={"kind": str(cells["kind"])[:40]},
            row=row,
            column="kind",
        )


def _read_change(cells: dict[str, Any], row: int, *, source: str) -> DayChange:
    day, kind = _parse_day(cells["day"]), _parse_kind(cells["kind"])
    assert day is not None  # noqa: S101 - rows with problems do not come here
    return DayChange(
        day=day,
        kind=kind or ORDINARY,
        reason=_cell_text(cells.get("reason")),
        source=_cell_text(cells.get("source")) or source,
        row=row,
    )


def _cell_text(cell: Any) -> str:
    return nfc(str(cell or "")).strip()


def _parse_day(cell: Any) -> date | None:
    return day_or_none(cell if isinstance(cell, date) else str(cell))


def _parse_kind(cell: Any) -> str | None:
    text = fold(_cell_text(cell))
    return next((kind for kind, synonyms in _KINDS.items() if text in synonyms), None)


def _unreadable_file(message: str) -> InputRefused:
    return InputRefused([Problem(code="file_unreadable", message=message, column="file")])

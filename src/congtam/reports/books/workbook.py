"""The whole book as .xlsx (sổ theo dõi dạng bảng tính), written line by line so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from congtam.dossiers.printing.public import BookLine
from congtam.kernel.clock import LOCAL
from congtam.kernel.spreadsheets import INERT_OPTIONS
from congtam.reports.books.columns import COLUMNS, STATES_VI

ROWS_ON_SHEET: Final = 1_000_000
_WIDE: Final = {1: 24, 2: 48, 4: 26, 5: 34, 6: 14, 7: 17, 8: 17, 9: 17, 12: 18}


def write_book(path: Path, lines: Iterable[BookLine]) -> None:
    """Write every line; dates are dates, codes and phones are texts, and no text is run as a formula."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "tmpdir": str(path.parent), **INERT_OPTIONS}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet: Any = None
    for index, line in enumerate(lines):
        row = index % ROWS_ON_SHEET
        if row == 0:
            sheet = _add_sheet(book, head)
        _write_line(sheet, row + 1, index + 1, line=line, moment=moment)
    if sheet is None:
        _add_sheet(book, head)
    book.close()


def _add_sheet(book: Any, head: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 2)
    for at, wide in _WIDE.items():
        sheet.set_column(at, at, wide)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.title, head)
    return sheet


def _write_line(sheet: Any, row: int, position: int, *, line: BookLine, moment: Any) -> None:
    sheet.write_number(row, 0, position)
    sheet.write_string(row, 1, line.code)
    sheet.write_string(row, 2, line.procedure)
    sheet.write_number(row, 3, line.sets)
    for at, text in ((4, line.applicant), (5, line.address), (6, line.phone)):
        sheet.write_string(row, at, text)
    for at, instant in ((7, line.received_at), (8, line.due_at), (9, line.returned_at)):
        if instant is not None:
            sheet.write_datetime(row, at, _local_naive_time(instant), moment)
    sheet.write_string(row, 12, STATES_VI.get(line.state, line.state))


def _local_naive_time(instant: datetime) -> datetime:
    """A spreadsheet knows no zones: the hour of Vietnam."""
    return instant.astimezone(LOCAL).replace(tzinfo=None)

"""A counted form as .xlsx (bảng tính): numbers as numbers, texts as texts that are never run as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from congtam.kernel.spreadsheets import INERT_OPTIONS, OFFICIAL_FONT
from congtam.org_units.public import unit_name
from congtam.reports.statistics.counting import Counted
from congtam.reports.statistics.document import notes_of, period_line
from congtam.reports.statistics.head import head_rows
from congtam.reports.statistics.rows import row_name
from congtam.typesetting.public import HeadCell

_HEAD_AT: Final = 4


def statistics_workbook(counted: Counted) -> bytes:
    """One sheet in the layout of the circular."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **INERT_OPTIONS})
    sheet = book.add_worksheet("Biểu")
    _set_page(sheet, counted)
    _write_title(book, sheet, counted)
    head = head_rows(counted.question.form, "vi")
    _write_head(book, sheet, head)
    last = _write_rows(book, sheet, counted, first=_HEAD_AT + len(head))
    for row, note in enumerate(notes_of(counted), start=last + 1):
        sheet.write_string(row, 1, note, book.add_format(OFFICIAL_FONT))
    book.close()
    return target.getvalue()


def cells_at(head: tuple[tuple[HeadCell, ...], ...]) -> Iterator[tuple[int, int, HeadCell]]:
    """Each cell of a head of several rows with its row and column."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(head):
        at = 0
        for cell in cells:
            while (row, at) in taken:
                at += 1
            yield row, at, cell
            taken |= {(row + down, at + right) for down in range(cell.rows) for right in range(cell.columns)}


def _set_page(sheet: Any, counted: Counted) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 38)
    sheet.set_column(2, len(counted.question.form.columns) + 1, 11)


def _write_title(book: Any, sheet: Any, counted: Counted) -> None:
    form = counted.question.form
    bold = book.add_format({**OFFICIAL_FONT, "bold": True, "font_size": 13})
    sheet.write_string(0, 0, f"Biểu số {form.code}", book.add_format({**OFFICIAL_FONT, "bold": True}))
    sheet.write_string(1, 0, form.ground, book.add_format(OFFICIAL_FONT))
    sheet.write_string(2, 0, form.title["vi"], bold)
    line = f"Đơn vị báo cáo: {reporting_unit_name(counted)}. {period_line(counted.question)}"
    sheet.write_string(3, 0, line, book.add_format({**OFFICIAL_FONT, "italic": True}))


def reporting_unit_name(counted: Counted) -> str:
    """What the reporting unit was called at the end of the period."""
    return unit_name(counted.question.unit, counted.question.period.last_day)


def _write_head(book: Any, sheet: Any, head: tuple[tuple[HeadCell, ...], ...]) -> None:
    style = book.add_format(
        {
            **OFFICIAL_FONT,
            "bold": True,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
    )
    for row, at, cell in cells_at(head):
        top = _HEAD_AT + row
        if cell.rows == cell.columns == 1:
            sheet.write_string(top, at, cell.title, style)
        else:
            sheet.merge_range(top, at, top + cell.rows - 1, at + cell.columns - 1, cell.title, style)


def _write_rows(book: Any, sheet: Any, counted: Counted, *, first: int) -> int:
    text = book.add_format({**OFFICIAL_FONT, "border": 1, "text_wrap": True})
    plain = book.add_format({**OFFICIAL_FONT, "border": 1, "num_format": "#,##0"})
    bold = book.add_format({**OFFICIAL_FONT, "border": 1, "num_format": "#,##0", "bold": True})
    at = first
    for position, row in enumerate(counted.rows, start=1):
        sheet.write_number(at, 0, position, plain)
        sheet.write_string(at, 1, row_name(row.key, counted.question, "vi"), text)
        sheet.write_row(at, 2, list(row.values.values()), plain)
        at += 1
    sheet.write_blank(at, 0, None, bold)
    sheet.write_string(at, 1, "Tổng cộng", bold)
    sheet.write_row(at, 2, list(counted.total.values.values()), bold)
    return at

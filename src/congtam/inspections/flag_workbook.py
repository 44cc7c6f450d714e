"""The dossiers of all red flags as one workbook (danh sách hồ sơ có dấu hiệu), a sheet for each flag.

The words are Vietnamese and not translated: the file goes with an official document. The same dossiers give the same
bytes, so that its digest can be named in the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from congtam.inspections.domain.content import DossierLine, FlagLine, PackContent
from congtam.kernel.periods import Period
from congtam.kernel.spreadsheets import INERT_OPTIONS, OFFICIAL_FONT

Flagged = Sequence[tuple[FlagLine, Sequence[DossierLine]]]
_CREATED: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - a constant: the file says nothing of when it was made
_COLUMNS: Final = (
    ("TT", 5), ("Mã hồ sơ", 26), ("Đơn vị", 30), ("Thủ tục", 60), ("Tiếp nhận", 17), ("Hẹn trả", 17),
    ("Kết thúc", 17), ("Ý kiến giải trình của đơn vị", 40),
)  # fmt: skip
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\\']")
_LONGEST_NAME: Final = 31


def flag_workbook(content: PackContent, flagged: Flagged, unit_names: Mapping[str, str]) -> bytes:
    """A sheet that lists the flags, then one for each flag that names dossiers."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **INERT_OPTIONS})
    book.set_properties({"created": _CREATED})
    styles = {
        "title": book.add_format({**OFFICIAL_FONT, "bold": True, "font_size": 13}),
        "head": book.add_format(
            {
                **OFFICIAL_FONT,
                "bold": True,
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        ),
        "cell": book.add_format({**OFFICIAL_FONT, "border": 1, "valign": "top", "text_wrap": True}),
        "time": book.add_format(
            {**OFFICIAL_FONT, "border": 1, "valign": "top", "num_format": "dd/mm/yyyy hh:mm"}
        ),
    }
    _write_overview(book, styles, content=content, flagged=flagged)
    for number, (flag, rows) in enumerate(flagged, start=1):
        _write_flag(book.add_worksheet(sheet_name(number, flag)), styles, flag, rows=rows, names=unit_names)
    book.close()
    return target.getvalue()


def sheet_name(number: int, flag: FlagLine) -> str:
    """The name of a flag's sheet: at most 31 signs, none of those that spreadsheet programs refuse.

    Numbered, for two long names may begin alike; a longer one ends with a whole word.
    """
    name = f"{number}. {_NOT_IN_NAMES.sub(' ', flag.name.vi)}"
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition(" ")[0]
    return name.strip()


def _write_overview(book: Any, styles: Mapping[str, Any], *, content: PackContent, flagged: Flagged) -> None:
    sheet = book.add_worksheet("Tổng hợp")
    _set_page(sheet, ((5, 0), (34, 1), (70, 2), (14, 3), (14, 4)))
    period = Period.parse(content.period).label("vi")
    sheet.write_string(
        0, 0, f"Hồ sơ có dấu hiệu cần kiểm tra: {content.unit.name}, {period}", styles["title"]
    )
    for at, text in enumerate(("TT", "Trang", "Vì sao cần kiểm tra", "Số hồ sơ nêu tên", "Số dự kiến")):
        sheet.write_string(2, at, text, styles["head"])
    for number, (flag, rows) in enumerate(flagged, start=1):
        row = number + 2
        sheet.write_number(row, 0, number, styles["cell"])
        sheet.write_string(row, 1, sheet_name(number, flag), styles["cell"])
        sheet.write_string(row, 2, flag.why.vi, styles["cell"])
        sheet.write_number(row, 3, len(rows), styles["cell"])
        if flag.expected is None:
            sheet.write_blank(row, 4, None, styles["cell"])
        else:
            sheet.write_number(row, 4, flag.expected, styles["cell"])


def _write_flag(
    sheet: Any,
    styles: Mapping[str, Any],
    flag: FlagLine,
    *,
    rows: Sequence[DossierLine],
    names: Mapping[str, str],
) -> None:
    _set_page(sheet, tuple((wide, at) for at, (_, wide) in enumerate(_COLUMNS)))
    sheet.write_string(0, 0, f"{flag.name.vi}: {len(rows)} hồ sơ", styles["title"])
    for at, (title, _) in enumerate(_COLUMNS):
        sheet.write_string(2, at, title, styles["head"])
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    for number, row in enumerate(rows, start=1):
        at = number + 2
        sheet.write_number(at, 0, number, styles["cell"])
        for column, text in enumerate((row.code, names.get(row.unit, row.unit), row.procedure), start=1):
            sheet.write_string(at, column, text, styles["cell"])
        for column, instant in enumerate((row.received_on, row.due_on, row.finished_on), start=4):
            _write_instant(sheet, at, column, text=instant, styles=styles)
        sheet.write_blank(at, len(_COLUMNS) - 1, None, styles["cell"])


def _write_instant(sheet: Any, row: int, column: int, *, text: str, styles: Mapping[str, Any]) -> None:
    if text:
        sheet.write_datetime(row, column, datetime.fromisoformat(text), styles["time"])
    else:
        sheet.write_blank(row, column, None, styles["cell"])


def _set_page(sheet: Any, widths: Sequence[tuple[int, int]]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for wide, at in widths:
        sheet.set_column(at, at, wide)

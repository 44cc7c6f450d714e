"""The sheet in which internal processes are listed, to be filled in (tệp mẫu quy trình nội bộ)."""

from __future__ import annotations

import io
from typing import Final

import xlsxwriter

from congtam.kernel.spreadsheets import INERT_OPTIONS
from congtam.procedures.processes.process_list import COLUMNS

_EXAMPLE: Final = (
    ("1.001193", "QTTP-01", "", "", "", "", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "Công chức Một cửa", 1, ""),
    ("", "", "", "", "", "", "Thẩm định hồ sơ", "Phòng chuyên môn", "Chuyên viên", 4, "Dự thảo kết quả"),
    ("", "", "", "", "", "", "Ký duyệt", "Lãnh đạo", "Lãnh đạo đơn vị", 2, "Kết quả đã ký"),
    ("", "", "", "", "", "", "Trả kết quả", "Bộ phận Một cửa", "Công chức Một cửa", 1, ""),
)
_ORDER: Final = (
    *("procedure", "process", "decision", "decided_on", "valid_from", "unit"),
    *("name", "office", "role", "hours", "product"),
)


def template_sheet() -> bytes:
    """The file as bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **INERT_OPTIONS})
    sheet = book.add_worksheet("Quy trình nội bộ")
    sheet.write_row(0, 0, [COLUMNS[key] for key in _ORDER], book.add_format({"bold": True, "bottom": 1}))
    for number, row in enumerate(_EXAMPLE, 1):
        sheet.write_row(number, 0, row)
    sheet.set_column(0, len(_ORDER) - 1, 18)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()

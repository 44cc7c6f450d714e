"""Reading .xlsx (tệp Excel)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from congtam.tabular.problems import refused
from congtam.tabular.readers.archives import check_archive
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.tables import Line


def xlsx_lines(path: Path, *, sheet: str | None, limits: ReadLimits) -> tuple[str, Iterator[Line]]:
    """The name of the sheet read and its rows; raises InputRefused for what cannot be read."""
    check_archive(path, limits)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise refused("sheet_missing", name=sheet, known=", ".join(names))
        if not names:
            raise refused("file_empty")
        name = sheet or names[0]
        return name, _lines(workbook.get_sheet_by_name(name), limits)
    except (CalamineError, OSError, ValueError) as error:
        raise refused("file_damaged", reason=str(error)) from None


def _lines(sheet: CalamineSheet, limits: ReadLimits) -> Iterator[Line]:
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        if all(cell == "" for cell in cells):
            continue
        if any(isinstance(cell, str) and len(cell) > limits.cell_characters for cell in cells):
            raise refused("cell_too_long", row=row, limit=limits.cell_characters, sheet=sheet.name)
        yield row, [None if cell == "" else cell for cell in cells]

"""Reading .xlsx (tệp Excel)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.archives import check_archive
from congtam.tabular.readers.cell_marks import CellMarks, read_marks
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.tables import Line


def xlsx_lines(path: Path, *, sheet: str | None, limits: ReadLimits) -> tuple[str, Iterator[Line]]:
    """The name of the sheet read and its rows; raises InputRefused for what cannot be read."""
    check_archive(path, limits)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise file_refusal("sheet_missing", name=sheet, known=", ".join(names))
        if not names:
            raise file_refusal("file_empty")
        name = sheet or names[0]
        with zipfile.ZipFile(path) as archive:
            marks = read_marks(archive, name)
        return name, _sheet_lines(workbook.get_sheet_by_name(name), limits, marks)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, expat.ExpatError) as error:
        raise file_refusal("file_damaged", reason=str(error)) from None


def _sheet_lines(sheet: CalamineSheet, limits: ReadLimits, marks: CellMarks) -> Iterator[Line]:
    first_column = sheet.start[1] + 1 if sheet.start else 1
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        marks.apply(row, first_column, cells)
        if all(cell == "" for cell in cells):
            continue
        if any(isinstance(cell, str) and len(cell) > limits.cell_characters for cell in cells):
            raise file_refusal("cell_too_long", row=row, limit=limits.cell_characters, sheet=sheet.name)
        yield row, _blank_to_none(cells)


def _blank_to_none(cells: list[Any]) -> list[Any]:
    return [None if cell == "" else cell for cell in cells]

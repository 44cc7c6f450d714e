"""Sheets that reach so far that they do not fit in memory are refused (phạm vi trang tính)."""

from __future__ import annotations

import zipfile

from congtam.kernel.sheet_span import measure_span
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import ReadLimits


def check_span(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: ReadLimits, *, most_brackets: int
) -> int:
    """How many elements a part has, by its brackets; refuses one with more than ``most_brackets``.

    Also refuses one with a cell so far out that the rectangle up to it does not fit in memory.
    """
    try:
        span = measure_span(archive, part, most_brackets=most_brackets)
    except ValueError as error:
        raise file_refusal("file_damaged", reason=str(error)) from None
    if span.cells > limits.sheet_cells:
        raise file_refusal("sheet_too_wide", rows=span.rows, columns=span.columns)
    return span.brackets

"""The head of a reporting form (tiêu đề bảng): groups over columns, and the row of column numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from congtam.reports.statistics.definitions import CountedColumn, StatisticsForm
from congtam.typesetting.public import HeadCell

FIRST_COLUMNS: Final = {
    "field": {"vi": ("TT", "Lĩnh vực"), "en": ("No.", "Field of work")},
    "unit": {"vi": ("TT", "Đơn vị"), "en": ("No.", "Unit")},
}


def head_rows(form: StatisticsForm, language: str) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of the head in a language, the last one with the numbers of the columns."""
    depth = max(len(column.path) for column in form.columns) + 1
    rows = [list(_level_cells(form, level, depth, language=language)) for level in range(depth)]
    rows[0] = [HeadCell(title, rows=depth) for title in FIRST_COLUMNS[form.by][language]] + rows[0]
    numbers = (HeadCell(f"({number})") for number in range(1, form.columns[-1].number + 1))
    return (*(tuple(row) for row in rows), tuple(numbers))


def _level_cells(form: StatisticsForm, level: int, depth: int, *, language: str) -> Iterator[HeadCell]:
    """The cells of one row: groups that begin here, and columns whose title begins here."""
    for path, run in groupby(form.columns, key=lambda column: _head_group(column, level)):
        columns = list(run)
        if path is None:
            continue
        if len(path) > level:
            yield HeadCell(form.groups[path[level]][language], columns=len(columns))
        else:
            yield from (HeadCell(column.title[language], rows=depth - level) for column in columns)


def _head_group(column: CountedColumn, level: int) -> tuple[str, ...] | None:
    """What a column is grouped by in a row of the head; None where a cell from above covers it."""
    if len(column.path) < level:
        return None
    return column.path[: level + 1]

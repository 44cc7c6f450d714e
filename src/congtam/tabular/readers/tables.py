"""What every flat file shares: the header, the width of rows, their turning into cases (bảng dữ liệu)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, Final

from congtam.kernel.errors import InputRefused, Problem
from congtam.kernel.vietnamese import nfc
from congtam.tabular.cells import strip_invisible_characters
from congtam.tabular.problems import file_refusal, problem
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.records import SourceCase, SourceRow

_HEADER_AMONG: Final = 30
Line = tuple[int, Sequence[Any]]
"""The number of a row as a person counts, and its cells."""


@dataclass
class SourceTable:
    """A flat file being read: its columns, its rows, and what was noticed on the way."""

    columns: list[str]
    lines: Iterator[Line]
    sheet: str | None = None
    notices: list[Problem] = field(default_factory=list)


def find_header(
    lines: Iterable[Line],
    *,
    expected: Sequence[Sequence[str]],
    needed: Sequence[Sequence[str]],
    limits: ReadLimits,
) -> tuple[list[str], Iterator[Line], list[Problem]]:
    """The header is the one of the first rows that holds most of the wanted columns; the rows after it follow.

    Both lists hold alternatives of which one must be there. Raises InputRefused when a ``needed`` column is missing.
    """
    remaining = iter(lines)
    first = list(islice(remaining, _HEADER_AMONG))
    if not first:
        raise file_refusal("file_empty")
    names = {name for alternatives in expected for name in alternatives}
    best = max(
        range(len(first)), key=lambda index: (len(names & set(_column_names(first[index][1]))), -index)
    )
    columns = _column_names(first[best][1])
    if len(columns) > limits.columns:
        raise file_refusal("columns_too_many", limit=limits.columns)
    if any("\x00" in name for name in columns):
        raise file_refusal("header_unreadable", row=first[best][0])
    notices = _check_columns(columns, expected=expected, needed=needed, row=first[best][0])
    following = first[best + 1 :] or list(islice(remaining, 1))
    if not following:
        notices.append(problem("rows_none", severity="warning"))
    return columns, chain(following, remaining), notices


def _column_names(cells: Sequence[Any]) -> list[str]:
    return [nfc(strip_invisible_characters(str(cell))).strip() if cell is not None else "" for cell in cells]


def _check_columns(
    columns: list[str], *, expected: Sequence[Sequence[str]], needed: Sequence[Sequence[str]], row: int
) -> list[Problem]:
    missing = [" / ".join(names) for names in needed if not set(names) & set(columns)]
    if missing:
        present = ", ".join(columns[:40]) + (" …" if len(columns) > 40 else "")
        raise InputRefused([problem("columns_missing", row=row, missing=", ".join(missing), found=present)])
    twice = next((name for names in expected for name in names if columns.count(name) > 1), None)
    if twice:
        raise file_refusal("columns_repeated", row=row, name=twice)
    return list(_absent_column_notices(columns, expected))


def _absent_column_notices(columns: list[str], expected: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Each column by its first spelling; the further spellings a mapping accepts follow in one line."""
    absent = {names[0]: names[1:] for names in expected if not set(names) & set(columns)}
    if not absent:
        return
    spellings = "; ".join(f"{name} = {' = '.join(others)}" for name, others in absent.items() if others)
    kind = "columns_absent_by_every_spelling" if spellings else "columns_absent"
    notice = problem(kind, severity="warning", columns=", ".join(absent), spellings=spellings)
    yield replace(notice, code="columns_absent")


def row_cases(table: SourceTable, limits: ReadLimits) -> Iterator[SourceCase]:
    """Every row a case; a row of another width than the header carries its fault."""
    columns, width, sheet = table.columns, len(table.columns), table.sheet
    for count, (row, cells) in enumerate(table.lines):
        if count >= limits.rows:
            raise file_refusal("rows_too_many", limit=limits.rows)
        if len(cells) == width:
            yield SourceCase(dict(zip(columns, cells, strict=True)), row, sheet=sheet)
        elif any(cell not in {None, ""} for cell in cells):
            filled = dict(zip(columns, [*cells, *[None] * width], strict=False))
            fault = problem("row_width", row=row, sheet=sheet, found=len(cells), expected=width)
            yield SourceCase(filled, row, sheet=sheet, fault=fault)


def event_rows(
    table: SourceTable, limits: ReadLimits, *, report: Callable[[SourceCase], None]
) -> Iterator[SourceRow]:
    """Every row an event; rows of another width are reported, not yielded."""
    for case in row_cases(table, limits):
        if case.fault is not None:
            report(case)
        else:
            yield SourceRow(case.values, case.row)

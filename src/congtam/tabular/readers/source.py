"""Opening a file by its kind, as cases (mở tệp nguồn)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from congtam.kernel.errors import Problem
from congtam.tabular import values
from congtam.tabular.mapping import FileForm
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.csv_files import csv_lines
from congtam.tabular.readers.grouping import group_rows
from congtam.tabular.readers.limits import ReadLimits, open_measured
from congtam.tabular.readers.parquet_files import parquet_lines
from congtam.tabular.readers.tables import Line, SourceTable, event_rows, find_header, row_cases
from congtam.tabular.readers.xes_files import xes_cases
from congtam.tabular.readers.xlsx_files import xlsx_lines
from congtam.tabular.records import SourceCase, SourceRow

ENDINGS: Final = (".csv", ".csv.gz", ".xlsx", ".xes", ".xes.gz", ".parquet")
_MAGIC: Final = {".gz": b"\x1f\x8b", ".xlsx": b"PK", ".parquet": b"PAR1"}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What a reader must know of a file: how it is written, and which columns are read (cấu trúc tệp).

    ``columns`` are groups of alternatives; of each group in ``needed`` one must be there; ``key_columns`` say to which
    case an event row belongs; ``empty`` are the words for nothing.
    """

    file: FileForm
    columns: list[list[str]]
    needed: list[list[str]]
    key_columns: list[str]
    empty: frozenset[str] = frozenset()


@dataclass
class SourceFile:
    """An open file: its cases, its columns when it is flat, and what was noticed about it."""

    cases: Iterator[SourceCase]
    columns: list[str] | None = None
    delimiter: str = ","
    notices: list[Problem] = field(default_factory=list)


def file_ending(name: str) -> str:
    """The kind of a file by its name; raises InputRefused for a kind that is not read or a name with a folder in it."""
    plain = name.replace("\\", "/")
    if "/" in plain or plain in {"", ".", ".."} or "\x00" in plain:
        raise file_refusal("file_name_unsafe", name=name[:120])
    ending = next((ending for ending in reversed(ENDINGS) if plain.lower().endswith(ending)), None)
    if ending is None:
        raise file_refusal("file_kind_unknown", name=plain[:120])
    return ending


@contextmanager
def open_source(
    path: Path,
    *,
    name: str,
    layout: Layout,
    limits: ReadLimits | None = None,
    on_read: Callable[[], None] | None = None,
) -> Iterator[SourceFile]:
    """Open a file for reading by its layout; raises InputRefused for a fault of the whole file, also while reading.

    ``on_read`` is called with every block of a text file, and may end the reading by raising.
    """
    bounds = limits or ReadLimits()
    ending = file_ending(name)
    _check_magic(path, ending)
    if ending == ".xlsx":
        sheet, lines = xlsx_lines(path, sheet=layout.file.sheet, limits=bounds)
        yield _read_flat(lines, layout, limits=bounds, sheet=sheet)
    elif ending == ".parquet":
        yield _read_flat(parquet_lines(path, bounds), layout, limits=bounds, sheet=None)
    else:
        with open_measured(path, packed=ending.endswith(".gz"), limits=bounds, on_read=on_read) as stream:
            if ending.startswith(".xes"):
                yield SourceFile(xes_cases(stream, bounds))
            else:
                form = layout.file
                lines = csv_lines(stream, encoding=form.encoding, delimiter=form.delimiter, limits=bounds)
                yield _read_flat(lines, layout, limits=bounds, sheet=None)


def _check_magic(path: Path, ending: str) -> None:
    with path.open("rb") as content:
        start = content.read(4)
    if not start:
        raise file_refusal("file_empty")
    expected = next((sign for suffix, sign in _MAGIC.items() if ending.endswith(suffix)), b"")
    if not start.startswith(expected):
        raise file_refusal("file_not_its_kind", ending=ending)


def _read_flat(lines: Iterator[Line], layout: Layout, *, limits: ReadLimits, sheet: str | None) -> SourceFile:
    columns, rest, notices = find_header(lines, expected=layout.columns, needed=layout.needed, limits=limits)
    table = SourceTable(columns, rest, sheet=sheet, notices=notices)
    delimiter = layout.file.delimiter or ","
    if layout.file.rows == "case":
        return SourceFile(row_cases(table, limits), columns, delimiter, notices)
    return SourceFile(_event_cases(table, layout, limits), columns, delimiter, notices)


def _event_cases(table: SourceTable, layout: Layout, limits: ReadLimits) -> Iterator[SourceCase]:
    misshapen: list[SourceCase] = []
    names, empty = layout.key_columns, layout.empty

    def key(row: SourceRow) -> str:
        raw = next((row.values[name] for name in names if row.values.get(name)), None)
        try:
            code = values.text(values.clean(raw, empty))
        except values.ValueFault:
            code = values.plain_text(raw)
        # Rows without a code are refused one by one, not as one case.
        return code or f"\x00{row.row}"

    yield from group_rows(
        event_rows(table, limits, report=misshapen.append), key=key, limits=limits, sheet=table.sheet
    )
    yield from misshapen

"""A list as comma-separated values (tệp CSV): UTF-8 with its mark, so that spreadsheet programs read Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from congtam.dossiers.lists.export.source import FileChunks, LineBlocks, RowReader

_BETWEEN = '","'


def csv_file(headings: Sequence[str], blocks: LineBlocks, reader: RowReader) -> FileChunks:
    """The file piece by piece, each with how many rows it holds."""
    with closing(blocks):
        yield ("\ufeff" + _csv_row(list(headings))).encode(), 0
        for block in blocks:
            yield "".join([_csv_row(cells) for cells in reader.rows(block)]).encode(), len(block)


def _csv_row(cells: list[str]) -> str:
    joined = _BETWEEN.join(cells)
    if joined.count('"') != 2 * (len(cells) - 1):
        joined = _BETWEEN.join([cell.replace('"', '""') for cell in cells])
    return f'"{joined}"\r\n'

"""How far the cells of a spreadsheet reach (phạm vi trang tính), found before a reader takes memory for them.

A reader takes memory for the whole rectangle up to the last cell, and for every element of the shared texts and
formats: a file of five kilobytes with one cell in the last corner ends the process, one of a hundred with millions of
empty texts keeps it busy for minutes.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

MOST_CELLS: Final = 2_000_000
MOST_BYTES: Final = 64 << 20
MOST_BRACKETS: Final = 3_000_000
"""Of all parts together; an element has one or two of them (``<c>``, ``</c>``), a cell with its value four."""
MOST_SHEETS: Final = 200
_MOST_READ: Final = 10_000_000
"""Cells of all sheets; several sheets can name the same part, and each is read."""
_CHUNK: Final = 1 << 18
_CELL_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_BLANK: Final = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Marks of encodings and blanks, which may stand before the first bracket."""
_XML_ENDINGS: Final = (".xml", ".rels")
_OTHER_FORMATS: Final = frozenset({"xl/workbook.bin", "content.xml", "mimetype"})
"""What only .xlsb and .ods hold: a reader that guesses the format would read them with other bounds."""


def cell_position(reference: str) -> tuple[int, int] | None:
    """The row and the column of a cell by its reference (vị trí ô), both from 1; None where it is no reference.

    >>> cell_position("A1"), cell_position("ab12"), cell_position("1A")
    ((1, 1), (12, 28), None)
    """
    match = _CELL_REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


@dataclass
class SheetSpan:
    """The rectangle around the filled cells of one part."""

    rows: int = 0
    columns: int = 0
    brackets: int = 0
    sheets: int = 0
    """How many sheets the part lists, where it is the table of contents."""
    _row: int = 0
    _column: int = 0

    @property
    def cells(self) -> int:
        """How many cells memory is taken for."""
        return self.rows * self.columns

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if name == "sheet":
            self.sheets += 1
        elif name in {"v", "is"}:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif name == "c":
            position = cell_position(attributes.get("r", ""))
            self._row, self._column = position or (self._row, self._column + 1)
        elif name == "row":
            written = attributes.get("r", "")
            self._row = int(written) if written.isdecimal() and len(written) < 10 else self._row + 1
            self._column = 0


def measure_span(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, most_brackets: int) -> SheetSpan:
    """How far one part reaches.

    Raises ValueError for a part that should be XML and is not, that has more elements than may be read, or that
    unpacks to more than it says.
    """
    span = SheetSpan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = span.start
    is_xml = part.filename.lower().endswith(_XML_ENDINGS)
    for number, chunk in enumerate(_honest_chunks(archive, part)):
        if not is_xml and number == 0 and not b"<".startswith(chunk.lstrip(_BLANK)[:1]):
            return span
        # Counted before they are parsed: counting takes a hundredth of the time.
        span.brackets += chunk.count(b"<")
        if span.brackets > most_brackets:
            message = f"{part.filename}: > {most_brackets} elements"
            raise ValueError(message)
        try:
            parser.Parse(chunk)
        except expat.ExpatError as error:
            if is_xml:
                message = f"{part.filename}: {error}"
                raise ValueError(message) from None
            return span
    return span


def _honest_chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content piece by piece; a reader that does not count would unpack more than the directory says."""
    said = copy.copy(part)
    said.file_size = part.file_size + 1
    size = 0
    with archive.open(said) as content:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > part.file_size:
                message = f"{part.filename}: > {part.file_size} bytes"
                raise ValueError(message)
            yield chunk


def check_workbook(content: bytes, *, most_brackets: int = MOST_BRACKETS) -> None:
    """Raise ValueError unless this is a .xlsx that may be read whole into memory, within a second or two."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, most_brackets)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise ValueError(str(error)) from None


def _check_parts(archive: zipfile.ZipFile, most_brackets: int) -> None:
    parts = archive.infolist()
    if any(part.filename.lower() in _OTHER_FORMATS for part in parts):
        message = "no .xlsx"
        raise ValueError(message)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        message = f"> {MOST_BYTES >> 20} MiB"
        raise ValueError(message)
    remaining, sheets, largest = most_brackets, 0, 0
    for part in parts:
        span = measure_span(archive, part, most_brackets=remaining)
        if span.cells > MOST_CELLS:
            message = f"{part.filename}: {span.rows} × {span.columns}"
            raise ValueError(message)
        remaining -= span.brackets
        sheets, largest = sheets + span.sheets, max(largest, span.cells)
    if sheets > MOST_SHEETS or sheets * largest > _MOST_READ:
        message = f"{sheets} sheets"
        raise ValueError(message)

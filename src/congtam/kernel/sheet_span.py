"""How far the cells of a spreadsheet reach (phạm vi trang tính), found before a reader takes memory for them.

A reader takes memory for the whole rectangle up to the last cell: a file of five kilobytes with one cell in the last
corner ends the process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

MOST_CELLS: Final = 2_000_000
MOST_BYTES: Final = 256 << 20
_CHUNK: Final = 1 << 20
_CELL_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
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
    _row: int = 0
    _column: int = 0

    @property
    def cells(self) -> int:
        """How many cells memory is taken for."""
        return self.rows * self.columns

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if name in {"v", "is"}:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif name == "c":
            position = cell_position(attributes.get("r", ""))
            self._row, self._column = position or (self._row, self._column + 1)
        elif name == "row":
            written = attributes.get("r", "")
            self._row = int(written) if written.isdecimal() and len(written) < 10 else self._row + 1
            self._column = 0


def measure_span(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetSpan:
    """How far one part reaches; raises ValueError for a part that should be XML and is not."""
    span = SheetSpan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = span.start
    is_xml = part.filename.lower().endswith(_XML_ENDINGS)
    with archive.open(part) as content:
        chunk = content.read(_CHUNK)
        if not is_xml and b"<" not in chunk[:100]:
            return span
        try:
            while chunk:
                parser.Parse(chunk)
                chunk = content.read(_CHUNK)
        except expat.ExpatError as error:
            if is_xml:
                message = f"{part.filename}: {error}"
                raise ValueError(message) from None
    return span


def check_workbook(content: bytes) -> None:
    """Raise ValueError unless this is a .xlsx that may be read whole into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise ValueError(str(error)) from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.filename.lower() in _OTHER_FORMATS for part in parts):
        message = "no .xlsx"
        raise ValueError(message)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        message = f"> {MOST_BYTES >> 20} MiB"
        raise ValueError(message)
    for part in parts:
        span = measure_span(archive, part)
        if span.cells > MOST_CELLS:
            message = f"{part.filename}: {span.rows} × {span.columns}"
            raise ValueError(message)

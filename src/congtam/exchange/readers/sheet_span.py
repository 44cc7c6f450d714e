"""How far the cells of a spreadsheet reach, found before memory is taken for them (phạm vi trang tính)."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from congtam.exchange.domain.problems import refused
from congtam.exchange.readers.limits import Limits

_CHUNK: Final = 1 << 20
_PLACE: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_XML_ENDINGS: Final = (".xml", ".rels")


@dataclass
class _Span:
    """The rectangle around the filled cells of one part: a reader of spreadsheets takes memory for all of it."""

    rows: int = 0
    columns: int = 0
    _row: int = 0
    _column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if name in {"v", "is"}:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
        elif name == "row":
            written = attributes.get("r", "")
            self._row = int(written) if written.isdecimal() and len(written) < 10 else self._row + 1
            self._column = 0


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def check_span(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse a part with one cell so far out that the rectangle up to it does not fit in memory."""
    span = _Span()
    parser = expat.ParserCreate()
    parser.StartElementHandler = span.start
    with archive.open(part) as content:
        chunk = content.read(_CHUNK)
        if not part.filename.lower().endswith(_XML_ENDINGS) and b"<" not in chunk[:100]:
            return
        try:
            while chunk:
                parser.Parse(chunk)
                chunk = content.read(_CHUNK)
        except expat.ExpatError as error:
            if part.filename.lower().endswith(_XML_ENDINGS):
                raise refused("file_damaged", reason=f"{part.filename}: {error}") from None
    if span.rows * span.columns > limits.sheet_cells:
        raise refused("sheet_too_wide", rows=span.rows, columns=span.columns)

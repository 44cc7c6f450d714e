"""What the usual reader of .xlsx drops: errors, formulas that were never computed, zeros shown before a number.

A second pass over the one sheet, made only where its XML or its formats hold such things.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from congtam.kernel.sheet_span import cell_position
from congtam.tabular.cells import FaultyCell, PaddedNumber

_CHUNK: Final = 1 << 20
_HINTS: Final = (b"<f", b":f>", b":f ", b't="e"', b"t='e'")
_LONGEST_HINT: Final = 8
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_OTHER_SIGNS: Final = re.compile("[#?,%EeDdMmYyHhSs@]")


@dataclass
class CellMarks:
    """The cells of a sheet that need a mark, by row and column from 1 (ô cần đánh dấu)."""

    faults: dict[tuple[int, int], FaultyCell] = field(default_factory=dict)
    widths: dict[tuple[int, int], int] = field(default_factory=dict)
    """How many digits the format of a number shows at least, where that is more than one."""

    def apply(self, row: int, first_column: int, cells: list[Any]) -> list[Any]:
        """The cells of a row with what was marked put in place."""
        if not self.faults and not self.widths:
            return cells
        for index, value in enumerate(cells):
            position = (row, first_column + index)
            if position in self.faults:
                cells[index] = self.faults[position]
            elif isinstance(value, float) and position in self.widths:
                cells[index] = _pad_number(value, self.widths[position])
        return cells


def _pad_number(value: float, width: int) -> float:
    is_short = value.is_integer() and value >= 0 and len(str(int(value))) < width
    return PaddedNumber(value, width) if is_short else value


@dataclass
class _Pass:
    """One pass over the XML of a sheet; a cell is judged when the next one begins."""

    width_of_style: Sequence[int]
    marks: CellMarks = field(default_factory=CellMarks)
    position: tuple[int, int] = (0, 0)
    kind: str = ""
    width: int = 0
    has_formula: bool = False
    has_value: bool = False
    text: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.finish()
            self._begin_cell(attributes)
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "is"}:
            self.has_value = True
        elif name == "row":
            self.finish()
            written = attributes.get("r", "")
            row = int(written) if written.isdecimal() and len(written) < 10 else self.position[0] + 1
            self.position = (row, 0)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        row, column = self.position
        self.position = cell_position(attributes.get("r", "")) or (row, column + 1)
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        index = int(style) if style.isdecimal() else 0
        self.width = self.width_of_style[index] if index < len(self.width_of_style) else 0

    def data(self, text: str) -> None:
        if self.has_value and (self.kind == "e" or not self.text):
            self.text += text

    def finish(self) -> None:
        """Judge the cell that has ended."""
        if self.kind == "e":
            self.marks.faults[self.position] = FaultyCell("cell_error", self.text.strip() or "#ERROR!")
        elif self.has_formula and not (self.text.strip() or (self.has_value and self.kind == "str")):
            self.marks.faults[self.position] = FaultyCell("formula_without_value", "=")
        elif self.width and self.kind == "n":
            self.marks.widths[self.position] = self.width
        self.kind, self.width, self.text = "", 0, ""
        self.has_formula = self.has_value = False


def read_marks(archive: zipfile.ZipFile, sheet: str) -> CellMarks:
    """The marks of a sheet, by its name; none where its part cannot be told."""
    part = _part_of_sheet(archive, sheet)
    if part is None:
        return CellMarks()
    widths = _padded_widths(archive)
    if not any(widths) and not _has_hint(archive, part):
        return CellMarks()
    one_pass = _Pass(widths)
    parser = expat.ParserCreate()
    parser.StartElementHandler = one_pass.start
    parser.CharacterDataHandler = one_pass.data
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk)
    one_pass.finish()
    return one_pass.marks


def _has_hint(archive: zipfile.ZipFile, part: str) -> bool:
    end = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            searched = end + chunk
            if any(hint in searched for hint in _HINTS):
                return True
            end = chunk[-_LONGEST_HINT:]
    return False


def _part_of_sheet(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, as workbook and relations say."""
    workbook = _parse_part(archive, "xl/workbook.xml")
    relations = _parse_part(archive, "xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return None
    key = next((one.get(_RELATION) for one in workbook.iter("{*}sheet") if one.get("name") == sheet), None)
    target = next((one.get("Target") for one in relations if one.get("Id") == key), None)
    if not key or not target:
        return None
    part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
    return part if part in archive.namelist() else None


def _padded_widths(archive: zipfile.ZipFile) -> list[int]:
    """By the number of a cell style: how many digits its format shows at least, 0 for the usual ones."""
    styles = _parse_part(archive, "xl/styles.xml")
    if styles is None:
        return []
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    formats = next(styles.iter("{*}cellXfs"), ())
    return [padded_width(codes.get(one.get("numFmtId"), "")) for one in formats]


def padded_width(form: str) -> int:
    """How many digits a number format shows at least, 0 where that is no more than one.

    >>> padded_width("000000"), padded_width('00"-"0000'), padded_width("0.00"), padded_width("#,##000")
    (6, 6, 0, 0)
    """
    plain = _LITERAL.sub("", form.split(";", 1)[0]).strip()
    if _OTHER_SIGNS.search(plain):
        return 0
    width = plain.split(".", 1)[0].count("0")
    return width if width > 1 else 0


def _parse_part(archive: zipfile.ZipFile, name: str) -> Any:
    """A small part as XML without entities; None where it is not there or broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except (KeyError, etree.XMLSyntaxError):
        return None

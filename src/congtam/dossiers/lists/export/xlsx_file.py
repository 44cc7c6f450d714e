"""A list as a workbook (tệp Excel), written row by row into a streaming archive: memory does not grow with the rows.

XlsxWriter, even with constant memory, takes some minutes for a million rows of 45 fields; this writes the same kind of
sheet with one template a row. A sheet ends at the most rows a spreadsheet program holds, or before its text passes what
an archive without the 64-bit extension can hold, which not every program reads; the next sheet goes on.

Source of the format: ECMA-376 Part 1, 18.3.1 (worksheet); inline strings, cells placed by their order in the row.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import IO, Final, cast
from xml.sax.saxutils import escape

from congtam.dossiers.lists.export.source import FileChunks, LineBlocks, RowReader
from congtam.dossiers.lists.row_fields import RowField, RowFieldKind

MOST_ROWS: Final = 1_048_575
MOST_BYTES: Final = 1_900_000_000
_FASTEST: Final = 1
_MARKUP: Final = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CELL: Final = 32_767
_AROUND_TEXT: Final = ('<c t="inlineStr"><is><t>', "</t></is></c>")
_AROUND: Final = {
    RowFieldKind.NUMBER: ("<c><v>", "</v></c>"),
    RowFieldKind.INSTANT: ('<c s="1"><v>', "</v></c>"),
}
_AROUND_DAY: Final = ('<c s="3"><v>', "</v></c>")
"""An instant of which only the day is known: a whole number of days."""
_EMPTY: Final = "<c/>"
_WIDTHS: Final = {RowFieldKind.INSTANT: 17, RowFieldKind.NUMBER: 12, RowFieldKind.TRUTH: 10}
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATED: Final = "application/vnd.openxmlformats-package.relationships+xml"
_PARTS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS_TYPE: Final = f'<Default Extension="rels" ContentType="{_RELATED}"/>'
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Sink:
    """Where the archive writes; emptied as fast as it is filled."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing is held back."""

    def drain(self) -> bytes:
        """What was written since the last time."""
        written = b"".join(self._chunks)
        self._chunks.clear()
        return written


class _Sheets:
    """The sheets of one workbook as they are filled."""

    def __init__(self, archive: zipfile.ZipFile, headings: Sequence[str], fields: Sequence[RowField]) -> None:
        self.archive, self.count = archive, 0
        self._headings, self._fields = headings, fields
        self._around = [_AROUND.get(field.kind, _AROUND_TEXT) for field in fields]
        self._instants = [
            position for position, field in enumerate(fields) if field.kind is RowFieldKind.INSTANT
        ]
        self._begin_sheet()

    def add(self, rows: list[list[str]]) -> None:
        """Write rows, on the next sheet where this one is full."""
        while rows:
            if self._left <= 0 or self._bytes_left <= 0:
                self.close()
                self._begin_sheet()
            here, rows = rows[: self._left], rows[self._left :]
            self._write_text("".join([self._row_xml(cells) for cells in here]))
            self._left -= len(here)

    def close(self) -> None:
        """Close the sheet at hand."""
        last = f"{_column_letters(len(self._fields))}{MOST_ROWS - self._left + 1}"
        self._write_text(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')
        self._sheet.close()

    def _begin_sheet(self) -> None:
        self.count += 1
        self._left, self._bytes_left = MOST_ROWS, MOST_BYTES
        self._sheet = self.archive.open(f"xl/worksheets/sheet{self.count}.xml", "w")
        self._write_text(_sheet_head(self._fields))
        heading = '<c s="2" t="inlineStr"><is><t>%s</t></is></c>'
        self._write_text(
            "<row>" + "".join(heading % _clean_cell_text(text) for text in self._headings) + "</row>"
        )

    def _row_xml(self, cells: list[str]) -> str:
        if _MARKUP.search("".join(cells)):
            cells = [_clean_cell_text(cell) for cell in cells]
        filled = [
            f"{before}{cell}{after}" if cell else _EMPTY
            for (before, after), cell in zip(self._around, cells, strict=True)
        ]
        for position in self._instants:
            if (cell := cells[position]).isdecimal():
                filled[position] = f"{_AROUND_DAY[0]}{cell}{_AROUND_DAY[1]}"
        return f"<row>{''.join(filled)}</row>"

    def _write_text(self, text: str) -> None:
        content = text.encode()
        self._bytes_left -= len(content)
        self._sheet.write(content)


def xlsx_file(headings: Sequence[str], blocks: LineBlocks, reader: RowReader, *, title: str) -> FileChunks:
    """The file piece by piece, each with how many rows were written meanwhile."""
    sink = _Sink()
    kind = zipfile.ZIP_DEFLATED
    with (
        closing(blocks),
        zipfile.ZipFile(cast("IO[bytes]", sink), "w", kind, compresslevel=_FASTEST) as archive,
    ):
        with closing(_Sheets(archive, headings, reader.fields)) as sheets:
            for block in blocks:
                sheets.add(reader.rows(block))
                yield sink.drain(), len(block)
        for name, text in _workbook_parts(sheets.count, title):
            archive.writestr(name, _XML + text)
    yield sink.drain(), 0


def _clean_cell_text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))[:_LONGEST_CELL]


def _column_letters(number: int) -> str:
    """The letters of a column.

    >>> _column_letters(1), _column_letters(45)
    ('A', 'AS')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_head(fields: Sequence[RowField]) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{_WIDTHS.get(field.kind, 24)}" customWidth="1"/>'
        for number, field in enumerate(fields, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{_XML}<worksheet xmlns="{_MAIN}">{view}<cols>{widths}</cols><sheetData>'


def _workbook_parts(sheets: int, title: str) -> Iterator[tuple[str, str]]:
    numbers = range(1, sheets + 1)
    name = escape(title, {'"': "&quot;"})
    listed = "".join(f'<sheet name="{name} {each}" sheetId="{each}" r:id="rId{each}"/>' for each in numbers)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
    )
    related = "".join(_relationship_xml(each, "worksheet", f"worksheets/sheet{each}.xml") for each in numbers)
    related += _relationship_xml(sheets + 1, "styles", "styles.xml")
    yield "xl/_rels/workbook.xml.rels", _relationships_xml(related)
    yield "xl/styles.xml", _STYLES
    yield "_rels/.rels", _relationships_xml(_relationship_xml(1, "officeDocument", "xl/workbook.xml"))
    overrides = "".join(
        _content_type_override(f"/xl/worksheets/sheet{each}.xml", "worksheet+xml") for each in numbers
    )
    overrides += _content_type_override("/xl/workbook.xml", "sheet.main+xml") + _content_type_override(
        "/xl/styles.xml", "styles+xml"
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">{_RELS_TYPE}{overrides}</Types>',
    )


def _relationships_xml(related: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'


def _relationship_xml(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _content_type_override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_PARTS}.{kind}"/>'


_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

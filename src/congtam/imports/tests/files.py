"""Small files written by tests."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

from congtam.foundation.public import console_actor
from congtam.imports.interpretation.columns import build_layout
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.source import open_source
from congtam.testing.doors.dossiers import visible_to


def dossiers() -> Any:
    """All stored dossiers."""
    return visible_to(console_actor())


BY_ROW = """
mapping: 1
name: by-row
dates: [yyyy-MM-dd, iso]
case: {code: id, received: start, due: due, finished: end, procedure: {name: what}}
"""
BY_EVENT = """
mapping: 1
name: by-event
file: {rows: event}
case: {code: case:concept:name, received: {first: time:timestamp}, finished: {last: time:timestamp}}
event: {name: concept:name, finished: time:timestamp}
"""


def mapping(text: str = BY_ROW) -> Mapping:
    return read_mapping(text)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def cases(path: Path, text: str = BY_ROW, *, limits: ReadLimits | None = None, name: str = "") -> list[Any]:
    """Everything the readers find in a file."""
    with open_source(
        path, name=name or path.name, layout=build_layout(mapping(text)), limits=limits
    ) as source:
        return list(source.cases)


def xes(*traces: str, head: str = "") -> str:
    body = "".join(f"<trace>{trace}</trace>" for trace in traces)
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<log xes.version="1.0">{body}</log>'


def trace(code: str, *events: tuple[str, str]) -> str:
    steps = "".join(
        f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/></event>'
        for name, at in events
    )
    return f'<string key="concept:name" value="{code}"/>{steps}'


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Hồ sơ" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"'
    ' Target="styles.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
}


def spreadsheet(path: Path, *rows: list[str | float]) -> Path:
    """A small .xlsx file; numbers above 40,000 are dates, as a spreadsheet keeps them."""
    body = ""
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))
        body += f'<row r="{number}">{cells}</row>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(rows=body))
    return path


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
    style = ' s="1"' if value > 40_000 else ""
    return f'<c r="{place}"{style}><v>{value}</v></c>'

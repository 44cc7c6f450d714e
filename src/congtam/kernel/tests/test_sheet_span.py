"""Workbooks that are read whole, in a web process: refused before they cost anything."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from congtam.kernel.sheet_span import MOST_SHEETS, check_workbook


def workbook(**replaced: tuple[bytes, bytes]) -> bytes:
    """A small workbook; in a part a text is replaced by another one."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("A").write_row(0, 0, ["Ngày", "Loại"])
    book.close()
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            old, new = replaced.get(part.filename.rsplit("/", 1)[-1].split(".")[0], (b"", b""))
            content = source.read(part)
            target.writestr(part.filename, content.replace(old, new) if old else content)
    return changed.getvalue()


def test_an_ordinary_workbook_is_read() -> None:
    check_workbook(workbook())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(workbook(sharedStrings=(b"</sst>", b"<si/>" * 3_000_001 + b"</sst>")), id="texts"),
        pytest.param(workbook(styles=(b"</cellXfs>", b"<xf/>" * 3_000_001 + b"</cellXfs>")), id="formats"),
        pytest.param(
            workbook(workbook=(b"</sheets>", b'<sheet name="B" sheetId="2"/>' * MOST_SHEETS + b"</sheets>")),
            id="sheets",
        ),
        pytest.param(
            workbook(
                workbook=(b"</sheets>", b'<sheet name="B" sheetId="2"/>' * 20 + b"</sheets>"),
                sheet1=(b"</sheetData>", b'<row r="60000"><c r="Z60000"><v>1</v></c></row></sheetData>'),
            ),
            id="one sheet many times",
        ),
        pytest.param(b"PK", id="no zip"),
    ],
)
def test_one_that_would_take_minutes_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_workbook(content)

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, Twips
from docx.text.paragraph import Paragraph as DocxParagraph

from congtam.typesetting.domain.document import (
    Bullets,
    OfficialDocument,
    Paragraph,
    Table,
    TableColumn,
    Text,
)
from congtam.typesetting.tests.conftest import VIETNAMESE
from congtam.typesetting.word import render_docx
from congtam.typesetting.word.blocks import column_widths


@pytest.fixture
def word(document: OfficialDocument, fonts: Path) -> Document:
    return docx.Document(BytesIO(render_docx(document, fonts=fonts)))


def test_it_asks_for_times_new_roman_everywhere(word: Document) -> None:
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Caption", "Note"):
        names = word.styles[name].element.rPr.find(qn("w:rFonts")).attrib
        assert set(names.values()) == {"Times New Roman"}, name


def test_the_letters_are_kept_composed(word: Document) -> None:
    assert any(VIETNAMESE in paragraph.text for paragraph in word.paragraphs)


def test_the_page_has_the_margins_of_the_decree(word: Document) -> None:
    section = word.sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.left_margin,
        section.right_margin,
        section.top_margin,
        section.bottom_margin,
    )
    assert [round((size or 0) / Cm(1), 1) for size in sizes] == [21, 29.7, 3, 1.8, 2, 2]


def test_the_figure_number_is_in_superscript(word: Document) -> None:
    notes = [run.text for p in word.paragraphs for run in p.runs if run.font.superscript]
    assert notes == ["[1]", "[2]", "[1]"]


def test_annexes_are_landscape_and_table_heads_repeat(word: Document) -> None:
    assert word.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    list_table = word.tables[2]
    assert list_table.rows[0].cells[1].text == "Mã hồ sơ"
    assert list_table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None


def test_the_picture_has_words(word: Document) -> None:
    described = [frame.get("descr") for frame in word.element.body.iter(qn("wp:docPr"))]
    assert described == ["Đường tỷ lệ đúng hạn tăng dần trong năm 2025"]


def test_the_same_document_gives_the_same_bytes(document: OfficialDocument, fonts: Path) -> None:
    assert render_docx(document, fonts=fonts) == render_docx(document, fonts=fonts)


def test_a_short_head_has_the_room_for_its_word(document: OfficialDocument, fonts: Path) -> None:
    """Word breaks “TT” over two lines where its cell is narrower than the word."""
    table = Table(columns=(TableColumn("TT", 0.3, "center"), TableColumn("Tên", 15)), rows=(), size=12)
    narrow, wide = column_widths(table.columns, Cm(16), size=12, sides=70)
    assert narrow >= Pt(18) + 2 * Twips(70)
    assert narrow + wide == pytest.approx(Cm(16), abs=2)
    lead = replace(document, blocks=(Paragraph((Text("Đề nghị:"),)), Bullets(((Text("một"),),))))
    paragraphs = docx.Document(BytesIO(render_docx(lead, fonts=fonts))).paragraphs
    assert next(one for one in paragraphs if one.text == "Đề nghị:").paragraph_format.keep_with_next


def test_behind_a_table_an_annex_ends_with_one_paragraph_a_point_high(
    document: OfficialDocument, fonts: Path
) -> None:
    """A second or a taller one behind a table that fills its page would begin an empty page."""
    twice = replace(document, annexes=document.annexes * 2)
    body = docx.Document(BytesIO(render_docx(twice, fonts=fonts))).element.body
    tails: list[list[float]] = []
    for section in body.iter(qn("w:sectPr")):
        tails.append([])
        last = section.getparent().getparent() if section.getparent() is not body else section.getprevious()
        while last.tag == qn("w:p"):
            tails[-1].append(DocxParagraph(last, body).paragraph_format.line_spacing)
            last = last.getprevious()
    assert tails == [[Pt(1)]] * 3

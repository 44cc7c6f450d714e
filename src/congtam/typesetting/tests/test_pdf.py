from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from congtam.typesetting.domain.document import Heading, OfficialDocument, Paragraph, Text
from congtam.typesetting.pdf import render_pdf
from congtam.typesetting.tests.conftest import VIETNAMESE, chart

ALLOWED = ("Tinos-", "BeVietnamPro-")


@pytest.fixture
def pdf(document: OfficialDocument, fonts: Path) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(document, fonts=fonts)))


def _fonts(pdf: PdfReader) -> set[str]:
    """Base font names without the subset tag, also of forms (charts)."""
    numbers = [*pdf.xref_objStm, *(number for part in pdf.xref.values() for number in part)]
    items: list[Any] = [pdf.get_object(number) for number in numbers]
    return {
        str(item["/BaseFont"]).lstrip("/").split("+")[-1]
        for item in items
        if isinstance(item, dict) and item.get("/Type") == "/Font"
    }


def test_only_our_two_families_are_embedded(pdf: PdfReader) -> None:
    names = _fonts(pdf)
    assert {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"} <= names
    assert [name for name in names if not name.startswith(ALLOWED)] == []


def test_every_vietnamese_letter_comes_out_as_it_went_in(pdf: PdfReader) -> None:
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    assert VIETNAMESE in text


def test_the_same_document_gives_the_same_bytes(document: OfficialDocument, fonts: Path) -> None:
    assert render_pdf(document, fonts=fonts) == render_pdf(document, fonts=fonts)


def test_text_of_people_is_never_read_as_markup(document: OfficialDocument, fonts: Path) -> None:
    hostile = '#import "@preview/x:1.0.0" *b* _i_ $x$ <label> @ref \\ "q" #sys.inputs // c'
    changed = replace(document, blocks=(Heading(hostile), Paragraph((Text(hostile),))), annexes=())
    text = PdfReader(BytesIO(render_pdf(changed, fonts=fonts))).pages[0].extract_text()
    assert text.replace("\n", " ").replace("  ", " ").count(hostile) == 2


@pytest.mark.parametrize("odd", ["Ông 🙂 A", "李", "a\x00b\x1b", "e\u0302\u0301", "\u202eabc"])
def test_a_letter_the_fonts_lack_does_not_cost_the_report(
    document: OfficialDocument, fonts: Path, odd: str
) -> None:
    drawn = chart(unit=odd)
    changed = replace(document, abstract=odd, blocks=(Paragraph((Text(odd),)), drawn), annexes=())
    assert render_pdf(changed, fonts=fonts).startswith(b"%PDF")


def test_page_two_is_numbered_page_one_is_not(pdf: PdfReader) -> None:
    assert not pdf.pages[0].extract_text().startswith("1")
    assert "\n2" in "\n" + pdf.pages[1].extract_text()


def test_tables_are_landscape_in_their_annex_and_the_head_repeats(pdf: PdfReader) -> None:
    wide = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) >= 3
    assert all("Mã hồ sơ" in page.extract_text() for page in wide[:2])


def test_the_pack_travels_inside_the_pdf(pdf: PdfReader) -> None:
    assert pdf.attachments["pack.json"] == [b'{"a": 1}']


def test_it_declares_archive_and_accessibility_standards(pdf: PdfReader) -> None:
    metadata = pdf.xmp_metadata
    assert metadata is not None
    xml = metadata.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xml
    assert "<pdfuaid:part>1</pdfuaid:part>" in xml


def test_a_synthetic_report_says_so_on_every_page(pdf: PdfReader) -> None:
    assert all("DỮ LIỆU MÔ PHỎNG" in page.extract_text() for page in pdf.pages)

"""Figures come back out of a file as they went in; what was tampered with, foreign or oversized is refused."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from congtam.typesetting.domain.figure_list import FiguresAltered, dump_figures, load_figures
from congtam.typesetting.extraction import extract_figures
from congtam.typesetting.extraction.errors import FiguresNotPrinted, NoBoundFigures, TooManyPages
from congtam.typesetting.ooxml import DocumentTooLarge, FileNotReadable
from congtam.typesetting.public import (
    OfficialDocument,
    Table,
    TableColumn,
    Text,
    check_template,
    figures,
    number_figures,
    render,
)
from congtam.typesetting.tests.conftest import figure
from congtam.typesetting.tests.test_templates import made
from congtam.typesetting.word.markup import element

FORMATS = pytest.mark.parametrize("form", ["docx", "pdf"])


def _rezipped(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same parts, each as the change leaves it; None drops a part."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


@FORMATS
def test_figures_come_back_as_they_went_in(document: OfficialDocument, form: str) -> None:
    expected = list(figures(number_figures(document)))
    assert [one.printed for one in expected] == ["97,71 %", "46", "97,71 %"]
    assert extract_figures(render(document, form)) == expected


@FORMATS
def test_many_figures_in_a_table_come_back(document: OfficialDocument, form: str) -> None:
    rows = tuple(
        (
            (Text(str(number)),),
            (figure(f"code.{number}", f"{number * 1.1:,.1f} %"),),
            (figure("n", str(number)),),
        )
        for number in range(1, 300)
    )
    table = Table(
        columns=(TableColumn("TT", 1, "right"), TableColumn("A", 1, "right"), TableColumn("B", 1)), rows=rows
    )
    long = replace(document, blocks=(table,), annexes=())
    assert extract_figures(render(long, form)) == list(figures(number_figures(long)))


@FORMATS
def test_a_file_without_figures_says_so(document: OfficialDocument, form: str) -> None:
    with pytest.raises(NoBoundFigures):
        extract_figures(render(replace(document, blocks=()), form))


def _words() -> bytes:
    target = BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def _blank_pdf(pages: int = 1, password: str = "") -> bytes:
    writer, target = PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"", FileNotReadable, id="empty"),
        pytest.param(b"<html>", FileNotReadable, id="another type"),
        pytest.param(b"PK\x03\x04 no zip", FileNotReadable, id="broken zip"),
        pytest.param(b"%PDF-1.7 broken", FileNotReadable, id="broken PDF"),
        pytest.param(b"%PDF-" + b"0" * (64 << 20), DocumentTooLarge, id="64 MiB"),
        pytest.param(_words(), NoBoundFigures, id="foreign .docx"),
        pytest.param(_blank_pdf(), NoBoundFigures, id="foreign PDF"),
        pytest.param(_blank_pdf(password="x"), FileNotReadable, id="password"),
        pytest.param(_blank_pdf(1_001), TooManyPages, id="too many pages"),
    ],
)
def test_foreign_and_broken_files_are_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        extract_figures(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """The directory says 300 million bytes; whether they are there is not looked at."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("_rels/.rels", bytes(1_000_003))
    content = target.getvalue().replace(
        (1_000_003).to_bytes(4, "little"), (300_000_000).to_bytes(4, "little")
    )
    with pytest.raises(DocumentTooLarge):
        extract_figures(content)


def test_a_part_that_is_larger_than_it_says_is_not_unpacked(document: OfficialDocument) -> None:
    """The directory says 10 bytes, the part holds 200 million."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as liar:
        liar.writestr("_rels/.rels", bytes(200_000_000))
    content = target.getvalue().replace((200_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(FileNotReadable):
        extract_figures(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_too_many_parts_are_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as crowd:
        for number in range(5_001):
            crowd.writestr(f"{number}", b"")
    with pytest.raises(DocumentTooLarge):
        extract_figures(target.getvalue())


def test_entities_are_not_read(document: OfficialDocument) -> None:
    def with_entity(name: str, part: bytes) -> bytes:
        head, _rest = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>', part
        return head + part.split(b"?>", 1)[1] if name == "word/document.xml" else part

    with pytest.raises(FileNotReadable):
        extract_figures(_rezipped(render(document, "docx"), with_entity))


def test_a_number_typed_over_in_word_is_read_as_it_stands_now(document: OfficialDocument) -> None:
    def typed_over(name: str, part: bytes) -> bytes:
        return part.replace(b"97,71 %", b"99,71 %", 1) if name == "word/document.xml" else part

    found = extract_figures(_rezipped(render(document, "docx"), typed_over))
    assert [one.printed for one in found] == ["99,71 %", "46", "97,71 %"]
    assert found[0].receipt["value"] == "97,71 %"


def test_a_figure_deleted_in_word_comes_last_and_empty(document: OfficialDocument) -> None:
    word = docx.Document(BytesIO(render(document, "docx")))
    (run,) = [one for paragraph in word.paragraphs for one in paragraph.runs if one.text == "46"]
    run.text = ""
    target = BytesIO()
    word.save(target)
    assert [(one.n, one.printed) for one in extract_figures(target.getvalue())] == [
        (1, "97,71 %"),
        (1, "97,71 %"),
        (2, ""),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("97,71 %", "99,71 %", id="a printed number"),
        pytest.param("dossiers.late", "dossiers.soon", id="a code"),
        pytest.param("congtam-figures-1", "congtam-figures-9", id="another format"),
        pytest.param('"figures":', '"figure":', id="a name"),
    ],
)
def test_a_list_changed_in_the_file_is_refused(document: OfficialDocument, old: str, new: str) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(old.encode(), new.encode()) if name.startswith("customXml/") else part

    with pytest.raises(FiguresAltered):
        extract_figures(_rezipped(render(document, "docx"), change))


def test_a_bookmark_that_no_receipt_belongs_to_is_refused(document: OfficialDocument) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"_congtam_2_", b"_congtam_7_") if name == "word/document.xml" else part

    with pytest.raises(FiguresAltered):
        extract_figures(_rezipped(render(document, "docx"), change))


def _with_list(pdf: bytes, text: str) -> bytes:
    """The PDF with another list of figures attached."""
    writer, target = PdfWriter(), BytesIO()
    for page in PdfReader(BytesIO(pdf)).pages:
        writer.add_page(page)
    writer.add_attachment("figures.json", text.encode())
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("printed", ["97,72 %", "7,71 %", "197,71 %"])
def test_a_pdf_that_prints_something_else_than_it_carries_is_refused(
    document: OfficialDocument, printed: str
) -> None:
    bound = list(figures(number_figures(document)))
    other = [replace(one, printed=printed) if one.n == 1 else one for one in bound]
    pdf = render(document, "pdf")
    assert extract_figures(_with_list(pdf, dump_figures(bound))) == bound
    with pytest.raises(FiguresNotPrinted, match=r"\[1\]"):
        extract_figures(_with_list(pdf, dump_figures(other)))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", '"a"', "{}", "{" * 100_000, "[" * 100_000,
        json.dumps({"format": "congtam-figures-1", "receipts": 1, "figures": 2, "digest": "x"}),
        json.dumps({"format": "congtam-figures-1", "receipts": [{}], "figures": [[1]], "digest": "x"}),
    ],
)  # fmt: skip
def test_nonsense_is_no_list(text: str) -> None:
    with pytest.raises(FiguresAltered):
        load_figures(text)


@FORMATS
def test_files_cut_short_or_changed_anywhere_never_break_the_reader(
    document: OfficialDocument, form: str
) -> None:
    content = render(replace(document, blocks=document.blocks[:3], annexes=()), form)
    refusals = (
        FileNotReadable,
        FiguresAltered,
        NoBoundFigures,
        FiguresNotPrinted,
        TooManyPages,
        DocumentTooLarge,
    )
    for step in range(40):
        at = len(content) * step // 40
        flipped = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
        for broken in (content[:at], flipped):
            try:
                extract_figures(broken)
            except refusals:
                continue


def test_each_bookmark_has_a_name_and_a_number_of_its_own(document: OfficialDocument) -> None:
    word = docx.Document(BytesIO(render(document, "docx")))
    starts = list(word.element.body.iter(qn("w:bookmarkStart")))
    assert [one.get(qn("w:name")) for one in starts] == ["_congtam_1_0", "_congtam_2_1", "_congtam_1_2"]
    ids = [one.get(qn("w:id")) for one in starts]
    assert len(set(ids)) == 3
    assert [one.get(qn("w:id")) for one in word.element.body.iter(qn("w:bookmarkEnd"))] == ids


def test_bookmarks_of_the_template_keep_their_numbers(document: OfficialDocument) -> None:
    def marked(word: Document) -> None:
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            word.add_paragraph("Đề mục")._p.append(
                element(name, id="7", **({"name": "x"} if "S" in name else {}))
            )

    used = check_template(made("{{ content }}", change=marked))
    content = render(document, "docx", template=used)
    assert extract_figures(content) == list(figures(number_figures(document)))
    ids = [
        one.get(qn("w:id"))
        for one in docx.Document(BytesIO(content)).element.body.iter(qn("w:bookmarkStart"))
    ]
    assert sorted(ids) == ["10", "7", "8", "9"]

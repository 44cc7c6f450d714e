"""Templates that must not be used are refused, with everything wrong with them at once and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from congtam.kernel.errors import InputRefused, Problem
from congtam.typesetting.public import OfficialDocument, check_template, render, required_slots
from congtam.typesetting.tests.test_templates import made


def problems(content: bytes, document: OfficialDocument | None = None) -> list[Problem]:
    required = required_slots(document) if document else ()
    with pytest.raises(InputRefused) as refused:
        check_template(content, name="mau.docx", required=required)
    found = list(refused.value.problems)
    assert all(one.file == "mau.docx" and one.format_advice() for one in found)
    assert "{" not in "".join(one.format_message() + one.format_advice() for one in found).replace(
        "{{", ""
    ).replace("{%", "")
    return found


def codes(content: bytes, document: OfficialDocument | None = None) -> list[str]:
    return [one.code.removeprefix("template.") for one in problems(content, document)]


def _changed(change: Callable[[str, bytes], bytes], *, more: dict[str, bytes] | None = None) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(made("{{ content }}"))) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return target.getvalue()


def _xml(inner: str) -> Callable[[Document], object]:
    declared = re.sub(r"^<w:\w+", rf"\g<0> {nsdecls('w')}", inner)
    return lambda word: word.add_paragraph()._p.append(parse_xml(declared))


def test_everything_wrong_is_named_at_once(document: OfficialDocument) -> None:
    found = problems(made("{{ contnet }}", "{{ abstract", "{% if x %}"), document)
    assert [one.code.removeprefix("template.") for one in found] == [
        "slot_unknown",
        "slot_open",
        "slot_open",
        *["slot_missing"] * 5,
    ]
    assert found[0].format_advice() == "Did you mean “content”?"
    assert "{{ number_line }} / {{ number }}" in found[4].format_message()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "not_readable", id="empty"),
        pytest.param(b"PK\x03\x04", "not_readable", id="no zip"),
        pytest.param(b"%PDF-1.7", "not_readable", id="a PDF"),
        pytest.param(b"x" * ((8 << 20) + 1), "too_large", id="more than 8 MiB"),
    ],
)
def test_what_is_no_docx_is_refused(content: bytes, expected: str) -> None:
    assert [one.code for one in problems(content)] == [f"typesetting.{expected}"]


def test_a_zip_bomb_is_refused() -> None:
    bomb = _changed(lambda _name, part: part, more={"word/media/a.png": bytes(65 << 20)})
    assert len(bomb) < 1 << 20
    assert [one.code for one in problems(bomb)] == ["typesetting.too_large"]


def test_macros_are_refused_by_type_and_by_part() -> None:
    def enabled(name: str, part: bytes) -> bytes:
        main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        return part.replace(main, macro) if name == "[Content_Types].xml" else part

    docm = _changed(enabled, more={"word/vbaProject.bin": b"x", "word/activeX/activeX1.xml": b"<a/>"})
    assert codes(docm) == ["macros"] * 3


def test_embedded_objects_are_refused() -> None:
    content = _changed(lambda _name, part: part, more={"word/embeddings/oleObject1.bin": b"x"})
    assert codes(content) == ["embedded"]


def _linked(word: Document) -> None:
    for target in ("http://evil.example/a.dotm", "\\\\server\\share\\b.png"):
        word.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True)


def _commented(word: Document) -> None:
    word.add_comment(word.add_paragraph("x").runs, text="y", author="z")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(_linked, ["link", "link"], id="linked picture and template"),
        pytest.param(_xml("<w:object/>"), ["embedded"], id="object"),
        pytest.param(_xml("<w:ins/>"), ["changes"], id="tracked change"),
        pytest.param(_xml("<w:r><w:instrText> INCLUDETEXT c:/x </w:instrText></w:r>"), ["field"], id="field"),
        pytest.param(_xml('<w:fldSimple w:instr="DDEAUTO cmd"/>'), ["field"], id="simple field"),
        pytest.param(
            _xml("<w:r><w:instrText>HYPER</w:instrText><w:instrText>LINK x</w:instrText></w:r>"),
            ["field"],
            id="cut field",
        ),
        pytest.param(
            _commented,
            ["comments"],
            id="comment",
        ),
    ],
)
def test_programs_links_and_remarks_are_refused(
    change: Callable[[Document], object], expected: list[str]
) -> None:
    assert codes(made("{{ content }}", change=change)) == expected


def test_a_page_number_is_no_harm() -> None:
    check_template(made("{{ content }}", change=_xml("<w:r><w:instrText> PAGE </w:instrText></w:r>")))


def test_a_figure_of_another_document_is_refused(document: OfficialDocument) -> None:
    old = docx.Document(BytesIO(render(replace(document, annexes=()), "docx")))
    old.add_paragraph("{{ content }}")
    target = BytesIO()
    old.save(target)
    assert codes(target.getvalue()) == ["figure", "figure"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("Nội dung: {{ content }}",), ["slot_misplaced"], id="not alone"),
        pytest.param(("{{ content }}", "{{ content }}"), ["slot_twice"], id="twice"),
        pytest.param(("{{ content }}", "}}"), ["slot_open"], id="only closed"),
        pytest.param(("{{ content }}", "{{ a b }}"), ["slot_unknown"], id="two words"),
        pytest.param(("{{ content }}", "{{ ''.__class__ }}"), ["slot_unknown"], id="an expression"),
    ],
)
def test_slots_that_cannot_be_filled_are_refused(lines: tuple[str, ...], expected: list[str]) -> None:
    assert codes(made(*lines)) == expected


def test_blocks_stand_in_no_header() -> None:
    def headed(word: Document) -> None:
        word.sections[0].header.paragraphs[0].text = "{{ qr }}"

    assert codes(made("{{ content }}", change=headed)) == ["slot_misplaced"]


def test_entities_are_refused() -> None:
    def with_entity(name: str, part: bytes) -> bytes:
        head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        return head + part.split(b"?>", 1)[1] if name == "word/styles.xml" else part

    assert [one.code for one in problems(_changed(with_entity))] == ["typesetting.not_readable"]

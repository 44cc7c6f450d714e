"""Files made to harm: bounded before they are read, active content under any name, and nothing that cannot print."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from congtam.kernel.errors import InputRefused
from congtam.typesetting.public import check_template
from congtam.typesetting.tests.test_templates import made

Change = Callable[[str, bytes], tuple[str, bytes]]
MAIN, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BEGIN = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
FIELD = b'<w:p><w:r><w:instrText>INCLUDEPICTURE "http://evil.example/x.png"</w:instrText></w:r></w:p>'


def _codes(change: Change, more: dict[str, bytes] | None = None) -> set[str]:
    """The codes of what is wrong with a good template after a change; none where it may be used."""
    target = BytesIO()
    with ZipFile(BytesIO(made("{{ content }}"))) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    try:
        check_template(target.getvalue())
    except InputRefused as refused:
        return {one.code for one in refused.problems}
    return set()


def _sub(part: str, pattern: bytes, new: bytes) -> Change:
    def change(name: str, content: bytes) -> tuple[str, bytes]:
        return name, re.sub(pattern, lambda _match: new, content, count=1) if name == part else content

    return change


def _before_end(inner: bytes) -> Change:
    return _sub(MAIN, rb"<w:sectPr", inner + b"<w:sectPr")


def _relation(kind: bytes, target: bytes) -> Change:
    one = b'<Relationship Id="rId99" Type="%s" Target="%s"/>' % (kind, target)
    return _sub(RELS, rb"</Relationships>", one + b"</Relationships>")


def _same(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(b"<w:p/>" * ((8 << 20) // 6), id="size"),
        pytest.param(b"<w:p/>" * 20_001, id="paragraphs"),
        pytest.param(b"<w:br/>" * 100_001, id="elements"),
        pytest.param(b"<w:tbl>" * 120 + b"</w:tbl>" * 120, id="depth"),
    ],
)
def test_more_xml_than_a_template_needs_is_refused(inner: bytes) -> None:
    assert _codes(_before_end(inner)) == {"template.too_large"}


def test_a_part_packed_too_tightly_is_refused() -> None:
    assert _codes(_same, {"word/media/a.png": bytes(2 << 20)}) == {"template.too_large"}


@pytest.mark.parametrize("moved", ["doc.xml", "word/document.dat"])
def test_the_text_is_searched_whatever_its_part_is_called(moved: str) -> None:
    def change(name: str, content: bytes) -> tuple[str, bytes]:
        if name == MAIN:
            return moved, content.replace(b"<w:sectPr", FIELD + b"<w:sectPr", 1)
        return name, content.replace(MAIN.encode(), moved.encode())

    assert _codes(change) == {"template.field"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            _before_end(
                b"<w:p>" + BEGIN + b"<w:r><w:instrText>INCLUDE</w:instrText></w:r></w:p>"
                b"<w:p><w:r><w:instrText>PICTURE x</w:instrText></w:r></w:p>"
            ),
            "field",
            id="field over paragraphs",
        ),
        pytest.param(
            _before_end(
                b'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
                b'<v:imagedata src="a.png"/></v:shape></w:pict></w:r></w:p>'
            ),
            "link",
            id="VML picture",
        ),
        pytest.param(_before_end(b'<w:p w:any="file:///c:/x"/>'), "link", id="file address"),
        pytest.param(_before_end(b'<w:p w:any="&#92;&#92;host/x"/>'), "link", id="UNC address"),
        pytest.param(
            _sub(
                TYPES,
                rb"</Types>",
                b'<Override PartName="/a.dat" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            ),
            "macros",
            id="type of macros",
        ),
        pytest.param(
            _relation(OFFICE + b"/oleObject", b"styles.xml"), "embedded", id="relation to an object"
        ),
        pytest.param(_relation(OFFICE + b"/control", b"styles.xml"), "macros", id="relation to a control"),
    ],
)
def test_active_content_is_refused_whatever_its_name(change: Change, expected: str) -> None:
    assert _codes(change) == {f"template.{expected}"}


def test_links_are_read_in_capitals_too() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="x" Target="a.dotm" TargetMode="External"/></Relationships>'
    )
    assert _codes(_same, {"word/_rels/settings.xml.RELS": rels}) == {"template.link"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_sub(MAIN, rb'w:pgSz w:w="\d+"', b'w:pgSz w:w="abc"'), id="page size"),
        pytest.param(_relation(OFFICE + b"/image", b"media/none.png"), id="missing part"),
        pytest.param(_sub("word/styles.xml", rb"(?s).*", b"<a/>"), id="styles"),
        pytest.param(_sub("docProps/core.xml", rb"(?s).+", b"zzz"), id="properties"),
        pytest.param(
            _sub(
                MAIN,
                rb"<w:pgSz",
                b'<w:headerReference xmlns:r="%s" w:type="default" r:id="rId777"/><w:pgSz' % OFFICE,
            ),
            id="unknown header",
        ),
    ],
)
def test_what_cannot_print_is_refused(change: Change) -> None:
    assert _codes(change) == {"template.unreadable"}


def test_the_unchanged_template_may_be_used() -> None:
    assert _codes(_same) == set()

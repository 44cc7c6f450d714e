"""What a template must not carry (nội dung không được phép): programs, links to the outside, remarks.

A document made from a template is opened by many people: it must not run, fetch or show anything they do not expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from congtam.kernel.errors import Problem, msgid
from congtam.typesetting.ooxml import Package
from congtam.typesetting.word.figures import read_figures

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS: Final = re.compile(r"vba|macrosheet|activex|customui|\.bin$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"^word/embeddings/|^word/afchunk", re.IGNORECASE)
_FIELDS: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|IMPORT|DATABASE|RD|MACROBUTTON|HYPERLINK|MERGEFIELD)\b",
    re.IGNORECASE,
)
_MOST_LINKS: Final = 10
_ADVICE: Final = {
    "macros": msgid("Save it as a Word document without macros (.docx)."),
    "embedded": msgid("Delete the object, or paste it as a picture."),
    "link": msgid(
        "Remove the link and keep its text; insert pictures into the file instead of linking them."
    ),
    "field": msgid("Delete the field, or press Ctrl+Shift+F9 to turn it into plain text."),
    "changes": msgid("Accept or reject all changes, then save."),
    "comments": msgid("Delete all comments, then save."),
    "figure": msgid("Delete it: figures come with the content of each document."),
    "type": msgid("Save it as .docx."),
}
_MESSAGES: Final = {
    "macros": msgid("The template holds a macro or a control that runs a program: {detail}."),
    "embedded": msgid("The template holds an embedded object: {detail}."),
    "link": msgid("The template links to something outside the file: {detail}."),
    "field": msgid("The template holds a field that reads or runs something else: {detail}."),
    "changes": msgid("The template holds tracked changes, which every document would show."),
    "comments": msgid("The template holds comments, which every document would show."),
    "figure": msgid("The template still holds a figure of another document: {detail}."),
    "type": msgid("The file is not a Word document of the type .docx."),
}
_ELEMENTS: Final = {
    qn("w:object"): ("embedded", "w:object"),
    qn("w:altChunk"): ("embedded", "w:altChunk"),
    qn("w:subDoc"): ("link", "w:subDoc"),
    qn("w:control"): ("macros", "w:control"),
    qn("w:ins"): ("changes", ""),
    qn("w:del"): ("changes", ""),
    qn("w:moveFrom"): ("changes", ""),
    qn("w:moveTo"): ("changes", ""),
    qn("w:comment"): ("comments", ""),
}


def safety_problems(package: Package, main: str) -> Iterator[Problem]:
    """Every such thing, each kind and detail once."""
    findings = dict.fromkeys(
        (
            *_type_findings(package, main),
            *_part_findings(package),
            *_link_findings(package),
            *_text_findings(package),
        )
    )
    for kind, detail in findings:
        yield Problem(
            code=f"template.{kind}", message=_MESSAGES[kind], data={"detail": detail}, advice=_ADVICE[kind]
        )


Findings = Iterator[tuple[str, str]]


def _type_findings(package: Package, main: str) -> Findings:
    types = package.xml("[Content_Types].xml")
    declared = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types}
    if "macroenabled" in declared.get(main, "").lower():
        yield "macros", main
    elif declared.get(main) != _DOCX:
        yield "type", ""


def _part_findings(package: Package) -> Findings:
    for name in sorted(package.names):
        if _EMBEDDED.search(name):
            yield "embedded", name
        elif _MACROS.search(name):
            yield "macros", name


def _link_findings(package: Package) -> Findings:
    shown = 0
    for name in sorted(package.names):
        if not name.endswith(".rels"):
            continue
        folder, _rels, file = name.rpartition("_rels/")
        for one in package.relationships(f"{folder}{file.removesuffix('.rels')}"):
            if one.is_external and shown < _MOST_LINKS:
                shown += 1
                yield "link", one.target[:200]


def _text_findings(package: Package) -> Findings:
    for name in sorted(package.names):
        if name.startswith("word/") and name.endswith(".xml"):
            root = package.xml(name)
            yield from (_ELEMENTS[str(one.tag)] for one in root.iter(*_ELEMENTS))
            yield from _field_findings(root)
            yield from _figure_findings(root)


def _field_findings(root: etree._Element) -> Findings:
    for paragraph in root.iter(qn("w:p")):
        codes = "".join(one.text or "" for one in paragraph.iter(qn("w:instrText")))
        codes += " ".join(one.get(qn("w:instr"), "") for one in paragraph.iter(qn("w:fldSimple")))
        yield from (("field", match[1].upper()) for match in _FIELDS.finditer(codes))


def _figure_findings(root: etree._Element) -> Findings:
    yield from (("figure", text[:60]) for _n, text in read_figures(root) if text)

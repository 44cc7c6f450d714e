"""What a template must not carry (nội dung không được phép): programs, links to the outside, remarks.

A document made from a template is opened by many people: it must not run, fetch or show anything they do not expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lxml import etree

from congtam.kernel.errors import Problem, msgid
from congtam.typesetting.ooxml import Package
from congtam.typesetting.word.figures import read_figures
from congtam.typesetting.word_templates.external_links import WORD_NAMESPACES, external_targets, field_codes

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS: Final = re.compile(r"vba|macrosheet|activex|customui|\.bin$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"^word/embeddings/|^word/afchunk", re.IGNORECASE)
_ACTIVE: Final = re.compile(r"vbaProject|vbaData|activeX|macroEnabled|oleObject|customUI", re.IGNORECASE)
_ACTIVE_LINK: Final = re.compile(
    r"/(vbaProject|wordVbaData|activeX\w*|control|oleObject|package|aFChunk|extensibility|webextension\w*)$",
    re.IGNORECASE,
)
_OBJECTS: Final = frozenset({"oleobject", "package", "afchunk"})
_MOST_LINKS: Final = 10
_LONGEST: Final = 200
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
    "macros": msgid("The template contains a macro or a control that runs a program: {detail}."),
    "embedded": msgid("The template contains an embedded object: {detail}."),
    "link": msgid("The template links to something outside the file: {detail}."),
    "field": msgid("The template contains a field that reads or runs something else: {detail}."),
    "changes": msgid("The template contains tracked changes, which every document would show."),
    "comments": msgid("The template contains comments, which every document would show."),
    "figure": msgid("The template still contains a figure from another document: {detail}."),
    "type": msgid("The file is not a Word document of the type .docx."),
}
_NAMES: Final[dict[str, tuple[str, str]]] = {
    "object": ("embedded", "w:object"),
    "altChunk": ("embedded", "w:altChunk"),
    "subDoc": ("link", "w:subDoc"),
    "mailMerge": ("link", "w:mailMerge"),
    "control": ("macros", "w:control"),
    "ins": ("changes", ""),
    "del": ("changes", ""),
    "moveFrom": ("changes", ""),
    "moveTo": ("changes", ""),
    "comment": ("comments", ""),
}
_ELEMENTS: Final = {
    f"{{{namespace}}}{name}": finding for namespace in WORD_NAMESPACES for name, finding in _NAMES.items()
} | {
    "{urn:schemas-microsoft-com:office:office}OLEObject": ("embedded", "o:OLEObject"),
    "{http://schemas.microsoft.com/office/2006/activeX}ocx": ("macros", "ax:ocx"),
}


def safety_problems(package: Package, main: str, xml: Sequence[str]) -> Iterator[Problem]:
    """Every such thing, each kind and detail once; ``xml`` are the parts that are XML, whatever their names."""
    findings = dict.fromkeys(
        (*_type_findings(package, main), *_part_findings(package), *_xml_findings(package, xml))
    )
    for kind, detail in findings:
        yield Problem(
            code=f"template.{kind}", message=_MESSAGES[kind], data={"detail": detail}, advice=_ADVICE[kind]
        )


Findings = Iterator[tuple[str, str]]


def _type_findings(package: Package, main: str) -> Findings:
    types = list(package.xml("[Content_Types].xml").iter("*"))
    declared = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types}
    if not _ACTIVE.search(declared.get(main, "")) and declared.get(main) != _DOCX:
        yield "type", ""
    for one in types:
        if match := _ACTIVE.search(one.get("ContentType", "")):
            part = one.get("PartName", "").lstrip("/") or one.get("Extension", "")
            yield _content_kind(match[0]), part[:_LONGEST]


def _content_kind(active: str) -> str:
    return "embedded" if active.lower() in _OBJECTS else "macros"


def _part_findings(package: Package) -> Findings:
    for name in sorted(package.names):
        if _EMBEDDED.search(name):
            yield "embedded", name
        elif _MACROS.search(name):
            yield "macros", name


def _xml_findings(package: Package, xml: Sequence[str]) -> Findings:
    links: dict[tuple[str, str], None] = {}
    for name in xml:
        root = package.xml(name)
        yield from (_ELEMENTS[str(one.tag)] for one in root.iter(*_ELEMENTS))
        yield from _relation_findings(root)
        yield from (("field", code) for code in field_codes(root))
        yield from (("figure", text[:60]) for _n, text in read_figures(root) if text)
        links.update(dict.fromkeys(("link", target[:_LONGEST]) for target in external_targets(root)))
    yield from islice(links, _MOST_LINKS)


def _relation_findings(root: etree._Element) -> Findings:
    """Programs and objects that a part refers to, whatever the name of their own part."""
    for one in root.iter("{*}Relationship"):
        if match := _ACTIVE_LINK.search(one.get("Type", "")):
            yield _content_kind(match[1]), one.get("Target", "")[:_LONGEST]

"""Bound figures in a Word file (số liệu kèm nguồn): a bookmark over each number, the receipts in a part of the file.

The bookmark covers the number and its note [n]. Both Word and LibreOffice keep it when somebody types over the number,
so that what is printed now can be read back. (Content controls lose their tags in LibreOffice 7.4.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.domain.figure_list import dump_figures
from congtam.typesetting.fonts import clean
from congtam.typesetting.word.markup import element, style_run

NAMESPACE: Final = "urn:congtam:figures:1"
ROOT: Final = f"{{{NAMESPACE}}}figures"
_PREFIX: Final = "_congtam_"
"""Then the number of the figure and which of its occurrences it is; the underscore hides it in Word's list."""
_START, _END, _T = qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")
_NAME, _ID = qn("w:name"), qn("w:id")
_MOST_OPEN: Final = 8
_LONGEST: Final = 500


def add_figure(paragraph: Paragraph, figure: BoundFigure, *, size: float | None = None) -> None:
    """Append a figure and, once it has one, its number in superscript, both under one bookmark."""
    start = element("w:bookmarkStart", id="0", name=f"{_PREFIX}{figure.n}")
    if figure.n:
        paragraph._p.append(start)  # noqa: SLF001 - python-docx has no call for bookmarks
    style_run(paragraph.add_run(clean(figure.printed)), size=size, bold=figure.bold)
    if figure.n:
        note = style_run(paragraph.add_run(f"[{figure.n}]"), size=size)
        note.font.superscript = True
        paragraph._p.append(element("w:bookmarkEnd", id="0"))  # noqa: SLF001


def attach_figures(word: Document, figures: Sequence[BoundFigure]) -> None:
    """Carry the list of figures as a custom XML part, and tell the bookmarks apart; nothing where there are none."""
    if not figures:
        return
    _name_bookmarks(word.element.body)
    root = etree.Element(ROOT)
    root.text = dump_figures([replace(one, printed=clean(one.printed)) for one in figures])
    blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    package = word.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", blob, package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _name_bookmarks(body: Any) -> None:
    """Give each bookmark a number and a name of its own, beside those the file had."""
    used = [int(one.get(_ID, "0")) for one in body.iter(_START) if one.get(_ID, "").isdigit()]
    number = max(used, default=0)
    for count, start in enumerate(one for one in body.iter(_START) if one.get(_NAME, "").startswith(_PREFIX)):
        end = next(one for one in start.itersiblings(_END) if one.get(_ID) == "0")
        number += 1
        start.set(_ID, str(number))
        end.set(_ID, str(number))
        start.set(_NAME, f"{start.get(_NAME)}_{count}")


def drop_bookmarks(body: Any) -> None:
    """Remove the bookmarks of figures, as where a template was made from one of our documents."""
    starts = [one for one in body.iter(_START) if one.get(_NAME, "").startswith(_PREFIX)]
    ids = {one.get(_ID) for one in starts}
    for one in (*starts, *(end for end in body.iter(_END) if end.get(_ID) in ids)):
        one.getparent().remove(one)


@dataclass
class _OpenBookmark:
    """A bookmark that was begun and not ended yet."""

    n: int
    parts: list[str] = field(default_factory=list)

    @property
    def covered_text(self) -> str:
        """The text the bookmark covers, without the note."""
        return "".join(self.parts)[:_LONGEST].removesuffix(f"[{self.n}]")


def read_figures(root: Any) -> Iterator[tuple[int, str]]:
    """Number and text of each bookmarked figure, in order; text that tracked changes have deleted is not there."""
    open_ones: dict[str, _OpenBookmark] = {}
    for one in root.iter(_START, _END, _T):
        if one.tag == _T:
            for begun in open_ones.values():
                begun.parts.append((one.text or "")[:_LONGEST])
        elif one.tag == _END:
            ended = open_ones.pop(one.get(_ID, ""), None)
            if ended is not None:
                yield ended.n, ended.covered_text
        elif len(open_ones) < _MOST_OPEN:
            n = one.get(_NAME, "").removeprefix(_PREFIX).split("_")[0]
            if one.get(_NAME, "").startswith(_PREFIX) and n.isascii() and n.isdigit() and len(n) < 7:
                open_ones[one.get(_ID, "")] = _OpenBookmark(int(n))

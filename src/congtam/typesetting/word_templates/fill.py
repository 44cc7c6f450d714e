"""Fill a template with a document (điền mẫu): text into lines, blocks in the place of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length

from congtam.typesetting.domain.binding import figures, number_figures
from congtam.typesetting.domain.document import OfficialDocument, Sheet
from congtam.typesetting.domain.slots import CONTENT, COPY_NOTE, SLOTS
from congtam.typesetting.fonts import clean
from congtam.typesetting.word.blocks import add_block
from congtam.typesetting.word.figures import NAMESPACE, attach_figures, drop_bookmarks
from congtam.typesetting.word.frame import Framer
from congtam.typesetting.word.pages import add_source_line
from congtam.typesetting.word.render import add_annexes, pack_docx, set_properties
from congtam.typesetting.word.styles import set_styles
from congtam.typesetting.word_templates.paragraphs import fill_slots, paragraphs, slots_in
from congtam.typesetting.word_templates.template import Template

_NARROWEST: Final = Cm(2)
_WIDEST: Final = Cm(40)
_USUAL: Final = Cm(16.2)
_CELL_MARGINS: Final = Cm(0.4)


def render_template(template: Template, document: OfficialDocument, *, fonts: Path) -> bytes:
    """The document in the template's letterhead, wording and styles; annexes follow as in the standard layout.

    Styles the template lacks are added. Where the data are made up, every page says so whatever the template holds.
    """
    bound = replace(number_figures(document), sheet=Sheet(copies=document.sheet.copies))
    word = docx.Document(BytesIO(template.content))
    word.element.body.get_or_add_sectPr()
    set_styles(word, scale=1.0, keep=True)
    set_properties(word, bound)
    _drop_old_figures(word)
    _fill_edges(word, bound, template.slots)
    copies = bound.sheet.copies if COPY_NOTE in template.slots else ()
    bodies = _repeat_body(word, max(len(copies), 1))
    for body, copy_note in zip(bodies, copies or ("",), strict=True):
        _Filler(word=word, document=bound, fonts=fonts).fill(body, copy_note)
    add_annexes(word, bound, fonts=fonts)
    attach_figures(word, figures(bound))
    return pack_docx(word)


def _repeat_body(word: Document, count: int) -> list[list[Any]]:
    """The body as often as there are copies, each on a new page."""
    own = [one for one in word.element.body if one.tag != qn("w:sectPr")]
    originals = [deepcopy(one) for one in own]
    bodies = [own]
    for _copy in range(count - 1):
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        body = [deepcopy(one) for one in originals]
        for one in body:
            word.element.body[-1].addprevious(one)
        bodies.append(body)
    return bodies


def _fill_edges(word: Document, document: OfficialDocument, used: frozenset[str]) -> None:
    """Headers and footers; the source of the document and the mark of made-up data where no slot holds them."""
    edges = [
        edge
        for section in word.sections
        for edge in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        )
        if not edge.is_linked_to_previous
    ]  # fmt: skip
    for edge in edges:
        for paragraph in list(paragraphs(edge._element)):  # noqa: SLF001 - the part behind the header
            fill_slots(paragraph, _slot_values(document, ""))
    first = word.sections[0]
    footers = [first.footer, *([first.first_page_footer] if first.different_first_page_header_footer else [])]
    for footer in footers:
        add_source_line(
            footer,
            document,
            with_mark="synthetic_mark" not in used,
            with_trace="trace" not in used,
        )


@dataclass(frozen=True, kw_only=True)
class _Filler:
    """Fills one copy of the body."""

    word: Document
    document: OfficialDocument
    fonts: Path

    def fill(self, body: list[Any], copy_note: str) -> None:
        """Slots are looked up before anything is filled: what people wrote is never read as a slot."""
        marked = [one for part in body for one in paragraphs(part) if slots_in(one)]
        values = _slot_values(self.document, copy_note)
        for paragraph in marked:
            slot = SLOTS[slots_in(paragraph)[0]]
            if slot.is_block:
                self._insert_blocks(paragraph, slot.name)
            else:
                fill_slots(paragraph, values)

    def _insert_blocks(self, paragraph: Any, name: str) -> None:
        """Let blocks be written at the end of the file and move them to the slot."""
        width = _width_at(paragraph)
        body = self.word.element.body
        before = len(body)
        framer = Framer(self.word, self.document, width=width)
        if name == CONTENT:
            for block in self.document.blocks:
                add_block(self.word, block, width=width, fonts=self.fonts)
        else:
            {"grounds": framer.add_grounds, "signatures": framer.add_signature, "qr": framer.add_qr}[name]()
        for one in list(body[before - 1 : -1]):
            paragraph.addprevious(one)
        if _is_last_in_cell(paragraph):
            fill_slots(paragraph, dict.fromkeys(SLOTS, ""))
        else:
            paragraph.getparent().remove(paragraph)


def _slot_values(document: OfficialDocument, copy_note: str) -> Mapping[str, str]:
    """The text of every slot; lines stay lines."""
    texts = {name: slot.text(document) for name, slot in SLOTS.items() if slot.text is not None}
    return {name: clean(text) for name, text in {**texts, COPY_NOTE: copy_note}.items()}


def _width_at(paragraph: Any) -> Length:
    """The width of the text where a paragraph stands: of its cell, else of its page."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is not None and cell.width:
        return _clamp_width(cell.width - _CELL_MARGINS)
    top = paragraph
    while top.getparent().tag != qn("w:body"):
        top = top.getparent()
    section = next(_sections_from(top))
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    return _clamp_width(section.page_width - margins if section.page_width else _USUAL)


def _sections_from(top: Any) -> Iterator[Any]:
    """The settings of the page on which an element of the body stands, which follow it in the file."""
    for one in (top, *top.itersiblings()):
        yield from one.iter(qn("w:sectPr"))


def _clamp_width(width: int) -> Length:
    return Emu(min(max(width, _NARROWEST), _WIDEST))


def _is_last_in_cell(paragraph: Any) -> bool:
    """A cell must end with a paragraph."""
    return paragraph.getparent().tag == qn("w:tc") and paragraph.getnext() is None


def _drop_old_figures(word: Document) -> None:
    """A template made from one of our documents still carries the list and the bookmarks of its figures."""
    drop_bookmarks(word.element.body)
    for key, one in list(word.part.rels.items()):
        is_custom = one.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not one.is_external
        if is_custom and NAMESPACE.encode() in one.target_part.blob:
            word.part.rels.pop(key)

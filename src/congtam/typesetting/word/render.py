"""Write a document as .docx in the layout of Decree 30/2020/NĐ-CP (bản soạn thảo)."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from congtam.typesetting.domain.binding import figures, number_figures
from congtam.typesetting.domain.document import OfficialDocument, Sheet
from congtam.typesetting.fonts import clean
from congtam.typesetting.word.blocks import add_block
from congtam.typesetting.word.figures import attach_figures
from congtam.typesetting.word.frame import Framer
from congtam.typesetting.word.pages import add_annex_head, set_header_and_footer, set_page
from congtam.typesetting.word.styles import set_styles


def render_docx(document: OfficialDocument, *, fonts: Path) -> bytes:
    """Write the document for a word processor; the same document gives the same bytes.

    Bound figures stand under bookmarks, their receipts in a custom XML part.
    """
    bound = number_figures(document)
    word = docx.Document()
    set_styles(word, scale=bound.sheet.scale)
    set_properties(word, bound)
    width = set_page(word.sections[0], bound.sheet)
    set_header_and_footer(word.sections[0], bound)
    for index, copy_note in enumerate(bound.sheet.copies or ("",)):
        if index:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _add_copy(word, bound, copy_note, width=width, fonts=fonts)
    add_annexes(word, bound, fonts=fonts)
    attach_figures(word, figures(bound))
    return pack_docx(word)


def add_annexes(word: Document, bound: OfficialDocument, *, fonts: Path) -> None:
    """Each annex in a section of its own at the end of the file."""
    for index, annex in enumerate(bound.annexes):
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _lower_last_gap(word)
        section.different_first_page_header_footer = False
        width = set_page(section, Sheet(landscape=annex.landscape))
        add_annex_head(word, annex, index, document=bound)
        for block in annex.blocks:
            add_block(word, block, width=width, fonts=fonts)
    if bound.annexes:
        _lower_last_gap(word)


def _lower_last_gap(word: Document) -> None:
    """Make the empty paragraph at the end a point high, and the only one behind a table.

    Word wants it there. Behind a table that fills its page, a taller one or a second one would be an empty page.
    """
    end = word.paragraphs[-1]
    if end.runs:
        return
    before = end._p.getprevious()  # noqa: SLF001 - python-docx does not tell what stands before
    behind = before.getprevious() if before is not None else None
    if behind is not None and behind.tag == qn("w:tbl") and isinstance(before, CT_P):
        gap = Paragraph(before, word)
        if not gap.runs and gap.style is not None and gap.style.name == "Small gap":
            word.element.body.remove(before)
    end.style = "Small gap"
    end.paragraph_format.line_spacing = Pt(1)


def _add_copy(word: Document, bound: OfficialDocument, copy_note: str, *, width: Length, fonts: Path) -> None:
    """The document from its head to its signature, and the words that belong to one copy of it."""
    framer = Framer(word, bound, width=width)
    framer.add_head()
    framer.add_title()
    for block in bound.blocks:
        add_block(word, block, width=width, fonts=fonts, scale=bound.sheet.scale)
    # The last words stay with the signature.
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    if bound.signer.capacity:
        framer.add_signature()
        # Word wants a paragraph after a table; a tall one would begin an empty page.
        word.add_paragraph(style="Small gap")
    if copy_note:
        framer.add_copy_note(copy_note)


def set_properties(word: Document, document: OfficialDocument) -> None:
    """Title, author and source of the file; the day of the document instead of the clock."""
    moment = datetime.combine(document.date, time())
    properties = word.core_properties
    properties.title = clean(document.title)[:255]
    properties.author = clean(" - ".join((*document.issuer.parent, *document.issuer.body)))[:255]
    properties.comments = clean(document.trace)[:255]
    properties.language = "vi-VN"
    properties.created = properties.modified = moment
    properties.last_modified_by = ""


def pack_docx(word: Document) -> bytes:
    """Zip again with one fixed time: python-docx stamps each part with the clock."""
    loose, tight = BytesIO(), BytesIO()
    word.save(loose)
    with ZipFile(loose) as source, ZipFile(tight, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return tight.getvalue()

"""Pages around the content: size and margins, running lines, the head of an annex (trang giấy, phụ lục)."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.section import Section, _Footer
from docx.shared import Cm, Length

from congtam.typesetting.domain.document import Annex, OfficialDocument, Sheet
from congtam.typesetting.domain.slots import SYNTHETIC_MARK
from congtam.typesetting.fonts import clean
from congtam.typesetting.layout import annex_label, attached_line
from congtam.typesetting.word.lines import CENTER, append_centred, draw_rule
from congtam.typesetting.word.markup import add_page_number, style_run

_SHORT, _LONG = Cm(21), Cm(29.7)
_HALF = Cm(14.85)


def set_page(section: Section, sheet: Sheet) -> Length:
    """A4 with the margins of the Decree, or A5 for half sheets; returns the text width."""
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if sheet.landscape else (_SHORT, _LONG)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.header_distance = section.footer_distance = Cm(1)
    if sheet.is_twin:
        section.page_width, section.page_height = _HALF, _SHORT
        section.top_margin = section.bottom_margin = Cm(1)
        section.left_margin = section.right_margin = Cm(1)
        section.header_distance = section.footer_distance = Cm(0.4)
    elif sheet.is_narrow:
        section.left_margin, section.right_margin = Cm(1.8), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(1.5)
        section.header_distance = section.footer_distance = Cm(0.7)
    return Length(section.page_width - section.left_margin - section.right_margin)


def set_header_and_footer(section: Section, document: OfficialDocument) -> None:
    """Page number above (not on page 1 nor on half sheets); below, the source of the content and the synthetic mark."""
    section.different_first_page_header_footer = True
    if not document.sheet.is_twin:
        above = section.header.paragraphs[0]
        above.alignment = CENTER
        add_page_number(above)
    for footer in (section.footer, section.first_page_footer):
        add_source_line(footer, document)


def add_source_line(
    footer: _Footer, document: OfficialDocument, *, with_mark: bool = True, with_trace: bool = True
) -> None:
    """The mark of made-up data and the source of the document, on a line of their own at the end of a footer."""
    parts = (
        (SYNTHETIC_MARK if document.synthetic and with_mark else "", True),
        (clean(document.trace) if with_trace else "", False),
    )
    texts = [(text, bold) for text, bold in parts if text]
    if not texts:
        return
    last = footer.paragraphs[-1]
    is_free = not last.text.strip() and not last.runs
    below = last if is_free else footer.add_paragraph()
    below.alignment = CENTER
    for index, (text, bold) in enumerate(texts):
        style_run(below.add_run(f" · {text}" if index else text), size=8.5, bold=bold)


def add_annex_head(word: Document, annex: Annex, index: int, *, document: OfficialDocument) -> None:
    """Label, title and the line that ties the annex to its document."""
    label = word.add_paragraph(annex_label(index, len(document.annexes)), style="Heading 1")
    label.alignment = CENTER
    label.paragraph_format.first_line_indent = Cm(0)
    append_centred(word, annex.title, bold=True)
    append_centred(word, attached_line(document), size=13, italic=True)
    width = 24.9 if annex.landscape else 16.2
    draw_rule(word.add_paragraph(), indent=(width - 4) / 2)

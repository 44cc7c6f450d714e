"""What stands around the content: head, title, signature, page margins (thể thức văn bản)."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from congtam.reports.domain.document import Annex, OfficialDocument
from congtam.reports.fonts import clean
from congtam.reports.layout import (
    DRAFT_MARK,
    SYNTHETIC_MARK,
    annex_label,
    attached_line,
    grounds_lines,
    recipient_lines,
)
from congtam.reports.word.markup import box, cell_margins, page_number, rule_below, style_run

CENTER = WD_ALIGN_PARAGRAPH.CENTER
_SHORT, _LONG = Cm(21), Cm(29.7)


def set_page(section: Section, *, landscape: bool = False) -> Length:
    """A4 with the margins of the Decree, page number in the top margin from page 2; returns the text width."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.header_distance = section.footer_distance = Cm(1)
    return Length(section.page_width - section.left_margin - section.right_margin)


def set_running_lines(section: Section, document: OfficialDocument) -> None:
    """Page number above (not on page 1); below, where the content comes from and that it is synthetic."""
    section.different_first_page_header_footer = True
    above = section.header.paragraphs[0]
    above.alignment = CENTER
    page_number(above)
    for footer in (section.footer, section.first_page_footer):
        below = footer.paragraphs[0]
        below.alignment = CENTER
        if document.synthetic:
            style_run(below.add_run(SYNTHETIC_MARK), size=8.5, bold=True)
        if document.trace:
            lead = " · " if document.synthetic else ""
            style_run(below.add_run(lead + clean(document.trace)), size=8.5)


def add_head(word: Document, document: OfficialDocument) -> None:
    """Bodies and number on the left; national name, motto, place and date on the right."""
    table = word.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, 6.6, 9.6)
    left, right = table.rows[0].cells
    for line in document.issuer.parent:
        _line(left, line.upper(), size=12)
    for line in document.issuer.body:
        _line(left, line.upper(), size=12, bold=True)
    _rule(left, indent=2.1)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(right, indent=1.9)
    left, right = table.rows[1].cells
    _line(left, document.number_line, size=13)
    _line(right, document.place_line, size=13, italic=True)
    if document.draft:
        _add_draft_mark(word)


def add_title(word: Document, document: OfficialDocument) -> None:
    """Type, abstract with its line, addressees and grounds."""
    kind = _centred(word, document.type_name, bold=True)
    kind.paragraph_format.space_before = Pt(16)
    _centred(word, document.abstract, bold=True)
    _rule_of(word.add_paragraph(), indent=6.2)
    if document.addressees:
        _centred(word, f"Kính gửi: {'; '.join(document.addressees)}")
    for line in grounds_lines(document.grounds):
        style_run(word.add_paragraph(style="Body Text").add_run(clean(line)), italic=True)


def add_signature(word: Document, document: OfficialDocument) -> None:
    """Recipients on the left, the signer on the right."""
    gap = word.add_paragraph()
    gap.paragraph_format.space_before = Pt(6)
    gap.paragraph_format.keep_with_next = True
    table = word.add_table(rows=1, cols=2)
    _set_widths(table, 7.4, 8.8)
    left, right = table.rows[0].cells
    lines = recipient_lines(document.recipients)
    if lines:
        _line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    for line in lines:
        _line(left, f"- {line}", size=11, align=WD_ALIGN_PARAGRAPH.LEFT)
    signer = document.signer
    for line in (*signer.capacity, signer.position, "", "", "", "", signer.name):
        if line or line is not signer.position:
            _line(right, line, size=14, bold=True)


def add_annex_head(word: Document, annex: Annex, index: int, *, document: OfficialDocument) -> None:
    """Label, title and the line that ties the annex to its document."""
    label = word.add_paragraph(annex_label(index, len(document.annexes)), style="Heading 1")
    label.alignment = CENTER
    label.paragraph_format.first_line_indent = Cm(0)
    _centred(word, annex.title, bold=True)
    _centred(word, attached_line(document), size=13, italic=True)
    width = 24.9 if annex.landscape else 16.2
    _rule_of(word.add_paragraph(), indent=(width - 4) / 2)


def _set_widths(table: Table, *widths: float) -> None:
    """Fix the widths in centimetres, for cells and for the grid: readers differ in which of them they trust."""
    table.autofit = False
    cell_margins(table, sides=0, ends=0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _add_draft_mark(word: Document) -> None:
    mark = word.add_paragraph()
    mark.alignment = CENTER
    mark.paragraph_format.space_before = Pt(8)
    mark.paragraph_format.left_indent, mark.paragraph_format.right_indent = Cm(1.6), Cm(11.6)
    style_run(mark.add_run(DRAFT_MARK), size=12, bold=True)
    box(mark)


def _line(
    cell: _Cell,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTER,
) -> None:
    first = cell.paragraphs[0]
    is_free = len(cell.paragraphs) == 1 and not first.runs
    paragraph = first if is_free else cell.add_paragraph()
    paragraph.alignment = align
    style_run(paragraph.add_run(clean(text)), size=size, bold=bold, italic=italic)


def _rule(cell: _Cell, *, indent: float) -> None:
    _rule_of(cell.add_paragraph(), indent=indent)


def _rule_of(paragraph: Paragraph, *, indent: float) -> None:
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(indent)
    style_run(paragraph.add_run("\u00a0"), size=1)
    paragraph.paragraph_format.line_spacing = Pt(2)
    paragraph.paragraph_format.space_after = Pt(8)
    rule_below(paragraph)


def _centred(
    word: Document, text: str, *, size: float = 14, bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.alignment = CENTER
    style_run(paragraph.add_run(clean(text)), size=size, bold=bold, italic=italic)
    return paragraph

"""Single lines of a Word document: centred, in a cell, ruled below (dòng chữ, đường kẻ)."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from congtam.typesetting.fonts import clean
from congtam.typesetting.word.markup import draw_rule_below, set_cell_margins, style_run

CENTER = WD_ALIGN_PARAGRAPH.CENTER
LEFT = WD_ALIGN_PARAGRAPH.LEFT


def set_widths(table: Table, *widths: float) -> None:
    """Fix the widths in centimetres, for cells and for the grid: readers differ in which of them they trust."""
    table.autofit = False
    set_cell_margins(table, sides=0, ends=0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def write_line(
    cell: _Cell,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTER,
) -> None:
    """Write the next line of a cell."""
    paragraph = next_paragraph(cell)
    paragraph.alignment = align
    style_run(paragraph.add_run(clean(text)), size=size, bold=bold, italic=italic)


def next_paragraph(cell: _Cell) -> Paragraph:
    """The first paragraph of a cell while it is empty, else a new one."""
    first = cell.paragraphs[0]
    is_free = len(cell.paragraphs) == 1 and not first.runs
    paragraph: Paragraph = first if is_free else cell.add_paragraph()
    return paragraph


def draw_rule(paragraph: Paragraph, *, indent: float) -> None:
    """Make the paragraph a thin line, indented on both sides (cm)."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(indent)
    style_run(paragraph.add_run("\u00a0"), size=1)
    paragraph.paragraph_format.line_spacing = Pt(2)
    paragraph.paragraph_format.space_after = Pt(8)
    draw_rule_below(paragraph)


def append_centred(
    word: Document, text: str, *, size: float = 14, bold: bool = False, italic: bool = False
) -> Paragraph:
    """Append a centred line."""
    paragraph = word.add_paragraph()
    paragraph.alignment = CENTER
    style_run(paragraph.add_run(clean(text)), size=size, bold=bold, italic=italic)
    return paragraph

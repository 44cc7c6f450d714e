"""The content of a document as Word paragraphs, tables and pictures (nội dung)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Emu, Length, Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from congtam.typesetting.charts import png
from congtam.typesetting.domain.document import (
    Block,
    BoundFigure,
    Bullets,
    Chart,
    HeadCell,
    Heading,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
)
from congtam.typesetting.fonts import clean
from congtam.typesetting.layout import head_rows, is_lead_in
from congtam.typesetting.word.figures import add_figure
from congtam.typesetting.word.markup import describe_picture, repeat_head, set_cell_margins, style_run

_SHORT_HEAD: Final = 3
_WIDEST_LETTER: Final = 0.75
"""Of the size: a bold capital of the typeface, and of the one that takes its place where it is missing."""
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def add_block(word: Document, block: Block, *, width: Length, fonts: Path, scale: float = 1.0) -> None:
    """Append one block to the end of the Word document, within the given text width."""
    match block:
        case Heading():
            word.add_paragraph(clean(block.text), style=f"Heading {block.level}")
        case Paragraph():
            paragraph = word.add_paragraph(style="Note" if block.note else "Body Text")
            add_runs(paragraph, block.runs)
            paragraph.paragraph_format.keep_with_next = is_lead_in(block) or None
        case Bullets():
            for item in block.items:
                add_runs(word.add_paragraph(style="Body Text"), (Text("- "), *item))
        case Table():
            _add_table(word, block, width=width, scale=scale)
        case Chart():
            _add_chart(word, block, width=width, fonts=fonts)
        case _:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def add_runs(paragraph: WordParagraph, runs: Runs, *, size: float | None = None) -> None:
    """Append runs; a bound figure is followed by its number in superscript."""
    for run in runs:
        if isinstance(run, BoundFigure):
            add_figure(paragraph, run, size=size)
        else:
            style_run(paragraph.add_run(clean(run.text)), size=size, bold=run.bold, italic=run.italic)


def _add_table(word: Document, table: Table, *, width: Length, scale: float = 1.0) -> None:
    if table.caption:
        word.add_paragraph(clean(table.caption), style="Caption")
    head = head_rows(table)
    made = word.add_table(rows=len(head), cols=len(table.columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    size, sides = table.size * scale, 25 if table.is_dense else 70
    widths = column_widths(table.columns, width, size=size, sides=sides)
    _add_table_head(made, head, widths, size=size)
    for row in table.rows:
        # Asking a table for its cells again and again costs Word files their speed: take the row once.
        cells = made.add_row().cells
        for cell, runs, column, wide in zip(cells, row, table.columns, widths, strict=True):
            _fill_cell(cell, runs, size=size, side=column.align, width=wide)
    for column_made, wide in zip(made.columns, widths, strict=True):
        column_made.width = wide
    repeat_head(made, rows=len(head))
    set_cell_margins(made, sides=sides, ends=40)
    word.add_paragraph(style="Small gap")


def _add_table_head(
    made: WordTable, head: tuple[tuple[HeadCell, ...], ...], widths: list[Length], *, size: float
) -> None:
    """Place each cell of the head on the first free field of its row, and merge what it covers."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(head):
        for one in cells:
            at = next(index for index in range(len(widths)) if (row, index) not in taken)
            last = at + one.columns - 1
            taken |= {(row + down, at + right) for down in range(one.rows) for right in range(one.columns)}
            cell = made.cell(row, at)
            if one.columns > 1 or one.rows > 1:
                cell = cell.merge(made.cell(row + one.rows - 1, last))
            wide = Emu(sum(widths[at : last + 1]))
            _fill_cell(cell, (Text(one.title, bold=True),), size=size, side="center", width=wide)


def column_widths(
    columns: tuple[TableColumn, ...], width: Length, *, size: float = 0.0, sides: int = 0
) -> list[Length]:
    """Share the text width among the columns.

    Word breaks a word that is wider than its cell: a column with a short head (“TT”) gets at least the room for it at
    the size in points, within margins of so many twips, from the widest column.
    """
    total = sum(column.width for column in columns)
    widths = [int(width * column.width / total) for column in columns]
    for index, column in enumerate(columns):
        if not 0 < len(column.title) <= _SHORT_HEAD:
            continue
        needed = int(Pt(size * _WIDEST_LETTER * len(column.title)) + 2 * Twips(sides))
        if needed > widths[index]:
            widest = max(range(len(widths)), key=widths.__getitem__)
            widths[widest] -= needed - widths[index]
            widths[index] = needed
    return [Emu(wide) for wide in widths]


def _fill_cell(cell: _Cell, runs: Runs, *, size: float, side: str, width: Length) -> None:
    cell.width = width
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _SIDES[side]
    add_runs(paragraph, runs, size=size)


def _add_chart(word: Document, chart: Chart, *, width: Length, fonts: Path) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = bool(chart.caption)
    run = paragraph.add_run()
    run.add_picture(BytesIO(png(chart.spec, fonts=fonts)), width=width)
    describe_picture(run, chart.alt)
    if chart.caption:
        note = word.add_paragraph(style="Note")
        note.alignment = WD_ALIGN_PARAGRAPH.CENTER
        note.add_run(clean(chart.caption))

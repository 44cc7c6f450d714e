"""The few marks of WordprocessingML that python-docx has no call for (đánh dấu OOXML)."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"


def element(tag: str, **attributes: str) -> Any:
    """An element such as ``w:tblHeader`` with its attributes in the ``w`` namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def style_run(run: Run, *, size: float | None = None, bold: bool = False, italic: bool = False) -> Run:
    """Set size and style; nothing is set that the paragraph already has."""
    if size is not None:
        run.font.size = Pt(size)
    run.bold = bold or None
    run.italic = italic or None
    return run


def draw_rule_below(paragraph: Paragraph) -> None:
    """A thin line under the paragraph, as wide as its indents leave it."""
    border = element("w:pBdr")
    border.append(element("w:bottom", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no call for borders
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def draw_box(paragraph: Paragraph) -> None:
    """A frame around the paragraph, as a stamp has (dấu dự thảo)."""
    border = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        border.append(element(f"w:{side}", val="single", sz="8", space="3", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def add_page_number(paragraph: Paragraph) -> None:
    """The field that Word replaces by the number of the page."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("value", "2"), ("end", "")):
        run = style_run(paragraph.add_run(), size=13)
        if kind in {"begin", "separate", "end"}:
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001
        elif kind == "value":
            run.text = text
        else:
            code = element("w:instrText")
            code.text = text
            run._r.append(code)  # noqa: SLF001


def repeat_head(table: Table, *, rows: int = 1) -> None:
    """Repeat the first rows on each page; keep every row on one page."""
    for index, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(element("w:cantSplit"))
        if index < rows:
            properties.append(element("w:tblHeader"))


def keep_whole(table: Table) -> None:
    """Keep every row on one page: no name stands apart from the place to sign."""
    repeat_head(table, rows=0)


def set_cell_margins(table: Table, *, sides: int, ends: int) -> None:
    """Space inside the cells, in twentieths of a point."""
    margins = element("w:tblCellMar")
    for side, width in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        margins.append(element(f"w:{side}", w=str(width), type="dxa"))
    properties = table._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLook"))
    properties.insert(properties.index(look) if look is not None else len(properties), margins)


def describe_picture(run: Run, text: str) -> None:
    """The words read out in place of a picture."""
    for frame in run._r.iter(qn("wp:docPr")):  # noqa: SLF001
        frame.set("descr", text)

"""The named styles of an official .docx (kiểu trình bày), so that an editor changes them in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from congtam.typesetting.word.markup import FONT, element

BODY_SIZE = 14
SMALL = 0.8
"""Below this scale lines stand closer, as on a half sheet."""


def set_styles(word: Document, *, scale: float = 1.0, keep: bool = False) -> None:
    """Times New Roman 14 throughout, black; sizes by the table of Decree 30, appendix I, less on half sheets.

    With ``keep`` the styles a file has stay as they are, and those that documents need are added.
    """
    makers: dict[str, Callable[[], None]] = {
        "Normal": lambda: _set_normal_style(word, scale=scale),
        "Body Text": lambda: _set_body_style(word, scale=scale),
        **{f"Heading {level}": partial(_set_heading_style, word, level) for level in (1, 2, 3)},
        "Caption": lambda: _set_caption_style(word),
        "Note": lambda: _set_note_style(word, scale=scale),
        "Small gap": lambda: _set_font(_get_or_add_style(word, "Small gap"), size=6),
    }
    present = {style.name for style in word.styles}
    for name, make in makers.items():
        if not (keep and name in present):
            make()
    if "Table Grid" not in present:
        _add_table_grid_style(word)


def _set_normal_style(word: Document, *, scale: float) -> None:
    normal = _get_or_add_style(word, "Normal")
    _set_font(normal, size=BODY_SIZE * scale)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _set_body_style(word: Document, *, scale: float) -> None:
    body = _get_or_add_style(word, "Body Text")
    _set_font(body, size=BODY_SIZE * scale)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Cm(1 * scale)
    body.paragraph_format.space_before = Pt(6 if scale > SMALL else 3)
    body.paragraph_format.line_spacing = 1.05


def _add_table_grid_style(word: Document) -> None:
    """Thin lines around every cell, as Word's own style of this name."""
    style = word.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color="auto"))
    properties = element("w:tblPr")
    properties.append(borders)
    style.element.append(properties)


def _get_or_add_style(word: Document, name: str) -> ParagraphStyle:
    names = {style.name for style in word.styles}
    made = word.styles[name] if name in names else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(made, ParagraphStyle):
        raise TypeError(name)
    return made


def _set_font(style: ParagraphStyle, *, size: float, bold: bool = False, italic: bool = False) -> None:
    style.font.name = FONT
    style.font.size = Pt(round(size * 2) / 2)
    style.font.bold = bold
    style.font.italic = italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    # The theme's fonts would win over the names.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if properties.find(qn("w:lang")) is None:
        properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))


def _set_heading_style(word: Document, level: int) -> None:
    style = _get_or_add_style(word, f"Heading {level}")
    _set_font(style, size=BODY_SIZE, bold=True, italic=level == 3)
    style.paragraph_format.first_line_indent = Cm(1)
    style.paragraph_format.space_before = Pt(10 if level == 1 else 6)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.keep_with_next = True


def _set_caption_style(word: Document) -> None:
    style = _get_or_add_style(word, "Caption")
    _set_font(style, size=13, bold=True)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.space_before = Pt(8)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.keep_with_next = True


def _set_note_style(word: Document, *, scale: float) -> None:
    style = _get_or_add_style(word, "Note")
    _set_font(style, size=11.5 * scale, italic=True)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    style.paragraph_format.space_before = Pt(4)
    style.paragraph_format.space_after = Pt(4)

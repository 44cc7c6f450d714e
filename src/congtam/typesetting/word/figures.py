"""Bound figures in a Word file (số liệu kèm nguồn): a control around each number, the receipts in a part of the file.

A content control survives editing: what somebody types over the number is read back as what is printed now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.text.paragraph import Paragraph
from lxml import etree

from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.domain.figure_list import dump_figures
from congtam.typesetting.fonts import clean
from congtam.typesetting.word.markup import element, style_run

NAMESPACE: Final = "urn:congtam:figures:1"
ROOT: Final = f"{{{NAMESPACE}}}figures"
TAG: Final = "congtam-figure:"
"""What the tag of a control begins with; the number of the figure follows."""


def add_figure(paragraph: Paragraph, figure: BoundFigure, *, size: float | None = None) -> None:
    """Append a figure, in a control once it has a number, and its number in superscript."""
    run = style_run(paragraph.add_run(clean(figure.printed)), size=size, bold=figure.bold)
    if not figure.n:
        return
    paragraph._p.append(_control(figure.n, run._r))  # noqa: SLF001 - python-docx has no call for controls
    note = style_run(paragraph.add_run(f"[{figure.n}]"), size=size)
    note.font.superscript = True


def attach_figures(word: Document, figures: Sequence[BoundFigure]) -> None:
    """Carry the list of figures as a custom XML part; nothing where there are none."""
    if not figures:
        return
    root = etree.Element(ROOT)
    root.text = dump_figures([replace(one, printed=clean(one.printed)) for one in figures])
    blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    package = word.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", blob, package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _control(n: int, run: Any) -> Any:
    """A plain-text control that cannot be deleted by mistake; its text can be edited."""
    made, properties, content = element("w:sdt"), element("w:sdtPr"), element("w:sdtContent")
    properties.extend(
        (
            element("w:alias", val=f"Số liệu [{n}]"),
            element("w:tag", val=f"{TAG}{n}"),
            element("w:lock", val="sdtLocked"),
            element("w:text"),
        )
    )
    content.append(run)
    made.extend((properties, content))
    return made

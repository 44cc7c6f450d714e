"""The figures of a .docx: what stands in the controls, with the receipts of the custom XML part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from congtam.typesetting.domain.binding import distinct
from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.domain.figure_list import FiguresAltered, load_figures
from congtam.typesetting.extraction.errors import NoBoundFigures
from congtam.typesetting.ooxml import Limits, Package
from congtam.typesetting.word.figures import ROOT, TAG

_CUSTOM_XML: Final = "/customXml"


def word_figures(content: bytes, limits: Limits) -> list[BoundFigure]:
    """See `extract`."""
    package = Package(content, limits)
    main = package.main
    listed = {one.n: one for one in distinct(_listed(package, main))}
    printed = list(_printed(package.xml(main)))
    if not {n for n, _text in printed} <= set(listed):
        raise FiguresAltered
    gone = sorted(set(listed) - {n for n, _text in printed})
    return [
        *(replace(listed[n], printed=text) for n, text in printed),
        *(replace(listed[n], printed="") for n in gone),
    ]


def _listed(package: Package, main: str) -> tuple[BoundFigure, ...]:
    for one in package.relationships(main):
        if one.type.endswith(_CUSTOM_XML) and not one.is_external and one.target in package.names:
            root = package.xml(one.target)
            if root.tag == ROOT:
                return load_figures(root.text or "")
    raise NoBoundFigures


def _printed(root: etree._Element) -> Iterator[tuple[int, str]]:
    """Number and text of each control, without what tracked changes have deleted."""
    for control in root.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        value = "" if tag is None else tag.get(qn("w:val"), "")
        number = value.removeprefix(TAG)
        if value.startswith(TAG) and number.isascii() and number.isdigit() and len(number) < 7:
            yield int(number), "".join(text.text or "" for text in control.iter(qn("w:t")))

"""The figures of a .docx: what stands under the bookmarks, with the receipts of the custom XML part."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from congtam.typesetting.domain.binding import distinct
from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.domain.figure_list import FiguresAltered, load_figures
from congtam.typesetting.extraction.errors import NoBoundFigures
from congtam.typesetting.ooxml import Package, PackageLimits
from congtam.typesetting.word.figures import ROOT, read_figures

_CUSTOM_XML: Final = "/customXml"


def word_figures(content: bytes, limits: PackageLimits) -> list[BoundFigure]:
    """See `extract`."""
    package = Package(content, limits)
    main = package.main
    listed = {one.n: one for one in distinct(_read_bound_figures(package, main))}
    marked = list(read_figures(package.xml(main)))
    printed = [(n, text) for n, text in marked if text]
    if not {n for n, _text in marked} <= set(listed):
        raise FiguresAltered
    gone = sorted(set(listed) - {n for n, _text in printed})
    return [
        *(replace(listed[n], printed=text) for n, text in printed),
        *(replace(listed[n], printed="") for n in gone),
    ]


def _read_bound_figures(package: Package, main: str) -> tuple[BoundFigure, ...]:
    for one in package.relationships(main):
        if one.type.endswith(_CUSTOM_XML) and not one.is_external and one.target in package.names:
            root = package.xml(one.target)
            if root.tag == ROOT:
                return load_figures(root.text or "")
    raise NoBoundFigures

"""The figures of a PDF: the attached list, compared with what the pages show."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.domain.figure_list import load_figures
from congtam.typesetting.extraction.errors import FiguresNotPrinted, NoBoundFigures, TooManyPages
from congtam.typesetting.ooxml import FileNotReadable
from congtam.typesetting.pdf import LIST_NAME

MOST_PAGES: Final = 1_000
MOST_NAMED: Final = 10
_MARK: Final = re.compile(r"\[\s?(\d{1,6})\s?\]")
_OF_NUMBERS: Final = frozenset("0123456789.,")
_BROKEN: Final = (
    PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError,
    AssertionError, NotImplementedError, OSError,
)  # fmt: skip
"""What pypdf raises over broken files, besides its own errors."""


def pdf_figures(content: bytes) -> list[BoundFigure]:
    """See `extract`."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise FileNotReadable
        if len(reader.pages) > MOST_PAGES:
            raise TooManyPages(maximum=MOST_PAGES)
        attached = reader.attachments.get(LIST_NAME)
    except _BROKEN:
        raise FileNotReadable from None
    if not attached:
        raise NoBoundFigures
    listed = load_figures(attached[0])
    _require_printed(listed, _extract_text(reader))
    return list(listed)


def _extract_text(reader: PdfReader) -> str:
    try:
        return "\n".join(page.extract_text() for page in reader.pages)
    except _BROKEN:
        raise FileNotReadable from None


def _require_printed(listed: Sequence[BoundFigure], text: str) -> None:
    """Each figure stands on the pages as often as in the list, with its number [n] behind it."""
    expected = Counter((one.n, "".join(one.printed.split())) for one in listed)
    printed: dict[int, list[str]] = defaultdict(list)
    for n, figure in expected:
        printed[n].append(figure)
    shown: Counter[tuple[int, str]] = Counter()
    for mark in _MARK.finditer(text):
        n = int(mark[1])
        shown.update((n, one) for one in printed.get(n, ()) if _ends_with(text, mark.start(), one))
    missing = [f"{one} [{n}]" for (n, one), count in expected.items() if shown[n, one] < count]
    if missing:
        raise FiguresNotPrinted(figures="; ".join(missing[:MOST_NAMED]))


def _ends_with(text: str, end: int, figure: str) -> bool:
    """Whether the text before ``end`` is the figure, but for spaces, and no part of a longer number."""
    for sign in reversed(figure):
        while end > 0 and text[end - 1].isspace():
            end -= 1
        if end == 0 or text[end - 1] != sign:
            return False
        end -= 1
    return end == 0 or text[end - 1] not in _OF_NUMBERS

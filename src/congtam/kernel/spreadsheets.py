"""Tables that people open in a spreadsheet program: no text of a row may be run there as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of .xlsx."""
OFFICIAL_FONT: Final[Mapping[str, str | int]] = {"font_name": "Times New Roman", "font_size": 11}
"""The font of sheets that go with official documents."""
INERT_OPTIONS: Final[Mapping[str, bool]] = {"strings_to_formulas": False, "strings_to_urls": False}
"""Options of a workbook in which a text stays a text, whatever it begins with."""

_RUNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-][0-9][0-9 .,]*")
MARK: Final = "'"


def csv_lines(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A .csv file line by line; it begins with a byte order mark: Excel then reads Vietnamese right.

    >>> list(csv_lines(["a", "b"], [["x,y", 1]]))
    ['\\ufeff', 'a,b\\r\\n', '"x,y",1\\r\\n']
    """
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([guard_formula(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([guard_formula(cell) for cell in row])


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, text: str) -> str:
        return text


def guard_formula(cell: object) -> object:
    """A cell that a spreadsheet program shows and never runs; only texts that begin like a formula get a mark.

    >>> guard_formula('=HYPERLINK("http://x")'), guard_formula("-5,2"), guard_formula("024"), guard_formula(None)
    ('\\'=HYPERLINK("http://x")', '-5,2', '024', None)
    """
    return f"{MARK}{cell}" if isinstance(cell, str) and _is_formula_like(cell) else cell


def remove_formula_guard(text: str) -> str:
    """What `guard_formula` was given: a table we wrote and somebody mended is read back without loss.

    >>> [remove_formula_guard(guard_formula(text)) for text in ("=1+1", "'quoted'", "'=1+1")]
    ['=1+1', "'quoted'", "'=1+1"]
    """
    return text[1:] if text.startswith(MARK) and _is_formula_like(text) else text


def _is_formula_like(text: str) -> bool:
    bare = text.lstrip(MARK)
    return bare[:1] in _RUNS and not _NUMBER.fullmatch(bare)

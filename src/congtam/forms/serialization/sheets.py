"""The sheets of a workbook as a form is read from them; the workbook itself is opened by the caller."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from congtam.kernel.vietnamese import fold, nfc

_HEADER_WITHIN: Final = 15

SheetLine = tuple[int, Sequence[Any]]
"""The number of a row, from 1, and its cells."""
SheetReader = Callable[[bytes, str], Iterable[tuple[str | None, Iterator[SheetLine]]]]
"""Opens the content of an .xlsx file of a name: its sheets by name, each with its lines."""


def find_header_columns(
    lines: Iterator[SheetLine], titles: Mapping[str, str], *, required: Collection[str]
) -> dict[str, int]:
    """Where each column stands, by its key; empty where the first rows hold no header."""
    for _, (_number, cells) in zip(range(_HEADER_WITHIN), lines, strict=False):
        names = [" ".join(fold(str(cell or "")).split()) for cell in cells]
        header = {key: names.index(fold(title)) for key, title in titles.items() if fold(title) in names}
        if all(key in header for key in required):
            return header
    return {}


def cell_text(value: object) -> str:
    """A cell as text with its line breaks; a day as yyyy-mm-dd, a whole number without decimals.

    >>> cell_text(3.0), cell_text(date(2026, 3, 2)), cell_text(None)
    ('3', '2026-03-02', '')
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)) if value is not None else ""

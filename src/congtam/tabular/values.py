"""Reading single values: texts, dates, numbers, yes and no (đọc giá trị). Every fault is a ``ValueFault``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isnan
from typing import Any, Final
from unicodedata import is_normalized, normalize

from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.numbers import parse_whole_number
from congtam.kernel.input.yes_no import parse_yes_no
from congtam.tabular.cells import CELL_ERRORS, EXACT_DIGITS, FaultyCell, PaddedNumber, displayed_value

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_A_NUMBER: Final = frozenset({"nan", "NaN", "NaT"})
"""What programs write for an empty number or day."""
_ROUNDED: Final = re.compile(r"\d[.,]\d+E\+\d{2,3}")
"""A long number as spreadsheet programs save it in a .csv: its last digits are lost."""
_LARGEST_NUMBER: Final = 1 << 62
_SURELY_SMALL: Final = 18
"""A number of so many digits is not too large."""


class ValueFault(Exception):
    """A value that cannot be read: the code of the problem and its data."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def clean(value: Any, empty: frozenset[str]) -> Any:
    """A raw cell made comparable: trimmed, composed Unicode; None when it is empty or a word for it."""
    if value.__class__ is str:
        return _clean_text(value, empty)
    if isinstance(value, float):
        return None if isnan(value) else value
    if isinstance(value, FaultyCell):
        raise ValueFault(value.code, value=value.written)
    if isinstance(value, bytes | list | dict):
        # A Parquet file can hold them; their Python form would look like a text and be none.
        raise ValueFault("value_unreadable")
    return value


def _clean_text(value: str, empty: frozenset[str]) -> str | None:
    value = value.strip()
    if not value or value in empty or value in _NOT_A_NUMBER:
        return None
    if value[0] == "#" and value in CELL_ERRORS:
        raise ValueFault("cell_error", value=value)
    if not value.isascii() and not is_normalized("NFC", value):
        value = normalize("NFC", value)
    if not value.isprintable() and _CONTROL.search(value):
        raise ValueFault("value_unreadable")
    return value


def filled_texts(get: Callable[[str], Any], columns: Sequence[str], empty: frozenset[str]) -> dict[str, str]:
    """The filled ones of some columns, as they are shown; raises ValueFault."""
    cleaned = ((column, clean(get(column), empty)) for column in columns)
    return {column: plain_text(displayed_value(value)) for column, value in cleaned if value is not None}


def text(value: Any) -> str:
    """A cell as text; whole numbers of spreadsheets without their ``.0``.

    Raises ValueFault for numbers that stand where a code should, and do not say what the code was.

    >>> text(123.0), text("a"), text(None)
    ('123', 'a', '')
    """
    if value.__class__ is str:
        if _ROUNDED.fullmatch(value):
            raise ValueFault("number_rounded", value=value)
        return str(value)
    if isinstance(value, PaddedNumber):
        raise ValueFault("number_padded", value=plain_text(value), shown=value.shown)
    if isinstance(value, float) and abs(value) >= 10**EXACT_DIGITS:
        raise ValueFault("number_too_long", value=plain_text(value))
    return plain_text(value)


def plain_text(value: Any) -> str:
    """A cell as text, whatever it is: for comparing, and for telling what stands in it."""
    if value.__class__ is str:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def whole_number(value: Any) -> int:
    """A whole number, not negative, as `kernel.input.numbers` reads it.

    >>> whole_number("1.250.000"), whole_number(30000.0)
    (1250000, 30000)
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST_NUMBER:
        return value
    if value.__class__ is str and len(value) <= _SURELY_SMALL and value.isascii() and value.isdecimal():
        return int(value)
    try:
        number = parse_whole_number(value if isinstance(value, float | Decimal) else plain_text(value))
    except InputMalformed:
        raise ValueFault("number_unreadable", value=plain_text(value)) from None
    if not 0 <= number < _LARGEST_NUMBER:
        raise ValueFault("number_unreadable", value=plain_text(value))
    return number


def parse_boolean(value: Any) -> bool:
    """Yes or no.

    >>> parse_boolean("Có"), parse_boolean(False)
    (True, False)
    """
    try:
        return parse_yes_no(plain_text(value))
    except InputMalformed:
        raise ValueFault("truth_unreadable", value=plain_text(value)) from None

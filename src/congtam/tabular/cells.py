"""Cells that are not what they show (ô bảng tính), and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

CELL_ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What spreadsheet programs write where a formula has failed, in files of every kind."""
EXACT_DIGITS: Final = 15
"""A spreadsheet keeps no more digits of a number; the ones after them become zeros."""
_INVISIBLE: Final = re.compile(
    "[\u00a0\u00ad\u061c\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u2069\ufeff]"
)
_SPACES: Final = "\u00a0\u202f"
_NAMES: Final = {
    "\u00a0": "no-break space",
    "\u202f": "no-break space",
    "\u00ad": "soft hyphen",
    "\ufeff": "byte order mark",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
}


@dataclass(frozen=True, slots=True)
class FaultyCell:
    """A cell without a value one can use: an error such as #REF!, or a formula that was never computed."""

    code: str
    written: str

    def __str__(self) -> str:
        return self.written


class PaddedNumber(float):
    """A number that its format shows with zeros before it (số hiển thị số 0 đứng đầu): 123 as 000123."""

    shown: str

    def __new__(cls, value: float, width: int) -> PaddedNumber:
        number = super().__new__(cls, value)
        number.shown = str(int(value)).zfill(width)
        return number


def displayed_value(value: Any) -> Any:
    """A cell as a person sees it, for the file of refused rows."""
    return value.shown if isinstance(value, PaddedNumber) else value


def strip_invisible_characters(text: str) -> str:
    """The text as it looks: no-break spaces are spaces, what has no width is gone.

    >>> strip_invisible_characters("Đã\\u00a0xong\\u200b")
    'Đã xong'
    """
    if text.isascii() or not _INVISIBLE.search(text):
        return text
    return _INVISIBLE.sub(lambda match: " " if match[0] in _SPACES else "", text)


def name_invisible(text: str) -> str:
    """The text with its invisible characters named.

    >>> name_invisible("xong\\u200b")
    'xong⟨U+200B zero-width space⟩'
    """
    return _INVISIBLE.sub(lambda match: _character_name(match[0]), text)


def _character_name(sign: str) -> str:
    name = _NAMES.get(sign) or unicodedata.name(sign, "").lower()
    return f"⟨U+{ord(sign):04X} {name}⟩"

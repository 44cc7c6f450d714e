"""Numbers as they are typed here and as machines write them (số): “1.234,5”, “1,234.5”, “1234.5”.

A point before exactly three digits groups thousands, for so it is written in Việt Nam: “1.234” is one thousand two
hundred and thirty-four. A comma is the decimal sign, unless it groups twice or stands before a point. Whole numbers
and amounts have no decimals, so there “1,234” is grouped too.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact
from congtam.kernel.vietnamese import comparison_key

Number = str | int | float | Decimal

_LONGEST: Final = 40
_LARGEST: Final = 10**30
_DOTS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMAS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
_BLANKS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_SCIENTIFIC: Final = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}")
_WHOLE: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_DONG: Final = re.compile(r"\s*(?:đồng|vnđ|vnd|đ|₫)\.?$")
_MINUS: Final = "\u2212"


class NumberMalformed(InputMalformed):
    """The text is not a number."""

    code = "number_malformed"
    message = msgid("“{text}” is not a number. Enter a number such as 1.234,5.")


class WholeNumberMalformed(InputMalformed):
    """The text is not a whole number."""

    code = "whole_number_malformed"
    message = msgid("“{text}” is not a whole number. Enter a number such as 1.234.")


class AmountMalformed(InputMalformed):
    """The text is not an amount of money."""

    code = "money_malformed"
    message = msgid("“{text}” is not an amount in whole đồng. Enter an amount such as 1.250.000.")


def parse_number(value: Number) -> Decimal:
    """Read a number, exactly; a value that is a number already is taken as it is.

    >>> [str(parse_number(each)) for each in ("1.234,5", "1,5", "1.234", "1,234,567.8", "12.5", "1 234", "1.5e3")]
    ['1234.5', '1.5', '1234', '1234567.8', '12.5', '1234', '1500']
    >>> parse_number("1.23.4")
    Traceback (most recent call last):
        ...
    congtam.kernel.input.numbers.NumberMalformed: “1.23.4” is not a number. Enter a number such as 1.234,5.
    """
    number = _parse_text(_normalize_minus(value)) if isinstance(value, str) else _from_number(value)
    if number is None or abs(number) >= _LARGEST:
        raise NumberMalformed(value)
    return number


def parse_whole_number(value: Number) -> int:
    """Read a whole number: “1.250.000”, “1,250,000”, “1250000”, “1250000.0”.

    >>> parse_whole_number("1,250"), parse_whole_number("-3"), parse_whole_number(30000.0)
    (1250, -3, 30000)
    """
    text = _normalize_minus(value) if isinstance(value, str) else ""
    if len(text) <= _LONGEST and _WHOLE.fullmatch(text):
        return int(re.sub("[., ]", "", text))
    try:
        number = parse_number(value)
    except NumberMalformed:
        raise WholeNumberMalformed(value) from None
    if number != number.to_integral_value():
        raise WholeNumberMalformed(value)
    return int(number)


def parse_dong(value: Number) -> int:
    """Read an amount of money in whole đồng (số tiền), with or without the word for the currency.

    >>> parse_dong("1.500.000 đồng"), parse_dong("30,000đ"), parse_dong(8000)
    (1500000, 30000, 8000)
    """
    bare = _DONG.sub("", comparison_key(compact(value))) if isinstance(value, str) else value
    try:
        return parse_whole_number(bare)
    except WholeNumberMalformed:
        raise AmountMalformed(value) from None


def number_or_none(value: Number) -> Decimal | None:
    """The number, or None where it cannot be read.

    >>> number_or_none("x") is None
    True
    """
    try:
        return parse_number(value)
    except NumberMalformed:
        return None


def digits_or_none(text: str, *, most: int) -> int | None:
    """A count or position that a page sent along: plain digits, from 0 to ``most``; None for anything else.

    >>> digits_or_none("12", most=99), digits_or_none("100", most=99), digits_or_none("-1", most=99)
    (12, None, None)
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST:
        return None
    number = int(text)
    return number if number <= most else None


def number_text(value: Decimal) -> str:
    """A number as it is stored, so that `parse_number` reads the same back: “1234.5”.

    Three decimals get a zero behind them, for “1.234” is a thousand and more to a Vietnamese reader.

    >>> [number_text(Decimal(each)) for each in ("1234.50", "-0", "1E+3", "1.234", "0.125")]
    ['1234.5', '0', '1000', '1.2340', '0.125']
    """
    text = format(value.normalize(), "f") if value else "0"
    return f"{text}0" if _DOTS.fullmatch(text) else text


def _normalize_minus(text: str) -> str:
    return compact(text).replace(_MINUS, "-")


def _parse_text(text: str) -> Decimal | None:
    if len(text) > _LONGEST:
        return None
    if _DOTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _COMMAS.fullmatch(text):
        text = text.replace(",", "")
    elif _BLANKS.fullmatch(text):
        text = text.replace(" ", "").replace(",", ".")
    elif _PLAIN.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        text = text.replace(",", ".")
    else:
        return None
    return Decimal(format(Decimal(text), "f"))


def _from_number(value: float | Decimal) -> Decimal | None:
    try:
        is_number = not isinstance(value, bool) and math.isfinite(value)
    except (OverflowError, ValueError):  # a whole number of hundreds of digits, a signalling NaN
        return None
    if not is_number:
        return None
    return value if isinstance(value, Decimal) else Decimal(repr(value))

"""Codes of administrative procedures (mã thủ tục hành chính): however a system writes them, one procedure has one."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.compile(
    r"0?(?P<group>[0-9]{1,2})\.(?P<number>[0-9]{5,6})(?:(?:\.000)?(?:\.00){0,2}\.[A-Z][0-9]{2}(?:\.[0-9]{1,3})*)?"
)
_DIGITS: Final = 6


def plain_procedure_code(text: str) -> str:
    """The code as the national catalogue writes it; a text that is no such code stays as it is.

    Systems add the agency (``.H22``, ``.000.00.00.H22``) or a zero before it, and a spreadsheet drops a last zero.

    >>> {plain_procedure_code(each) for each in ("1.001193", "1.001193.H22", "1.001193.000.00.00.H22", "01.001193")}
    {'1.001193'}
    >>> plain_procedure_code("1.00119"), plain_procedure_code("QT-07"), plain_procedure_code("2.000.015")
    ('1.001190', 'QT-07', '2.000.015')
    """
    match = _CODE.fullmatch(text.strip().upper())
    if match is None:
        return text
    return f"{int(match['group'])}.{match['number'].ljust(_DIGITS, '0')}"

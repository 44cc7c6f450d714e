"""Numbers that say who somebody is (số định danh, mã số thuế): their shape only, for nothing here asks a register.

Sources: NĐ 137/2015/NĐ-CP Điều 13, TT 59/2021/TT-BCA Điều 4 (12 digits, the first three a province or a country);
TT 105/2020/TT-BTC Điều 5 (10 or 13 digits), TT 86/2024/TT-BTC (the personal number in place of a tax code);
ICAO Doc 9303 (a passport has at most nine letters and digits).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from congtam.kernel.errors import msgid

CITIZEN: Final = "citizen"
PROVINCES: Final = frozenset(
    {
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38),
        *(40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79),
        *(80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96),
    }
)
"""Codes of the provinces of 2004–2025; numbers given before a merger keep them."""
_FOREIGN: Final = 100
_FIRST_CENTURY: Final = 1900
_PERSONAL: Final = re.compile(r"[0-9]{12}")
_OLD_CARD: Final = re.compile(r"[0-9]{9}")
_PASSPORT: Final = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,9}")
_TAX: Final = re.compile(r"[0-9]{10}(-?[0-9]{3})?")
_BETWEEN: Final = re.compile(r"[\s.]")

WRONG_PERSON: Final = msgid(
    "Enter an identity number of 12 digits that begins with a province code (001 to 096) or "
    "country code, an old card number of 9 digits, or a passport number of 6 to 9 letters and "
    "digits."
)
WRONG_ORGANISATION: Final = msgid(
    "Enter a tax code of 10 or 13 digits; a household business may use 12 digits."
)


def plain_identity(text: str) -> str:
    """The number without the blanks and dots people write in it, letters large.

    >>> plain_identity("002 095 001234"), plain_identity("b1234567")
    ('002095001234', 'B1234567')
    """
    return _BETWEEN.sub("", text).upper()


def identity_fault(text: str, *, kind: str = CITIZEN, today: date | None = None) -> str:
    """What is wrong with the shape of a number, as a msgid; empty when nothing is, or nothing was given.

    ``kind`` is citizen, organisation or enterprise; with ``today`` given nobody is born later.

    >>> [identity_fault(text) == "" for text in ("002095001234", "073123456", "C01X00T47", "", "003095001234")]
    [True, True, True, True, False]
    >>> [identity_fault(text, kind="enterprise") == "" for text in ("5100100046", "5100100046-001", "510010004")]
    [True, True, False]
    """
    plain = plain_identity(text)
    if not plain or is_personal_number(plain, today=today):
        return ""
    if kind != CITIZEN:
        return "" if _TAX.fullmatch(plain) else WRONG_ORGANISATION
    return "" if is_old_card(plain) or _PASSPORT.fullmatch(plain) else WRONG_PERSON


def is_personal_number(plain: str, *, today: date | None = None) -> bool:
    """Whether it has the shape of a personal number (số định danh cá nhân): 12 digits.

    Three name the province where the birth was registered or, from 100 on, the country; one the century and sex; two
    the year of birth, which with ``today`` given must have come.
    """
    if not _PERSONAL.fullmatch(plain):
        return False
    region = int(plain[:3])
    born = _FIRST_CENTURY + 100 * (int(plain[3]) // 2) + int(plain[4:6])
    return (region in PROVINCES or region >= _FOREIGN) and (today is None or born <= today.year)


def is_old_card(digits: str) -> bool:
    """Whether it has the shape of the number of an old identity card (chứng minh nhân dân)."""
    return bool(_OLD_CARD.fullmatch(digits))

"""Phone numbers (số điện thoại): however they are typed, one number has one stored form.

A Vietnamese number is stored as it is dialled in the country, “0912345678”; any other with its country code,
“+8562055512345”. Sources: TT 22/2014/TT-BTTTT (numbering plan: ten digits of a mobile, eleven of a landline, with the
leading zero; 1800 and 1900 for services), ITU-T E.164 (at most fifteen digits).
"""

from __future__ import annotations

import re
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact

_BETWEEN: Final = re.compile(r"[\s.()\-\u2010-\u2015]")
_MOBILE: Final = r"[35789][0-9]{8}"
_LANDLINE: Final = r"[1246][0-9]{8,9}"
_NATIONAL: Final = re.compile(rf"(?:(?:\+|00)?840?|0)(?P<number>{_MOBILE}|{_LANDLINE})")
_WITHOUT_ZERO: Final = re.compile(rf"(?P<number>{_MOBILE})")
_SERVICE: Final = re.compile(r"1[89]00(?:[0-9]{4}|[0-9]{6})")
_ABROAD: Final = re.compile(r"(?:\+|00)(?P<number>[1-9][0-9]{7,14})")
_VIETNAM: Final = "84"
STORED_PATTERN: Final = (
    rf"^(0({_MOBILE}|{_LANDLINE})|1[89]00([0-9]{{4}}|[0-9]{{6}})|\+(?!{_VIETNAM})[1-9][0-9]{{7,14}})$"
)
"""What a stored number looks like, for schemas and constraints; `parse_phone` leaves such a text as it is."""
_LONGEST: Final = 40


class PhoneMalformed(InputMalformed):
    """The text is not a phone number."""

    code = "phone_malformed"
    message = msgid(
        "“{text}” is not a phone number. Enter 10 digits starting with 0 (11 for a landline), "
        "or + and the country code."
    )


def parse_phone(text: str) -> str:
    """Read a phone number into its one stored form.

    A mobile number without its zero, as a spreadsheet leaves it, gets the zero back.

    >>> {parse_phone(each) for each in ("+84 912 345 678", "0084912345678", "0912.345.678", "912345678")}
    {'0912345678'}
    >>> parse_phone("+856 20 5551 2345"), parse_phone("1900 1234")
    ('+8562055512345', '19001234')
    >>> parse_phone("12345")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    congtam.kernel.input.phones.PhoneMalformed: “12345” is not a phone number. ...
    """
    signs = _BETWEEN.sub("", compact(text)) if len(text) <= _LONGEST else ""
    if match := _NATIONAL.fullmatch(signs) or _WITHOUT_ZERO.fullmatch(signs):
        return f"0{match['number']}"
    if _SERVICE.fullmatch(signs):
        return signs
    match = _ABROAD.fullmatch(signs)
    if match is None or match["number"].startswith(_VIETNAM):
        raise PhoneMalformed(text)
    return f"+{match['number']}"


def phone_or_none(text: str) -> str | None:
    """The stored form, or None where the text is no phone number.

    >>> phone_or_none("none") is None
    True
    """
    try:
        return parse_phone(text)
    except PhoneMalformed:
        return None


def phone_ending(text: str) -> str:
    """The digits with which every stored form of the number ends, to search by; of a part of a number its digits.

    Rows stored by version 0.1 hold the digits as they were typed, “84912345678” or “0912345678”.

    >>> phone_ending("+84 912 345 678"), phone_ending("0912345678"), phone_ending("5678")
    ('912345678', '912345678', '5678')
    """
    phone = phone_or_none(text)
    if phone is None:
        return "".join(sign for sign in text if sign.isascii() and sign.isdecimal())
    return phone.lstrip("+").removeprefix("0")


def stored_forms(phone: str) -> tuple[str, ...]:
    """A number read by `parse_phone` in every form in which rows may hold it, its own form first.

    Digits alone, as version 0.1 stored them, are those of a number abroad only where they are none of Việt Nam.

    >>> stored_forms("0912345678")
    ('0912345678', '84912345678', '0084912345678', '840912345678', '912345678')
    >>> stored_forms("+8562055512345")
    ('+8562055512345', '8562055512345', '008562055512345')
    >>> stored_forms("+912345678")
    ('+912345678', '00912345678')
    """
    number = phone_ending(phone)
    forms = [phone]
    if phone.startswith("0"):
        forms += [f"84{number}", f"0084{number}", f"840{number}", number]
    if phone.startswith("+"):
        forms += [f"00{number}"] if phone_or_none(f"0{number}") else [number, f"00{number}"]
    return tuple(form for form in forms if phone_or_none(form) in {None, phone})

"""Reading one answer of a form (đọc câu trả lời): what people type, made one canonical text.

Whatever is given is answered with a value or a `Fault`, never with an exception.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from congtam.kernel.errors import msgid
from congtam.kernel.identity import is_old_card, is_personal_number
from congtam.procedures.domain.forms.fields import FieldKind, FormField

LONGEST: Final[Mapping[FieldKind, int]] = {FieldKind.TEXT: 300, FieldKind.LONG_TEXT: 5000}
"""Characters, where the form names no number of its own."""
YES: Final = "yes"
NO: Final = "no"
TODAY: Final = "today"
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200
_MOST_DIGITS: Final = 15
_MOST_DECIMALS: Final = 6
_SHOWN: Final = 60
_DOTS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMAS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_DONG: Final = re.compile(r"(?:đồng|vnđ|vnd|đ)$")
_DAY: Final = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_PHONE: Final = re.compile(r"0[0-9]{9,10}")
_EMAIL: Final = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]{2,}")
_TICKED: Final = frozenset({"yes", "on", "true", "1", "x", "có"})
_UNTICKED: Final = frozenset({"", "no", "off", "false", "0", "không"})


@dataclass(frozen=True)
class Fault:
    """Why an answer cannot be taken."""

    code: str
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


def typed(raw: object) -> str | None:
    """What was given as one text; None where it is no single value."""
    if raw is None or isinstance(raw, bool):
        return YES if raw else ""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, int):
        return str(raw) if abs(raw) < 10**30 else None
    if isinstance(raw, float):
        return plain_number(Decimal(repr(raw))) if math.isfinite(raw) and abs(raw) < 10**30 else None
    return None


def clean(text: str) -> str:
    """Composed Unicode with plain line ends, without blanks around it and signs no database can keep.

    >>> clean("  Vừ Thị\\x00 Mỷ\\r\\n")
    'Vừ Thị Mỷ'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def line(text: str) -> str:
    """The text in one line."""
    return " ".join(clean(text).split())


def plain_number(value: Decimal) -> str:
    """A number as it is kept: “1234.5”.

    Three decimals get a nought behind them, for “1.234” is a thousand and more to a Vietnamese reader.

    >>> [plain_number(Decimal(each)) for each in ("1234.50", "-0", "1E+3", "1.234", "0.125")]
    ['1234.5', '0', '1000', '1.2340', '0.125']
    """
    text = format(value.normalize(), "f") if value else "0"
    return f"{text}0" if _DOTS.fullmatch(text) else text


def number_of(text: str) -> Decimal | None:
    """A number with Vietnamese or plain grouping and either decimal sign; None where it is none.

    >>> [str(number_of(each)) for each in ("1.234,5", "1,5", "1.234", "1,234,567.8", "12.5", "1.23.4", "١")]
    ['1234.5', '1.5', '1234', '1234567.8', '12.5', 'None', 'None']
    """
    said = "".join(text.split())
    if len(said) > _MOST_DIGITS * 2:
        return None
    if _DOTS.fullmatch(said):
        said = said.replace(".", "").replace(",", ".")
    elif _COMMAS.fullmatch(said):
        said = said.replace(",", "")
    elif _PLAIN.fullmatch(said):
        said = said.replace(",", ".")
    else:
        return None
    return Decimal(said)


def day_of(text: str) -> date | None:
    """A day written dd/mm/yyyy, d/m/yyyy or yyyy-mm-dd; None where there is no such day.

    >>> [str(day_of(each)) for each in ("02/03/2026", "2/3/2026", "2026-03-02", "30/02/2026")]
    ['2026-03-02', '2026-03-02', '2026-03-02', 'None']
    """
    found = _DAY.fullmatch(text) or _ISO.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def phone_of(text: str) -> str:
    """A phone number as digits; +84 becomes 0.

    >>> phone_of("+84 912.345-678")
    '0912345678'
    """
    digits = "".join(sign for sign in text if sign not in " .-()\u00a0")
    for prefix in ("+84", "0084"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix)
    return "0" + digits[2:] if re.fullmatch(r"84[0-9]{9,10}", digits) else digits


def _text(ask: FormField, text: str, _today: date) -> str | Fault:
    said = line(text) if ask.kind is FieldKind.TEXT else text
    most = int(ask.most) if ask.most.isascii() and ask.most.isdigit() else LONGEST[ask.kind]
    if len(said) > most:
        return Fault("too_long", msgid("“{field}” is longer than {limit} characters."), {"limit": most})
    return said


def _number(_ask: FormField, text: str, _today: date) -> str | Fault:
    value = number_of(text)
    if value is None or abs(value) >= 10**_MOST_DIGITS or _decimals(value) > _MOST_DECIMALS:
        return Fault("number_malformed", msgid("“{text}” is not a number."), _said(text))
    return plain_number(value)


def _money(_ask: FormField, text: str, _today: date) -> str | Fault:
    value = number_of(_DONG.sub("", text.casefold()).strip())
    if value is None or value != value.to_integral_value() or abs(value) >= 10**_MOST_DIGITS:
        return Fault("money_malformed", msgid("“{text}” is not an amount in whole đồng."), _said(text))
    return str(int(value))


def _date(_ask: FormField, text: str, _today: date) -> str | Fault:
    day = day_of(text)
    if day is None:
        return Fault("date_malformed", msgid("“{text}” is not a day: write dd/mm/yyyy."), _said(text))
    return day.isoformat()


def _year(_ask: FormField, text: str, _today: date) -> str | Fault:
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return Fault("year_malformed", msgid("“{text}” is not a year: write four digits."), _said(text))
    return text


def _choice(ask: FormField, text: str, _today: date) -> str | Fault:
    return text if text in ask.option_labels else Fault("choice_unknown", CHOOSE)


def _yes(_ask: FormField, text: str, _today: date) -> str | Fault:
    ticked = ticked_of(text)
    return Fault("choice_unknown", CHOOSE) if ticked is None else ticked


def ticked_of(text: str) -> str | None:
    """“yes” of a ticked box, nothing of one left alone; None for what is neither."""
    said = text.casefold()
    if said in _TICKED:
        return YES
    return "" if said in _UNTICKED else None


def _phone(_ask: FormField, text: str, _today: date) -> str | Fault:
    digits = phone_of(text)
    if not _PHONE.fullmatch(digits):
        return Fault(
            "phone_malformed", msgid("This is no Vietnamese phone number: 10 digits beginning with 0.")
        )
    return digits


def _email(_ask: FormField, text: str, _today: date) -> str | Fault:
    if len(text) > LONGEST[FieldKind.TEXT] or not _EMAIL.fullmatch(text):
        return Fault("email_malformed", msgid("This is no e-mail address, such as ten@example.vn."))
    return text


def _id_number(_ask: FormField, text: str, today: date) -> str | Fault:
    digits = "".join(sign for sign in text if sign not in " .-\u00a0")
    if not is_personal_number(digits, today=today) and not is_old_card(digits):
        return Fault(
            "id_number_malformed",
            msgid("This is no identity number: 12 digits as on the identity card (9 on old cards)."),
        )
    return digits


CHOOSE: Final = msgid("Choose “{field}” from the list.")
READERS: Final[Mapping[FieldKind, Callable[[FormField, str, date], str | Fault]]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.YEAR: _year,
    FieldKind.CHOICE: _choice,
    FieldKind.YES: _yes,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
    FieldKind.ID_NUMBER: _id_number,
}
"""How the single values of each kind are read; choices of several and rows are read by `checking`."""


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _said(text: str) -> dict[str, str]:
    return {"text": text[:_SHOWN]}

"""Reading one answer of a form (đọc câu trả lời): what people type, made one canonical text.

Whatever is given is answered with a value or a `AnswerFault`, never with an exception.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from congtam.forms.domain.fields import FieldKind, FormField
from congtam.kernel.errors import msgid
from congtam.kernel.identity import is_old_card, is_personal_number
from congtam.kernel.input import days
from congtam.kernel.input.emails import EmailMalformed, parse_email
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.numbers import (
    AmountMalformed,
    NumberMalformed,
    number_text,
    parse_dong,
    parse_number,
)
from congtam.kernel.input.phones import PhoneMalformed, parse_phone
from congtam.kernel.input.texts import clean_text_never_longer
from congtam.kernel.input.yes_no import YesNoMalformed, parse_yes_no

LONGEST: Final[Mapping[FieldKind, int]] = {FieldKind.TEXT: 300, FieldKind.LONG_TEXT: 5000}
"""Characters, where the form names no number of its own."""
YES: Final = "yes"
NO: Final = "no"
TODAY: Final = "today"
FIRST_YEAR: Final = days.FIRST_YEAR
LAST_YEAR: Final = days.LAST_YEAR
_MOST_DIGITS: Final = 15
_MOST_DECIMALS: Final = 6
_SHOWN: Final = 60


@dataclass(frozen=True)
class AnswerFault:
    """Why an answer cannot be taken."""

    code: str
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


def as_text(raw: object) -> str | None:
    """What was given as one text; None where it is no single value."""
    if raw is None or isinstance(raw, bool):
        return YES if raw else ""
    if isinstance(raw, str):
        return clean_text_never_longer(raw)
    if isinstance(raw, int):
        return str(raw) if abs(raw) < 10**30 else None
    if isinstance(raw, float):
        return number_text(Decimal(repr(raw))) if math.isfinite(raw) and abs(raw) < 10**30 else None
    return None


def parse_count(text: str) -> int | None:
    """A number of rows or characters as a form names it; None for anything else, such as hundreds of digits.

    >>> parse_count("200"), parse_count("9" * 5000), parse_count("ba")
    (200, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def longest_text(form_field: FormField) -> int:
    """How many characters a text may have at most."""
    maximum = parse_count(form_field.maximum)
    return LONGEST[form_field.kind] if maximum is None else maximum


def _parse_text(form_field: FormField, text: str, _today: date) -> str | AnswerFault:
    value = " ".join(text.split()) if form_field.kind is FieldKind.TEXT else text
    maximum = longest_text(form_field)
    if len(value) > maximum:
        return AnswerFault(
            "too_long", msgid("“{field}” is longer than {limit} characters."), {"limit": maximum}
        )
    return value


def _parse_number(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    try:
        value = parse_number(text)
    except NumberMalformed as error:
        return _to_fault(error)
    if abs(value) >= 10**_MOST_DIGITS or _decimal_places(value) > _MOST_DECIMALS:
        return _to_fault(NumberMalformed(text))
    return number_text(value)


def _parse_money(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    try:
        value = parse_dong(text)
    except AmountMalformed as error:
        return _to_fault(error)
    return str(value) if abs(value) < 10**_MOST_DIGITS else _to_fault(AmountMalformed(text))


def _parse_date(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    try:
        return days.parse_day(text).isoformat()
    except days.DayMalformed as error:
        return _to_fault(error)


def _parse_year(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return AnswerFault(
            "year_malformed", msgid("“{text}” is not a year. Enter four digits."), {"text": text[:_SHOWN]}
        )
    return text


def _parse_choice(form_field: FormField, text: str, _today: date) -> str | AnswerFault:
    return text if text in form_field.option_labels else AnswerFault("choice_unknown", CHOOSE)


def _parse_ticked_box(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    ticked = parse_ticked(text)
    return AnswerFault("choice_unknown", CHOOSE) if ticked is None else ticked


def parse_ticked(text: str) -> str | None:
    """“yes” of a ticked box, nothing of one left alone; None for what is neither."""
    try:
        return YES if text and parse_yes_no(text) else ""
    except YesNoMalformed:
        return None


def _parse_phone_field(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    try:
        return parse_phone(text)
    except PhoneMalformed as error:
        return _to_fault(error)


def _parse_email_field(_field: FormField, text: str, _today: date) -> str | AnswerFault:
    try:
        return parse_email(text)
    except EmailMalformed as error:
        return _to_fault(error)


def _parse_id_number(_field: FormField, text: str, today: date) -> str | AnswerFault:
    digits = "".join(sign for sign in text if sign not in " .-\u00a0")
    if not is_personal_number(digits, today=today) and not is_old_card(digits):
        return AnswerFault(
            "id_number_malformed",
            msgid(
                "This is not an identity number. Enter the 12 digits on the identity card (9 on old cards)."
            ),
        )
    return digits


CHOOSE: Final = msgid("Choose “{field}” from the list.")
READERS: Final[Mapping[FieldKind, Callable[[FormField, str, date], str | AnswerFault]]] = {
    FieldKind.TEXT: _parse_text,
    FieldKind.LONG_TEXT: _parse_text,
    FieldKind.NUMBER: _parse_number,
    FieldKind.MONEY: _parse_money,
    FieldKind.DATE: _parse_date,
    FieldKind.YEAR: _parse_year,
    FieldKind.CHOICE: _parse_choice,
    FieldKind.YES: _parse_ticked_box,
    FieldKind.PHONE: _parse_phone_field,
    FieldKind.EMAIL: _parse_email_field,
    FieldKind.ID_NUMBER: _parse_id_number,
}
"""How the single values of each kind are read; choices of several and rows are read by `checking`."""


def _decimal_places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _to_fault(error: InputMalformed) -> AnswerFault:
    return AnswerFault(error.code, error.message, error.data)

"""The bounds of an answer (giới hạn giá trị)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import number_or_none
from congtam.procedures.domain.forms.fields import FieldKind, FormField
from congtam.procedures.domain.forms.values import TODAY, Fault

BOUNDED: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.YEAR})
_NUMBERS: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.YEAR})
_UNSAID: Final[Mapping[FieldKind, str]] = {FieldKind.MONEY: "0"}
"""The least where the form names none."""


def bound_of(kind: FieldKind, text: str, *, today: date) -> Decimal | None:
    """A bound as a number, of a day its number among all days; None where there is none or it cannot be read.

    >>> bound_of(FieldKind.YEAR, "today", today=date(2026, 3, 2))
    Decimal('2026')
    """
    if kind is FieldKind.DATE:
        day = today if text == TODAY else day_or_none(text)
        return Decimal(day.toordinal()) if day else None
    if kind is FieldKind.YEAR and text == TODAY:
        return Decimal(today.year)
    return number_or_none(text)


def out_of_bounds(ask: FormField, value: str, *, today: date) -> Fault | None:
    """What is wrong with a value that was read, by the bounds of its field."""
    if ask.kind not in BOUNDED:
        return None
    least = bound_of(ask.kind, ask.least or _UNSAID.get(ask.kind, ""), today=today)
    most = bound_of(ask.kind, ask.most, today=today)
    here = bound_of(ask.kind, value, today=today)
    if here is None or ((least is None or least <= here) and (most is None or here <= most)):
        return None
    if least is not None and here < least:
        return _fault(ask, "below_least", least, today=today)
    return _fault(ask, "above_most", most, today=today) if most is not None else None


def _fault(ask: FormField, code: str, bound: Decimal, *, today: date) -> Fault:
    return Fault(code, _messages(ask, code, bound, today=today), {"bound": _told(ask.kind, bound)})


def _messages(ask: FormField, code: str, bound: Decimal, *, today: date) -> str:
    if ask.kind is FieldKind.DATE and bound == today.toordinal():
        return _TODAY[code]
    return _OF_DAYS[code] if ask.kind is FieldKind.DATE else _OF_NUMBERS[code]


_TODAY: Final = {
    "below_least": msgid("“{field}” is not before today."),
    "above_most": msgid("“{field}” is not after today."),
}
_OF_DAYS: Final = {
    "below_least": msgid("“{field}” is not before {bound}."),
    "above_most": msgid("“{field}” is not after {bound}."),
}
_OF_NUMBERS: Final = {
    "below_least": msgid("“{field}” is at least {bound}."),
    "above_most": msgid("“{field}” is at most {bound}."),
}


def _told(kind: FieldKind, bound: Decimal) -> str:
    if kind is FieldKind.DATE:
        return f"{date.fromordinal(int(bound)):%d/%m/%Y}"
    return str(bound) if kind is FieldKind.YEAR else in_vietnamese(bound)


def in_vietnamese(value: Decimal) -> str:
    """A number as a Vietnamese reader writes it.

    >>> in_vietnamese(Decimal("-1234567.50"))
    '-1.234.567,5'
    """
    whole, _, decimals = format(value.normalize() if value else Decimal(0), ",f").partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def rows_bounds(ask: FormField, count: int, *, most: int) -> Fault | None:
    """What is wrong with the number of rows; a form that asks for none of them takes none."""
    least = _whole(ask.least) or 0
    largest = min(_whole(ask.most) or most, most)
    if count > largest:
        return Fault("rows_too_many", msgid("“{field}” has more than {most} rows."), {"most": largest})
    if not count and not ask.is_required:
        return None
    if not count:
        return Fault("field_missing", msgid("Fill in “{field}”."))
    if count < least:
        return Fault("rows_too_few", msgid("“{field}” needs at least {least} rows."), {"least": least})
    return None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None

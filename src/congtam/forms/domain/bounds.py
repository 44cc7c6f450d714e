"""The bounds of an answer (giới hạn giá trị): checked, and said to whoever fills in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.values import LONGEST, TODAY, AnswerFault, parse_count
from congtam.kernel.errors import msgid
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import number_or_none

MOST_ROWS: Final = 200
"""Rows of one table, where the form names no smaller number."""
BOUNDED: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.YEAR})
_IMPLICIT_MINIMUM: Final[Mapping[FieldKind, str]] = {FieldKind.MONEY: "0"}
"""The minimum where the form names none."""


@dataclass(frozen=True)
class BoundsHint:
    """What may be entered (gợi ý giới hạn): a msgid with its data, “Enter a number from {minimum} to {maximum}.”"""

    message: str
    data: Mapping[str, str | int]


def parse_bound(kind: FieldKind, text: str, *, today: date) -> Decimal | None:
    """A bound as a number, of a day its number among all days; None where there is none or it cannot be read.

    >>> parse_bound(FieldKind.YEAR, "today", today=date(2026, 3, 2))
    Decimal('2026')
    """
    if kind is FieldKind.DATE:
        day = today if text == TODAY else day_or_none(text)
        return Decimal(day.toordinal()) if day else None
    if kind is FieldKind.YEAR and text == TODAY:
        return Decimal(today.year)
    return number_or_none(text)


def bounds_of(field: FormField, *, today: date) -> tuple[Decimal | None, Decimal | None]:
    """The minimum and maximum of a number, amount, year or day, implied ones too; None where there is none."""
    if field.kind not in BOUNDED:
        return None, None
    minimum = parse_bound(field.kind, field.minimum or _IMPLICIT_MINIMUM.get(field.kind, ""), today=today)
    return minimum, parse_bound(field.kind, field.maximum, today=today)


def bounds_fault(field: FormField, value: str, *, today: date) -> AnswerFault | None:
    """What is wrong with a canonical value, by the bounds of its field."""
    minimum, maximum = bounds_of(field, today=today)
    number = parse_bound(field.kind, value, today=today) if field.kind in BOUNDED else None
    if number is None:
        return None
    if minimum is not None and number < minimum:
        return _bound_fault(field, "below_minimum", minimum, today=today)
    if maximum is not None and number > maximum:
        return _bound_fault(field, "above_maximum", maximum, today=today)
    return None


def _bound_fault(field: FormField, code: str, bound: Decimal, *, today: date) -> AnswerFault:
    messages = _OF_DAYS if field.kind is FieldKind.DATE else _OF_NUMBERS
    if field.kind is FieldKind.DATE and bound == today.toordinal():
        messages = _OF_TODAY
    return AnswerFault(code, messages[code], {"bound": _format_bound(field.kind, bound)})


_OF_TODAY: Final = {
    "below_minimum": msgid("“{field}” must not be before today."),
    "above_maximum": msgid("“{field}” must not be after today."),
}
_OF_DAYS: Final = {
    "below_minimum": msgid("“{field}” must not be before {bound}."),
    "above_maximum": msgid("“{field}” must not be after {bound}."),
}
_OF_NUMBERS: Final = {
    "below_minimum": msgid("“{field}” must be at least {bound}."),
    "above_maximum": msgid("“{field}” must be at most {bound}."),
}


def _format_bound(kind: FieldKind, bound: Decimal) -> str:
    if kind is FieldKind.DATE:
        return f"{date.fromordinal(int(bound)):%d/%m/%Y}"
    return str(bound) if kind is FieldKind.YEAR else format_vietnamese_number(bound)


def format_vietnamese_number(value: Decimal) -> str:
    """A number as a Vietnamese reader writes it.

    >>> format_vietnamese_number(Decimal("-1234567.50"))
    '-1.234.567,5'
    """
    whole, _, decimals = format(value.normalize() if value else Decimal(0), ",f").partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def row_bounds(field: FormField) -> tuple[int, int]:
    """How many rows a table takes at least, once there is one, and at most."""
    return parse_count(field.minimum) or 0, min(parse_count(field.maximum) or MOST_ROWS, MOST_ROWS)


def rows_fault(field: FormField, count: int) -> AnswerFault | None:
    """What is wrong with the number of rows; a table that may be left blank takes none."""
    minimum, maximum = row_bounds(field)
    if count > maximum:
        return AnswerFault(
            "rows_too_many", msgid("“{field}” has more than {maximum} rows."), {"maximum": maximum}
        )
    if not count and not field.is_required:
        return None
    if not count:
        return AnswerFault("field_missing", msgid("Fill in “{field}”."))
    if count < minimum:
        return AnswerFault(
            "rows_too_few", msgid("“{field}” needs at least {minimum} rows."), {"minimum": minimum}
        )
    return None


def bounds_hint(field: FormField, *, today: date) -> BoundsHint | None:
    """What the form allows to be entered; None where it names no bound that can be read.

    >>> rooms = FormField(name="rooms", label="Số phòng", kind=FieldKind.NUMBER, minimum="1", maximum="20")
    >>> bounds_hint(rooms, today=date(2026, 3, 2))
    BoundsHint(message='Enter a number from {minimum} to {maximum}.', data={'minimum': '1', 'maximum': '20'})
    """
    if field.kind in LONGEST:
        maximum = parse_count(field.maximum)
        return (
            BoundsHint(msgid("Enter at most {maximum} characters."), {"maximum": maximum})
            if maximum
            else None
        )
    data = _hint_data(field, today=today)
    ends = tuple(_bound_kind(field, name) if name in data else "" for name in ("minimum", "maximum"))
    message = _HINTS.get(field.kind, {}).get(ends)
    return BoundsHint(message, data) if message else None


def _hint_data(field: FormField, *, today: date) -> dict[str, str | int]:
    """The bounds that the form names, as they are read."""
    if field.kind is FieldKind.ROWS:
        whole = {"minimum": parse_count(field.minimum), "maximum": parse_count(field.maximum)}
        return {name: count for name, count in whole.items() if count}
    bounds = {
        name: parse_bound(field.kind, getattr(field, name), today=today) for name in ("minimum", "maximum")
    }
    return {name: _format_bound(field.kind, bound) for name, bound in bounds.items() if bound is not None}


def _bound_kind(field: FormField, name: str) -> str:
    is_today = field.kind is FieldKind.DATE and getattr(field, name) == TODAY
    return "today" if is_today else "fixed"


_HINTS: Final[Mapping[FieldKind, Mapping[tuple[str, ...], str]]] = {
    FieldKind.NUMBER: {
        ("fixed", "fixed"): msgid("Enter a number from {minimum} to {maximum}."),
        ("fixed", ""): msgid("Enter a number of at least {minimum}."),
        ("", "fixed"): msgid("Enter a number of at most {maximum}."),
    },
    FieldKind.MONEY: {
        ("fixed", "fixed"): msgid("Enter an amount from {minimum} to {maximum} đồng."),
        ("fixed", ""): msgid("Enter an amount of at least {minimum} đồng."),
        ("", "fixed"): msgid("Enter an amount of at most {maximum} đồng."),
    },
    FieldKind.YEAR: {
        ("fixed", "fixed"): msgid("Enter a year from {minimum} to {maximum}."),
        ("fixed", ""): msgid("Enter the year {minimum} or later."),
        ("", "fixed"): msgid("Enter the year {maximum} or earlier."),
    },
    FieldKind.DATE: {
        ("fixed", "fixed"): msgid("Enter a date from {minimum} to {maximum}."),
        ("fixed", "today"): msgid("Enter a date from {minimum} to today."),
        ("today", "fixed"): msgid("Enter a date from today to {maximum}."),
        ("today", "today"): msgid("Enter today's date."),
        ("fixed", ""): msgid("Enter {minimum} or a later date."),
        ("", "fixed"): msgid("Enter {maximum} or an earlier date."),
        ("today", ""): msgid("Enter today or a later date."),
        ("", "today"): msgid("Enter today or an earlier date."),
    },
    FieldKind.ROWS: {
        ("fixed", "fixed"): msgid("Enter {minimum} to {maximum} rows."),
        ("fixed", ""): msgid("Enter at least {minimum} rows."),
        ("", "fixed"): msgid("Enter at most {maximum} rows."),
    },
}
"""By kind, and by which of the two bounds the form names: a fixed one, today, or none."""

"""Numbers, casts and texts: what a value becomes when it is read, rounded or converted."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import copysign, isfinite
from typing import Any, Final

from congtam.indicators.language.grammar import DAY_TEXT, DECIMALS, INSTANT_TEXT
from congtam.indicators.language.times import as_instant
from congtam.kernel.clock import LOCAL

Value = Any
NUMBER_TEXT: Final = re.compile(r"-?[0-9]{1,32}([.][0-9]{1,6})?")


def bounded(value: Value, *, decimal: bool) -> Value:
    """A number as the decimal or whole number it is to be, missing where that cannot hold it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    number: int | Decimal = value
    if not -(10**33) < number < 10**33:
        return None
    if decimal:
        rounded = round_half_away(Decimal(number), DECIMALS)
        return rounded if abs(rounded) < 10**32 else None
    whole = int(number)
    return whole if -(2**63) <= whole < 2**63 else None


def round_half_away(number: Decimal, places: int) -> Decimal:
    """A number with so many decimals; a half goes away from zero."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def to_double(number: int | Decimal) -> float:
    """As the engine does: a decimal beyond what a double holds exactly is its whole part plus the rest."""
    sixths = int(Decimal(number).scaleb(DECIMALS))
    if isinstance(number, int) or abs(sixths) <= 2**53:
        return float(number)
    sign = -1 if sixths < 0 else 1
    whole, rest = divmod(abs(sixths), 10**DECIMALS)
    return sign * whole + sign * rest / 10**DECIMALS


def from_double(number: float) -> Decimal | None:
    """A decimal with six places; None for what is not finite."""
    scaled = number * 10**DECIMALS
    return Decimal(int(scaled + copysign(0.5, scaled))).scaleb(-DECIMALS) if isfinite(scaled) else None


def from_row(value: Value) -> Value:
    """A value of a row as the language sees it: instants by the clock on the wall, no double-precision numbers."""
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).replace(tzinfo=None)
    return from_double(value) if isinstance(value, float) else value


def cast_value(value: Value, target: str) -> Value:
    """A value as another type; None where it cannot be one."""
    if target in ("VARCHAR", "TEXT"):
        return _text(value)
    if target in ("DATE", "TIMESTAMPTZ"):
        value = _read_time(value, day_only=target == "DATE") if isinstance(value, str) else value
        return value if value is None else as_instant(value).date() if target == "DATE" else as_instant(value)
    if isinstance(value, str):
        value = (
            {"true": True, "false": False}.get(value)
            if target == "BOOLEAN"
            else (Decimal(value) if NUMBER_TEXT.fullmatch(value) else None)
        )
    if value is None or target in ("BOOLEAN", "DOUBLE"):
        return value if value is None else bool(value) if target == "BOOLEAN" else Decimal(value)
    whole = round_half_away(Decimal(value), 0)
    return None if target == "INT" and not -(2**31) <= whole < 2**31 else whole


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, datetime):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = value.isoformat(sep=" ")
    hours, minutes = (
        value.replace(tzinfo=LOCAL).strftime("%z")[:3],
        value.replace(tzinfo=LOCAL).strftime("%z")[3:5],
    )
    return (text.rstrip("0") if "." in text else text) + hours + (f":{minutes}" if minutes != "00" else "")


def _read_time(text: str, *, day_only: bool) -> date | None:
    try:
        if DAY_TEXT.fullmatch(text):
            return date.fromisoformat(text)
        is_instant = INSTANT_TEXT.fullmatch(text) and not day_only
        return from_row(datetime.fromisoformat(text)) if is_instant else None
    except ValueError:
        return None

"""Numbers and dates as people write them (định dạng số, ngày): pure functions of value and language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from congtam.kernel.clock import LOCAL

MISSING = "—"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
_SECONDS_PER_DAY = 86_400

Numeric = int | float | Decimal


def _round_half_up(value: Numeric, decimals: int) -> Decimal:
    """Round half away from zero, as people do by hand; Python's own formatting rounds half to even."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Numeric | None, language: str, *, decimals: int | None = None) -> str:
    """Write a number with the separators of the language.

    Whole numbers have no decimals, others one, unless told.

    >>> number(1434, "vi"), number(1434, "en")
    ('1.434', '1,434')
    >>> number(-12.345, "vi", decimals=2)
    '−12,35'
    >>> number(None, "vi")
    '—'
    """
    if value is None:
        return MISSING
    places = decimals if decimals is not None else (0 if value == int(value) else 1)
    rounded = _round_half_up(value, places)
    text = f"{abs(rounded):,.{places}f}"
    if not language.startswith("en"):
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def amount(value: Numeric | None, language: str) -> str:
    """Write how many there are; one that was shared out between units is marked as not exact.

    >>> amount(1434, "vi"), amount(21.5, "vi").replace(NO_BREAK, " ")
    ('1.434', '≈ 21,5')
    """
    text = number(value, language)
    return text if value is None or value == int(value) else f"≈{NO_BREAK}{text}"


def rate(value: Numeric | None, language: str, *, decimals: int = 2) -> str:
    """Write a share of 0–1 as per cent.

    >>> rate(0.9771, "vi").replace(NO_BREAK, " ")
    '97,71 %'
    >>> rate(0.9771, "en", decimals=1)
    '97.7%'
    """
    if value is None:
        return MISSING
    space = "" if language.startswith("en") else NO_BREAK
    return f"{number(Decimal(str(value)) * 100, language, decimals=decimals)}{space}%"


def signed(value: Numeric | None, language: str, *, decimals: int = 2) -> str:
    """Write a difference with its sign; no sign for what rounds to zero.

    >>> signed(1.5, "vi", decimals=1), signed(-1.5, "vi", decimals=1), signed(0.001, "vi", decimals=1)
    ('+1,5', '−1,5', '0,0')
    """
    text = number(value, language, decimals=decimals)
    return f"+{text}" if value is not None and _round_half_up(value, decimals) > 0 else text


def _to_local(moment: date | datetime) -> date | datetime:
    is_aware = isinstance(moment, datetime) and moment.tzinfo is not None
    return moment.astimezone(LOCAL) if is_aware and isinstance(moment, datetime) else moment


def day(value: date | datetime | None) -> str:
    """Write a date, in both languages alike; an instant gives its day in Vietnam.

    >>> day(date(2025, 7, 1)), day(None)
    ('01/07/2025', '—')
    """
    return MISSING if value is None else _to_local(value).strftime("%d/%m/%Y")


def instant(value: datetime | None) -> str:
    """Write an instant in Vietnam's time, to the minute."""
    return MISSING if value is None else _to_local(value).strftime("%d/%m/%Y %H:%M")


def in_days(value: Numeric | timedelta | None) -> Numeric | None:
    """Turn a duration into days; a plain number is days already.

    >>> in_days(timedelta(hours=36))
    1.5
    """
    return value.total_seconds() / _SECONDS_PER_DAY if isinstance(value, timedelta) else value


def bytes_text(size: int, language: str) -> str:
    """A size of a file or a disk as people read it.

    >>> bytes_text(900, "vi"), bytes_text(2048, "vi"), bytes_text(1_600_000, "vi")
    ('900 B', '2 KiB', '1,5 MiB')
    """
    value, unit = float(size), 0
    while value >= _STEP and unit < len(_BYTE_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    return (
        f"{number(value, language, decimals=0 if unit < _BYTE_UNITS.index('MiB') else 1)} {_BYTE_UNITS[unit]}"
    )


_STEP: Final = 1024
_BYTE_UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB")

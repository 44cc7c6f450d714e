"""Durations in words (cách ghi thời gian): one form for each kind, on every page.

Time until a due date, or past it, is office time: working days of eight hours, working hours below one day. A time
limit is written in the unit the law states it in. Time that merely passed is days, hours and minutes of the clock.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, ngettext

from congtam.ui.formatting import number
from congtam.ui.language import current_language

_HOUR: Final = 3600
_WORKING_DAY: Final = 8 * _HOUR
_MINUTES_PER_DAY: Final = 24 * 60


def working_time_text(seconds: int) -> str:
    """Office time by its largest unit, rounded down: “3 working days”, “5 working hours”, “20 minutes”."""
    if seconds >= _WORKING_DAY:
        return time_limit_text(Decimal(seconds // _WORKING_DAY), "working_days")
    if seconds >= _HOUR:
        return time_limit_text(Decimal(seconds // _HOUR), "hours")
    minutes = max(seconds // 60, 1)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def time_limit_text(value: Decimal, unit: str) -> str:
    """An amount in its unit (``working_days``, ``calendar_days``, ``hours``, ``months``): “5 working days”."""
    if not value:
        return gettext("within the working day")
    plural = 1 if value == 1 else 2
    texts = {
        "working_days": ngettext("{count} working day", "{count} working days", plural),
        "calendar_days": ngettext("{count} day", "{count} days", plural),
        "hours": ngettext("{count} working hour", "{count} working hours", plural),
        "months": ngettext("{count} month", "{count} months", plural),
    }
    decimals = 0 if value == value.to_integral_value() else 1
    return texts[unit].format(count=number(value, current_language(), decimals=decimals))


def mean_working_days_text(value: float | Decimal) -> str:
    """A mean or median of working days, with one decimal."""
    count = number(value, current_language(), decimals=1)
    return gettext("{count} working days").format(count=count)


def elapsed_time_text(duration: timedelta, *, with_minutes: bool = True) -> str:
    """Time by the clock, by its two largest units: “2 days 3 hours”, “3 hours 20 minutes”."""
    minutes = int(abs(duration).total_seconds()) // 60
    days, hours, rest = minutes // _MINUTES_PER_DAY, minutes % _MINUTES_PER_DAY // 60, minutes % 60
    parts: list[str] = []
    if days:
        parts.append(
            ngettext("{count} day", "{count} days", days).format(count=number(days, current_language()))
        )
    if hours:
        parts.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if rest and not days and with_minutes:
        parts.append(ngettext("{count} minute", "{count} minutes", rest).format(count=rest))
    least = gettext("less than a minute") if with_minutes else gettext("less than an hour")
    return " ".join(parts) or least

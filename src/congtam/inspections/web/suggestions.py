"""What the form offers before anything is typed: unit, period, a seed (gợi ý)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from congtam.foundation.public import clock
from congtam.inspections.actions.prepare import USUAL_SAMPLE
from congtam.kernel.clock import today
from congtam.kernel.periods import Period


def last_quarter(day: date) -> Period:
    """The quarter that ended last before the day.

    >>> last_quarter(date(2026, 3, 31)).text
    '2025-Q4'
    """
    return Period.of_months(day.year, (day.month - 1) // 3 * 3 + 1, 3).previous()


def initial_values(query: Mapping[str, str]) -> dict[str, str | int]:
    """What the form starts with; the address may name unit and period."""
    day = today(clock())
    return {
        "unit": query.get("unit", ""),
        "period": query.get("period", "") or last_quarter(day).text,
        "seed": int(f"{day:%Y%m%d}"),
        "sample_size": USUAL_SAMPLE,
    }

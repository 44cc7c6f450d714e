"""Which period a leader reads (kỳ xem của lãnh đạo): whole months, and the same months a year before."""

from __future__ import annotations

from datetime import date

from congtam.kernel.periods import Period


def period_to_read(year: int, today: date) -> Period:
    """A year that is over, else the months of this year that are over; in January the month that runs.

    >>> period_to_read(2024, date(2026, 3, 2)).text, period_to_read(2026, date(2026, 3, 2)).text
    ('2024', '2026-01-01..2026-03-01')
    >>> period_to_read(2026, date(2026, 1, 20)).text
    '2026-01'
    """
    if year < today.year:
        return Period.of_year(year)
    return Period.of_months(year, 1, max(1, today.month - 1))

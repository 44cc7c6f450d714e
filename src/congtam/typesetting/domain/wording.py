"""How official documents write days (cách ghi ngày tháng)."""

from __future__ import annotations

from datetime import date


def day_in_words(day: date, *, blank: str = "") -> str:
    """``ngày 02 tháng 3 năm 2026``: days below 10 and the months 1 and 2 padded (Decree 30, appendix I, II.4).

    With ``blank`` that text stands instead of the day, to be written by hand.

    >>> day_in_words(date(2026, 2, 13))
    'ngày 13 tháng 02 năm 2026'
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {blank or f'{day:%d}'} tháng {month} năm {day.year}"

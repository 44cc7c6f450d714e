"""Months around Tết (mùa vụ Tết): what is usual there is no signal.

Tết moves between the end of January and February, so a month of the calendar is no season: the month in which most of
its days off lie, the month before and the month after are. What such a month usually differs by is the difference of
its two or more occurrences from all other months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from congtam.kernel.statistics.counts import Counts, pooled_rate

_FIRST_YEAR: Final = 2000
_FIRST_DAYS: Final = (
    "0205 0124 0212 0201 0122 0209 0129 0217 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 "
    "0212 0201 0122 0210 0129 0217 0206 0126 0213 0202 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212 0201 "
    "0122 0210 0130 0217 0206 0126 0214 0202 0123"
)
"""The first day of Tết from 2000 on, month and day, in the time of Việt Nam."""

LEAST_OCCURRENCES: Final = 2
"""What happened once is not known to be usual."""


class Season(StrEnum):
    """How a month lies to Tết."""

    ORDINARY = "ordinary"
    BEFORE_TET = "before_tet"
    TET = "tet"
    AFTER_TET = "after_tet"


def first_day_of_tet(year: int) -> date | None:
    """The first day of the lunar year (mùng một Tết); None for years beyond the table.

    >>> first_day_of_tet(2026)
    datetime.date(2026, 2, 17)
    """
    if not 0 <= year - _FIRST_YEAR < len(_FIRST_DAYS) // 5 + 1:
        return None
    text = _FIRST_DAYS[(year - _FIRST_YEAR) * 5 :][:4]
    return date(year, int(text[:2]), int(text[2:]))


def season_of(month: date) -> Season:
    """How the month of a day lies to the Tết of its year.

    The days off run from two days before the first day to four days after it; the day after the first is their middle.

    >>> season_of(date(2025, 1, 1)), season_of(date(2026, 1, 1)), season_of(date(2026, 6, 1))
    (<Season.TET: 'tet'>, <Season.BEFORE_TET: 'before_tet'>, <Season.ORDINARY: 'ordinary'>)
    """
    for year in (month.year, month.year + 1):
        first = first_day_of_tet(year)
        if first is None:
            continue
        tet = first + timedelta(days=1)
        distance = (month.year - tet.year) * 12 + month.month - tet.month
        if -1 <= distance <= 1:
            return (Season.TET, Season.AFTER_TET, Season.BEFORE_TET)[distance]
    return Season.ORDINARY


def expected_rates(counts: Sequence[Counts], seasons: Sequence[Season]) -> list[float | None]:
    """What each month is expected to show: the rate of its season; None where that season came only once."""
    occurrences = Counter(seasons)
    by_season = {
        season: pooled_rate([one for one, its in zip(counts, seasons, strict=True) if its is season])
        for season, count in occurrences.items()
        if count >= LEAST_OCCURRENCES
    }
    return [by_season.get(season) for season in seasons]


def expected_values(values: Sequence[float], seasons: Sequence[Season]) -> list[float | None]:
    """As ``expected_rates``, for values that are no shares: the mean of the season."""
    occurrences = Counter(seasons)
    by_season = {
        season: sum(value for value, its in zip(values, seasons, strict=True) if its is season) / count
        for season, count in occurrences.items()
        if count >= LEAST_OCCURRENCES
    }
    return [by_season.get(season) for season in seasons]

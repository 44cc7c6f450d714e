"""What moved a figure, and where a unit stands (biến động, thứ hạng): pure arithmetic over counts.

A rate R = N/D over some months is compared with R' = N'/D' over the same months a year before. A month with n of d rows
accounts for

    c(m) = (n − R'·d)/D

of the change: what it has more or less than at last year's rate, as a share of all rows. These parts add up to R − R'
exactly. A count moves by n − n', month by month. See ADR 0100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STANDS_OUT: Final = 0.25
"""A month is named when it accounts for more than this share of all contributions in the direction of the change.

So there are three at most; a change that is spread over many months names none.
"""
_NOTHING: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class MonthCounts:
    """The rows of a month and of the same month a year before (số đếm của tháng và cùng kỳ)."""

    month: int
    numerator: float
    denominator: float
    numerator_before: float
    denominator_before: float


@dataclass(frozen=True, kw_only=True)
class Movement:
    """By how much a figure moved, and the months that moved it in that direction, in calendar order."""

    difference: float
    months: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The rank of a unit among those that can be ranked (thứ hạng trung thực).

    ``best`` and ``worst`` are the positions that its number of cases allows; ``is_tied`` says that others have the same
    rate and so the same position.
    """

    position: int
    ranked: int
    best: int
    worst: int
    is_tied: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether the cases tell the position at all."""
        return self.best == self.worst


def rate_movement(months: Sequence[MonthCounts]) -> Movement | None:
    """How a rate moved against the same months a year before; None where one of the two has no rows.

    >>> spring = MonthCounts(
    ...     month=3, numerator=9, denominator=10, numerator_before=10, denominator_before=10
    ... )
    >>> rate_movement([spring])
    Movement(difference=-0.1, months=(3,))
    """
    total, total_before = (
        sum(one.denominator for one in months),
        sum(one.denominator_before for one in months),
    )
    if not total or not total_before:
        return None
    rate_before = sum(one.numerator_before for one in months) / total_before
    contributions = {one.month: (one.numerator - rate_before * one.denominator) / total for one in months}
    difference = sum(one.numerator for one in months) / total - rate_before
    return Movement(difference=round(difference, 12), months=_dominant_months(contributions, difference))


def count_movement(months: Sequence[MonthCounts]) -> Movement:
    """How a count moved against the same months a year before."""
    contributions = {one.month: one.numerator - one.numerator_before for one in months}
    difference = sum(contributions.values())
    return Movement(difference=difference, months=_dominant_months(contributions, difference))


def _dominant_months(contributions: dict[int, float], difference: float) -> tuple[int, ...]:
    """The months with the largest part in the change; none where it is spread evenly or there is no change."""
    if abs(difference) < _NOTHING:
        return ()
    sign = 1 if difference > 0 else -1
    moving = {month: sign * part for month, part in contributions.items() if sign * part > _NOTHING}
    whole = sum(moving.values())
    return tuple(sorted(month for month, part in moving.items() if part > STANDS_OUT * whole + _NOTHING))

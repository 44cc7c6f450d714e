"""How likely so few of so many are by chance (xác suất nhị thức)."""

from __future__ import annotations

from math import exp, floor, lgamma, log, sqrt
from statistics import NormalDist
from typing import Final

_MANY: Final = 400.0
"""With a variance above this the normal tail is as good as the exact sum, and does not grow with the rows."""
_NOTHING: Final = 1e-15


def chance_of_at_most(numerator: float, denominator: float, rate: float) -> float:
    """The chance that a process at this rate shows so low a share or a lower one; exact but for very many rows.

    Raises ValueError for what is no share.

    >>> round(chance_of_at_most(27, 30, 0.98), 4), chance_of_at_most(30, 30, 0.98)
    (0.0217, 1.0)
    """
    if not 0 <= numerator <= denominator or not 0 <= rate <= 1:
        raise ValueError(f"{numerator} of {denominator} at {rate} is not a share")
    count, total = floor(numerator + 1e-9), round(denominator)
    if count >= total or rate == 0:
        return 1.0
    if rate == 1:
        return 0.0
    variance = total * rate * (1 - rate)
    if variance > _MANY:
        return NormalDist().cdf((count + 0.5 - total * rate) / sqrt(variance))
    return _lower_sum(count, total, rate)


def _lower_sum(count: int, total: int, rate: float) -> float:
    """From the count downward, until what follows adds nothing."""
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    term = exp(ways + count * log(rate) + (total - count) * log(1 - rate))
    added, odds = 0.0, (1 - rate) / rate
    while count >= 0:
        added += term
        if count <= total * rate and term < _NOTHING * added:
            break
        term *= count / (total - count + 1) * odds
        count -= 1
    return min(1.0, added)

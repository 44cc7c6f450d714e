"""The median of values that come with weights."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def weighted_median(counts: Mapping[float, Decimal | int]) -> float | None:
    """The value below and above which half of the weight lies (trung vị); None without any weight.

    >>> weighted_median({1: 1, 2: 1, 9: 1}), weighted_median({1: 2, 4: 2}), weighted_median({})
    (2.0, 2.5, None)
    """
    total = sum(counts.values())
    reached: Decimal | int = 0
    values = sorted(value for value, weight in counts.items() if weight > 0)
    for number, value in enumerate(values):
        reached += counts[value]
        if reached * 2 == total and number + 1 < len(values):
            return (value + values[number + 1]) / 2
        if reached * 2 >= total:
            return float(value)
    return None

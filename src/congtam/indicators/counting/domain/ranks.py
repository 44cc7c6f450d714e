"""The median and other ranks of values that come with weights."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Number = int | Decimal


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


def nearest_rank(counts: Mapping[Number, Decimal | int], share: Decimal) -> Number | None:
    """The least value that at least such a share of the weight does not exceed (phân vị); None without any weight.

    The share 0 gives the least value, 1 the greatest.

    >>> counts = {15: 1, 20: 1, 35: 1, 40: 1, 50: 1}
    >>> [nearest_rank(counts, Decimal(share)) for share in ("0", "0.3", "0.4", "0.5", "1")]
    [15, 20, 20, 35, 50]
    """
    values = sorted(value for value, weight in counts.items() if weight > 0)
    needed = sum(counts[value] for value in values) * share
    reached: Decimal | int = 0
    for value in values:
        reached += counts[value]
        if reached >= needed:
            return value
    return None

"""How far a rate from few rows may be off."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist


def wilson(
    numerator: float, denominator: float, confidence: float = 0.95, *, dispersion: float = 1.0
) -> tuple[float, float]:
    """The Wilson score interval of a rate (khoảng tin cậy), within 0–1; (0, 1) when nothing was counted.

    Source: E. B. Wilson, JASA 22 (1927) 209–212. It stays honest for 0 of 5 and 5 of 5. With a ``dispersion`` φ
    above 1 (see ``dispersion.py``) so many rows tell no more than 1/φ of them would. Raises ValueError for what is
    no share and for a dispersion below 1.

    >>> tuple(round(end, 4) for end in wilson(9, 10))
    (0.5958, 0.9821)
    >>> wilson(90, 100, dispersion=10) == wilson(9, 10)
    True
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share")
    if dispersion < 1:
        raise ValueError(f"a dispersion of {dispersion} is below 1")
    if denominator == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, size = numerator / denominator, denominator / dispersion
    spread = z * sqrt(rate * (1 - rate) / size + z * z / (4 * size * size))
    centre = rate + z * z / (2 * size)
    scale = 1 + z * z / size
    low = 0.0 if numerator == 0 else (centre - spread) / scale
    high = 1.0 if numerator == denominator else (centre + spread) / scale
    return low, high


def effective_size(weights: Iterable[float]) -> float:
    """How many rows of equal weight tell as much (cỡ mẫu hiệu dụng): (Σw)²/Σw²; 0 without weight.

    Source: L. Kish, Survey Sampling (1965) §11.7. Never more than the number of rows with a weight. Raises ValueError
    for a negative weight.

    >>> effective_size([1, 1, 1, 1]), round(effective_size([9, 1]), 2)
    (4.0, 1.22)
    """
    listed = list(weights)
    if any(weight < 0 for weight in listed):
        raise ValueError("a weight is negative")
    largest = max(listed, default=0.0)
    if not largest:
        return 0.0
    scaled = [weight / largest for weight in listed]
    return sum(scaled) ** 2 / sum(weight * weight for weight in scaled)


def weighted_wilson(rows: Iterable[tuple[bool, float]], confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson interval of a weighted share, by the effective number of rows: (does it count, its weight).

    >>> weighted_wilson([(True, 2.0)] * 9 + [(False, 2.0)]) == wilson(9, 10)
    True
    """
    listed = list(rows)
    size = effective_size(weight for _, weight in listed)
    if not size:
        return 0.0, 1.0
    share = sum(weight for counts, weight in listed if counts) / sum(weight for _, weight in listed)
    return wilson(min(share, 1.0) * size, size, confidence)

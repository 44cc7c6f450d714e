"""How far a rate from few rows may be off."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(numerator: int, denominator: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a rate (khoảng tin cậy), within 0–1; (0, 1) when nothing was counted.

    Source: E. B. Wilson, JASA 22 (1927) 209–212. It stays honest for 0 of 5 and 5 of 5.

    >>> tuple(round(end, 4) for end in wilson(9, 10))
    (0.5958, 0.9821)
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a share")
    if denominator == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate = numerator / denominator
    spread = z * sqrt(rate * (1 - rate) / denominator + z * z / (4 * denominator * denominator))
    centre = rate + z * z / (2 * denominator)
    scale = 1 + z * z / denominator
    low = 0.0 if numerator == 0 else (centre - spread) / scale
    high = 1.0 if numerator == denominator else (centre + spread) / scale
    return low, high

"""Funnel plots (biểu đồ phễu): units of different size against one rate, with limits that widen for small ones.

Sources: D. J. Spiegelhalter, Statist. Med. 24 (2005) 1185–1202 (funnel plots) and Qual. Saf. Health Care 14 (2005)
347–351 (over-dispersion): z-scores of arcsine-transformed rates; those beyond the 10th and 90th percentile are pulled
in (winsorised), so that a few outliers do not hide themselves; if the mean square of the rest shows more than chance,
an additive variance τ² between units (DerSimonian and Laird) widens the limits of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import asin, pi, sin, sqrt
from statistics import NormalDist
from typing import Final

from congtam.kernel.statistics.counts import Counts, pooled_rate

WINSORISED: Final = 0.1
"""The share at either end that is pulled in before the spread is measured."""
_LEFT_BY_WINSORISING: Final = 0.6787
"""The mean square of normal scores after that, 0.8 − 2·1.2816·φ(1.2816) + 0.2·1.2816²: without it τ² is too small."""
LEAST_UNITS: Final = 5
"""With fewer units no spread between them can be measured, and no funnel is drawn."""
WARNING: Final = 0.95
ACTION: Final = 0.998


@dataclass(frozen=True)
class Funnel:
    """The limits for units of one kind: the rate of all together, and the variance between units (τ²)."""

    units: Mapping[str, Counts]
    rate: float
    variance_between: float

    def limits(self, denominator: float, confidence: float) -> tuple[float, float]:
        """Between which rates a unit with so many rows lies, if it is like the others."""
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        spread = z * sqrt(1 / (4 * denominator) + self.variance_between)
        centre = _angle(self.rate)
        return sin(max(0.0, centre - spread)) ** 2, sin(min(pi / 2, centre + spread)) ** 2

    def deviation(self, counts: Counts) -> float:
        """By how many standard deviations a unit lies above or below the rate of all."""
        return (_angle(counts.rate) - _angle(self.rate)) / sqrt(
            1 / (4 * counts.denominator) + self.variance_between
        )

    @cached_property
    def chances(self) -> dict[str, float]:
        """The two-sided p-value of each unit, for the rule of false discoveries."""
        return {
            code: 2 * NormalDist().cdf(-abs(self.deviation(counts))) for code, counts in self.units.items()
        }


def funnel(units: Mapping[str, Counts]) -> Funnel | None:
    """The funnel of units by code; None for fewer than five.

    >>> plot = funnel({str(number): Counts(90, 100) for number in range(5)})
    >>> plot.rate, plot.variance_between, funnel({"one": Counts(90, 100)})
    (0.9, 0.0, None)
    """
    if len(units) < LEAST_UNITS:
        return None
    counts = list(units.values())
    rate = pooled_rate(counts)
    centre = _angle(rate)
    scores = [(_angle(one.rate) - centre) * 2 * sqrt(one.denominator) for one in counts]
    return Funnel(units=units, rate=rate, variance_between=_variance_between(counts, scores))


def _variance_between(counts: list[Counts], scores: list[float]) -> float:
    """τ²; the variance of an angle is 1/(4n), so the weights are 4n."""
    low, high = _quantile(scores, WINSORISED), _quantile(scores, 1 - WINSORISED)
    total = sum(min(max(score, low), high) ** 2 for score in scores) / _LEFT_BY_WINSORISING
    if total <= len(scores) - 1:
        return 0.0
    weights = [4 * one.denominator for one in counts]
    scale = sum(weights) - sum(weight * weight for weight in weights) / sum(weights)
    return (total - (len(scores) - 1)) / scale


def _quantile(values: list[float], share: float) -> float:
    """By linear interpolation between the ordered values (type 7 of Hyndman and Fan)."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (position - lower) * (ordered[upper] - ordered[lower])


def _angle(rate: float) -> float:
    return asin(sqrt(min(max(rate, 0.0), 1.0)))

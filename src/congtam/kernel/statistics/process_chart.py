"""Process charts (biểu đồ kiểm soát quá trình): is a month more than the usual up and down of its unit?

Rates: D. B. Laney, Quality Engineering 14 (2002) 531–537 (p′): the limits of a p chart times σz, the spread of the
standardised months measured by their moving ranges. Counts and durations: XmR, D. J. Wheeler, Understanding Variation
(1993): mean ± 2.66 × the mean moving range. Limits are drawn from 20 points on; what is usual around Tết is removed
first (``season.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from math import sqrt
from typing import Final, Literal

from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.process_rules import Signal, chance_of_newest, signals_by_point
from congtam.kernel.statistics.season import Season, expected_rates, expected_values

LEAST_POINTS: Final = 20
"""With fewer points the limits themselves are chance."""
LEAST_EXPECTED: Final = 2.0
"""Fewer rows of the rarer outcome a month than this are too lopsided for limits and runs: no chart."""
_MOVING_RANGE: Final = 1.128
"""d₂ for two: how many sigma the mean moving range of independent normal points is."""
_LIMIT: Final = 3.0

Better = Literal["higher", "lower", "none"]


class Variation(StrEnum):
    """What the newest point says (biến động): chance, or a change for better, for worse, or neither."""

    COMMON = "common"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"


class Assurance(StrEnum):
    """What the process can be expected to do with its target (khả năng đạt mục tiêu)."""

    REACHES = "reaches"
    MISSES = "misses"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """A point with what was expected of it; ``is_judged`` is False where its season came only once."""

    value: float
    expected: float
    low: float
    high: float
    is_judged: bool = True
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProcessChart:
    """The points in order, with limits and signals; ``spread`` is σz of a rate, else the sigma of the points."""

    points: tuple[ChartPoint, ...]
    scores: tuple[float, ...]
    spread: float
    has_season: bool = False

    @property
    def newest(self) -> ChartPoint:
        return self.points[-1]

    @cached_property
    def chance(self) -> float:
        """The p-value of the signals at the newest point; 1 without one."""
        return chance_of_newest(self.scores) if self.newest.is_judged else 1.0

    def variation(self, better: Better) -> Variation:
        """What the clearest signal at the newest point means."""
        if not self.newest.signals:
            return Variation.COMMON
        is_higher = self.newest.signals[0].direction > 0
        if better == "none":
            return Variation.HIGHER if is_higher else Variation.LOWER
        return Variation.BETTER if is_higher == (better == "higher") else Variation.WORSE

    def assurance(self, target: float, better: Better) -> Assurance:
        """Whether the limits of the newest point lie on one side of a target."""
        low, high = self.newest.low, self.newest.high
        if better == "lower":
            low, high, target = -high, -low, -target
        if low >= target:
            return Assurance.REACHES
        return Assurance.MISSES if high < target else Assurance.UNCERTAIN


def share_chart(counts: Sequence[Counts], seasons: Sequence[Season] = ()) -> ProcessChart | None:
    """The p′ chart of a rate; None for fewer than 20 points, or too few rows a month to tell.

    σz is at least 1: limits are never narrower than those of a p chart, so with months that differ by no more than
    chance both are the same.
    """
    seasons = seasons or [Season.ORDINARY] * len(counts)
    expected = expected_rates(counts, seasons)
    rarer = [
        one.denominator * min(rate, 1 - rate)
        for one, rate in zip(counts, expected, strict=True)
        if rate is not None
    ]
    if len(rarer) < LEAST_POINTS or sum(rarer) / len(rarer) < LEAST_EXPECTED:
        return None
    sigmas = [
        0.0 if rate is None else sqrt(rate * (1 - rate) / one.denominator)
        for one, rate in zip(counts, expected, strict=True)
    ]
    values = [one.rate for one in counts]
    standardised = [
        (value - rate) / sigma if sigma else 0.0
        for value, rate, sigma in zip(values, expected, sigmas, strict=True)
        if rate is not None
    ]
    spread = max(1.0, _mean_moving_range(standardised) / _MOVING_RANGE)
    return _chart(
        values,
        expected,
        [sigma * spread for sigma in sigmas],
        seasons=seasons,
        spread=spread,
        within=(0.0, 1.0),
    )


def value_chart(
    values: Sequence[float], seasons: Sequence[Season] = (), *, least: float = 0.0
) -> ProcessChart | None:
    """The XmR chart of a count or a duration; None for fewer than 20 points. No limit lies below ``least``."""
    seasons = seasons or [Season.ORDINARY] * len(values)
    expected = expected_values(values, seasons)
    residuals = [value - mean for value, mean in zip(values, expected, strict=True) if mean is not None]
    if len(residuals) < LEAST_POINTS:
        return None
    sigma = _mean_moving_range(residuals) / _MOVING_RANGE
    return _chart(
        values, expected, [sigma] * len(values), seasons=seasons, spread=sigma, within=(least, float("inf"))
    )


def _chart(
    values: Sequence[float],
    expected: Sequence[float | None],
    sigmas: Sequence[float],
    *,
    seasons: Sequence[Season],
    spread: float,
    within: tuple[float, float],
) -> ProcessChart:
    judged = [at for at, mean in enumerate(expected) if mean is not None]
    scores = [
        (values[at] - mean) / sigmas[at] if sigmas[at] else 0.0
        for at in judged
        if (mean := expected[at]) is not None
    ]
    signals = dict(zip(judged, signals_by_point(scores), strict=True))
    points = []
    for at, (value, mean, sigma) in enumerate(zip(values, expected, sigmas, strict=True)):
        if mean is None:
            points.append(ChartPoint(value=value, expected=value, low=value, high=value, is_judged=False))
            continue
        low, high = max(within[0], mean - _LIMIT * sigma), min(within[1], mean + _LIMIT * sigma)
        points.append(ChartPoint(value=value, expected=mean, low=low, high=high, signals=signals[at]))
    has_season = any(seasons[at] is not Season.ORDINARY for at in judged)
    return ProcessChart(points=tuple(points), scores=tuple(scores), spread=spread, has_season=has_season)


def _mean_moving_range(values: Sequence[float]) -> float:
    return sum(abs(second - first) for first, second in pairwise(values)) / (len(values) - 1)

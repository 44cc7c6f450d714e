"""When a process has changed (dấu hiệu bất thường của quá trình): four rules over the points of a chart.

Sources: W. A. Shewhart, Economic Control of Quality (1931); L. S. Nelson, J. Qual. Technol. 16 (1984) 237–239; the
choice of rules and lengths is that of NHS England, "Making Data Count". Each rule has the chance with which a process
that has not changed shows it at its newest point, so that many charts can be held against one rate of false alarms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from math import factorial
from statistics import NormalDist
from typing import Final

RUN: Final = 7
TREND: Final = 6
_LIMIT: Final = 3.0
_WARNING: Final = 2.0
_TWO_SIGMA: Final = NormalDist().cdf(-_WARNING)
_TWO_OF_THREE: Final = 2 * (3 * _TWO_SIGMA**2 * (1 - _TWO_SIGMA) + _TWO_SIGMA**3)


class Rule(StrEnum):
    """What is no chance, the clearest first."""

    BEYOND_LIMITS = "beyond_limits"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"
    TREND = "trend"


@dataclass(frozen=True)
class Signal:
    """A rule that holds at a point, and whether the process lies high (1) or low (−1)."""

    rule: Rule
    direction: int


def signals_by_point(scores: Sequence[float]) -> list[tuple[Signal, ...]]:
    """The signals of each point, from how many sigma it lies above or below what is expected.

    Every point of a run, of a trend, and each of the two of three beyond two sigma carries the signal.

    >>> [bool(one) for one in signals_by_point([0.0, 0.4, -0.2, 3.4])]
    [False, False, False, True]
    """
    marked: list[dict[Signal, None]] = [{} for _ in scores]
    for signal, points in _occurrences(scores):
        for point in points:
            marked[point][signal] = None
    order = list(Rule)
    return [tuple(sorted(one, key=lambda signal: order.index(signal.rule))) for one in marked]


def _occurrences(scores: Sequence[float]) -> Iterator[tuple[Signal, list[int]]]:
    for end, score in enumerate(scores):
        side = _sign(score)
        if abs(score) > _LIMIT:
            yield Signal(Rule.BEYOND_LIMITS, side), [end]
        beyond = [at for at in range(max(0, end - 2), end + 1) if scores[at] * side > _WARNING]
        if side and len(beyond) >= 2:
            yield Signal(Rule.TWO_OF_THREE, side), beyond
        if _run_length(scores, end) >= RUN:
            yield Signal(Rule.RUN, side), list(range(end - RUN + 1, end + 1))
        for direction in (1, -1):
            if _trend_length(scores, end, direction) >= TREND:
                yield Signal(Rule.TREND, direction), list(range(end - TREND + 1, end + 1))


def _run_length(scores: Sequence[float], end: int) -> int:
    """How many points up to this one lie on one side; one exactly in the middle ends the run."""
    side = _sign(scores[end])
    if not side:
        return 0
    return sum(1 for _ in takewhile(lambda score: _sign(score) == side, reversed(scores[: end + 1])))


def _trend_length(scores: Sequence[float], end: int, direction: int) -> int:
    """How many points up to this one rise, each above the one before it."""
    start = end
    while start > 0 and (scores[start] - scores[start - 1]) * direction > 0:
        start -= 1
    return end - start + 1


def chance_of_newest(scores: Sequence[float]) -> float:
    """The p-value of the signals at the newest point: the smallest of its rules, times the number of rules.

    1 without a signal. A run or trend is the less likely the longer it is: 2·½ᴸ and 2/L!.

    >>> chance_of_newest([0.1, -0.2]), round(chance_of_newest([1.0] * 9 + [0.5]), 4)
    (1.0, 0.0078)
    """
    if not scores:
        return 1.0
    end = len(scores) - 1
    signals = signals_by_point(scores)[end]
    chances = [_chance(signal, scores, end) for signal in signals]
    return min(1.0, len(Rule) * min(chances)) if chances else 1.0


def _chance(signal: Signal, scores: Sequence[float], end: int) -> float:
    match signal.rule:
        case Rule.BEYOND_LIMITS:
            return 2 * NormalDist().cdf(-abs(scores[end]))
        case Rule.TWO_OF_THREE:
            return _TWO_OF_THREE
        case Rule.RUN:
            return 2 * 0.5 ** _run_length(scores, end)
        case Rule.TREND:
            return 2 / factorial(_trend_length(scores, end, signal.direction))


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)

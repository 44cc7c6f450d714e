"""More than could be expected (nhiều hơn dự kiến): is a sign frequent enough to mean anything?

Rows that end just before a line are counted beside those that end just before the same line drawn one working day
earlier, and beside the share that peers have. Both comparisons are of two Poisson counts, conditional on their sum: J.
Przyborowski, H. Wilenski, Biometrika 31 (1940) 313–323. Offices are tested together at a false discovery rate of
5 %: Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57 (1995) 289–300. docs/algorithms/red_flags.md works an example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, lgamma, log

from congtam.kernel.statistics.false_discovery import FALSE_DISCOVERY_RATE, discoveries


@dataclass(frozen=True)
class Tally:
    """What was counted of one office or unit (số đếm): rows that can show the sign, show it, would have shown it."""

    among: int = 0
    seen: int = 0
    beside: int = 0
    without_time: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.among + other.among,
            self.seen + other.seen,
            self.beside + other.beside,
            self.without_time + other.without_time,
        )

    def expected_of(self, peers: Tally) -> float | None:
        """How many would be seen at the rate of the peers; None without any rows of theirs."""
        return self.among * peers.seen / peers.among if peers.among else None


def excess_probability(seen: int, other: int, share: float) -> float:
    """The probability that ``seen`` or more of ``seen + other`` events fall into a part with this share of exposure.

    >>> round(excess_probability(9, 2, 0.5), 4), excess_probability(0, 5, 0.5)
    (0.0327, 1.0)
    """
    total = seen + other
    if seen == 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    return min(1.0, sum(_binomial_probability(total, count, share) for count in range(seen, total + 1)))


def _binomial_probability(total: int, count: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log(1 - share))


def excess_p_value(own: Tally, peers: Tally | None = None) -> float:
    """How likely so many are by chance alone (giá trị p): the smaller of both comparisons, doubled for there are two.

    What does not exceed both expected numbers is no excess, whatever one of them says: 1.
    """
    if own.seen <= own.beside:
        return 1.0
    by_own = excess_probability(own.seen, own.beside, 0.5)
    if peers is None or not peers.among:
        return by_own
    expected = own.expected_of(peers)
    if expected is None or own.seen <= expected:
        return 1.0
    by_peers = excess_probability(own.seen, peers.seen, own.among / (own.among + peers.among))
    return min(1.0, 2 * min(by_own, by_peers))


def offices_in_excess(
    tallies: Mapping[str, Tally], peers: Tally | None = None, *, level: float = FALSE_DISCOVERY_RATE
) -> frozenset[str]:
    """The offices whose rows are named (đơn vị vượt mức dự kiến).

    Those found by Benjamini and Hochberg's rule; where it finds none but all together are in excess, every office
    with more than it could expect.
    """
    chances = {office: excess_p_value(one, peers) for office, one in tallies.items() if one.seen}
    if found := discoveries(chances, rate=level):
        return found
    total = sum(tallies.values(), Tally())
    if excess_p_value(total, peers) > level:
        return frozenset()
    return frozenset(office for office, one in tallies.items() if one.seen > one.beside)

"""Do months differ by more than chance (độ phân tán vượt mức ngẫu nhiên)?

If each dossier were on time or late independently of all others, the months of a unit would differ as draws from one
urn do. Offices have good and bad months: then n rows tell less than n independent ones, and an interval by n alone is
too narrow. φ = X²/df measures by how much; X² is Pearson's statistic of the months about the rate of their season.

Sources: P. McCullagh, J. A. Nelder, Generalized Linear Models (1989) §4.5; the tail of X² by E. B. Wilson, M. M.
Hilferty, PNAS 17 (1931) 684–688; cells of at least five: W. G. Cochran, Biometrics 10 (1954) 417–451.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final

from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.season import Season, expected_rates

SIGNIFICANCE: Final = 0.05
"""Below this chance the months are taken to differ by more than chance; else φ is 1."""
LEAST_CELLS: Final = 8
"""With fewer cells nothing is said about the months."""
LEAST_EXPECTED: Final = 5.0
"""Consecutive months are put together until so many rows of the rarer outcome are expected."""


def dispersion(counts: Sequence[Counts], seasons: Sequence[Season] = ()) -> float:
    """The factor φ ≥ 1 by which the variance of a rate exceeds chance; 1 where that is not shown.

    >>> dispersion([Counts(90, 100)] * 12)
    1.0
    >>> round(dispersion([Counts(80, 100), Counts(100, 100)] * 6), 2)
    12.12
    """
    seasons = seasons or [Season.ORDINARY] * len(counts)
    expected = expected_rates(counts, seasons)
    cells = _cells([(one, rate) for one, rate in zip(counts, expected, strict=True) if rate is not None])
    known = {season for season, rate in zip(seasons, expected, strict=True) if rate is not None}
    freedom = len(cells) - len(known)
    if len(cells) < LEAST_CELLS or freedom < 1:
        return 1.0
    statistic = sum(cells)
    return max(1.0, statistic / freedom) if chi_square_tail(statistic, freedom) < SIGNIFICANCE else 1.0


def _cells(months: Sequence[tuple[Counts, float]]) -> list[float]:
    """The squared, standardised deviation of each cell; what is left at the end joins no cell."""
    cells: list[float] = []
    deviation = variance = rarer = 0.0
    for one, rate in months:
        deviation += one.numerator - one.denominator * rate
        variance += one.denominator * rate * (1 - rate)
        rarer += one.denominator * min(rate, 1 - rate)
        if rarer >= LEAST_EXPECTED:
            cells.append(deviation * deviation / variance)
            deviation = variance = rarer = 0.0
    return cells


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The chance that chi-square with so many degrees of freedom exceeds a value, to three decimals.

    >>> round(chi_square_tail(19.675, 11), 3)
    0.05
    """
    if statistic <= 0:
        return 1.0
    spread = 2 / (9 * freedom)
    return 1 - NormalDist().cdf(((statistic / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread))

"""Rank among peers that admits what few cases cannot tell (xếp hạng có khoảng thứ hạng).

The rate of a unit with x of n is uncertain as Beta(x + ½, n − x + ½) is (Jeffreys). All units of the table are compared
at once: two of them differ when the gap of their rates exceeds what the largest gap among all units would be by chance
alone in one table of ten. The best place is 1 plus the units that are surely better, the worst the number of units
minus those surely worse; all bands of the table hold together with at least 90 %.

Sources: M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Rev. Econ. Stud. 91 (2024) 476–518 (confidence sets for
ranks); the largest gap of standardised units: J. W. Tukey, C. Y. Kramer, see A. J. Hayter, Ann. Statist. 12 (1984)
61–75; L. D. Brown, T. T. Cai, A. DasGupta, Statist. Sci. 16 (2001) 101–133 (Jeffreys). The chance is integrated over
the Beta distributions, so there is no draw in it: the same figures give the same band everywhere. A bootstrap is not
used: of units at 3 of 3 it never draws a late dossier, and at ties it is wrong (ADR 0123).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import asin, cos, exp, log, pi, sin, sqrt
from typing import Final, Literal

MINIMUM_CASES: Final = 30
"""Below this a rate moves by more than three points with a single case: the unit is shown but not ranked."""

BAND_CONFIDENCE: Final = 0.90

Better = Literal["higher", "lower"]

_CELL: Final = 0.125
"""Width of the cells over which a standardised distribution is integrated, in standard deviations."""
_REACH: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A unit to compare (đơn vị so sánh) with its counts, and by how much its months differ beyond chance."""

    code: str
    numerator: float
    denominator: float
    dispersion: float = 1.0

    @property
    def rate(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True, kw_only=True)
class Rank:
    """The place of a unit among those that can be ranked (thứ hạng), and the places it may really hold."""

    position: int
    best: int
    worst: int
    ranked: int
    unranked: int

    @property
    def is_clear(self) -> bool:
        """Whether the cases tell the place at all."""
        return self.best == self.worst


@dataclass(frozen=True)
class _Uncertainty:
    """How the rate of a unit may lie: mean and deviation of asin √θ, and the mass of each standardised cell."""

    mean: float
    deviation: float
    cells: tuple[float, ...]


def rank(code: str, peers: Sequence[Peer], *, better: Better, minimum: int = MINIMUM_CASES) -> Rank | None:
    """The rank of one unit among its peers, itself among them; None when it has too few cases, or no peer has enough.

    >>> units = [Peer(code="a", numerator=98, denominator=100), Peer(code="b", numerator=50, denominator=100)]
    >>> rank("b", units, better="higher")
    Rank(position=2, best=2, worst=2, ranked=2, unranked=0)
    """
    return ranks(peers, better=better, minimum=minimum).get(code)


def ranks(peers: Sequence[Peer], *, better: Better, minimum: int = MINIMUM_CASES) -> dict[str, Rank]:
    """The ranks of all units that can be ranked, by code; empty when fewer than two have enough cases."""
    able = [peer for peer in peers if peer.denominator >= max(minimum, 1)]
    if len(able) < 2:
        return {}
    sizes = tuple((_rounded(peer.numerator, peer), _rounded(peer.denominator, peer)) for peer in able)
    units = [_uncertainty(*size) for size in sizes]
    gap = _critical_gap(sizes, BAND_CONFIDENCE)
    sign = 1 if better == "higher" else -1
    found = {}
    for own, its in zip(able, units, strict=True):
        surely_ahead = surely_behind = 0
        for other in units:
            reach = gap * sqrt((its.deviation**2 + other.deviation**2) / 2)
            difference = sign * (other.mean - its.mean)
            surely_ahead += difference > reach
            surely_behind += difference < -reach
        found[own.code] = Rank(
            position=1 + sum(sign * (peer.rate - own.rate) > 0 for peer in able),
            best=1 + surely_ahead,
            worst=len(able) - surely_behind,
            ranked=len(able),
            unranked=len(peers) - len(able),
        )
    return found


def _rounded(count: float, peer: Peer) -> float:
    """So many rows tell as much as the counts do; rounded, so that equal units are one entry of the cache."""
    return round(count / peer.dispersion, 6)


@lru_cache(maxsize=4096)
def _uncertainty(numerator: float, denominator: float) -> _Uncertainty:
    first, second = 2 * numerator, 2 * (denominator - numerator)  # exponents of sin and cos: 2(x + ½) − 1

    def log_density(angle: float) -> float:
        if not 0 < angle < pi / 2:
            return float("-inf")
        return first * log(sin(angle)) + second * log(cos(angle))

    guess, width = asin(sqrt(numerator / denominator)), 0.5 / sqrt(denominator + 1)
    angles = [guess + step * width * 2 * _CELL for step in range(-32, 33)]
    masses = _masses([log_density(angle) for angle in angles])
    mean = sum(mass * angle for mass, angle in zip(masses, angles, strict=True))
    variance = sum(mass * (angle - mean) ** 2 for mass, angle in zip(masses, angles, strict=True))
    deviation = sqrt(variance)
    count = int(2 * _REACH / _CELL)
    middles = [-_REACH + (number + 0.5) * _CELL for number in range(count)]
    cells = _masses([log_density(mean + deviation * middle) for middle in middles])
    return _Uncertainty(mean, deviation, tuple(cells))


def _masses(logarithms: Sequence[float]) -> list[float]:
    highest = max(logarithms)
    weights = [exp(one - highest) for one in logarithms]
    total = sum(weights)
    return [weight / total for weight in weights]


@lru_cache(maxsize=256)
def _critical_gap(sizes: tuple[tuple[float, float], ...], confidence: float) -> float:
    """What the range of all standardised units stays within, with this confidence."""
    units = [_uncertainty(*size) for size in sizes]
    heights = [_heights(unit) for unit in units]
    low, high = 1, len(units[0].cells) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if _chance_within(units, heights, middle) < confidence:
            low = middle
        else:
            high = middle
    below, above = _chance_within(units, heights, low), _chance_within(units, heights, high)
    if above <= below or below >= confidence:
        return low * _CELL
    return (low + (confidence - below) / (above - below)) * _CELL


def _heights(unit: _Uncertainty) -> list[float]:
    """The distribution function in the middle of each cell."""
    return [end - mass / 2 for end, mass in zip(accumulate(unit.cells), unit.cells, strict=True)]


def _chance_within(units: Sequence[_Uncertainty], heights: Sequence[list[float]], width: int) -> float:
    """The chance that all units lie within so many cells of the lowest: Σᵢ ∫ fᵢ(u) Πⱼ (Fⱼ(u + w) − Fⱼ(u)) du."""
    total = 0.0
    count = len(units[0].cells)
    for start in range(count):
        end = start + width
        product, ratios = 1.0, 0.0
        for unit, height in zip(units, heights, strict=True):
            within = (height[end] if end < count else 1.0) - height[start]
            if within < 1e-12:
                product = 0.0
                break
            product *= within
            ratios += unit.cells[start] / within
        total += product * ratios
    return total

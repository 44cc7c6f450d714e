"""Rank among peers that admits what few cases cannot tell (xếp hạng có khoảng tin cậy).

A peer is surely better when the interval of the difference of the two rates (Newcombe, Statist. Med. 17 (1998)
873–890, method 10) lies on its side of zero. With m peers each comparison is made at the level 0.9^(1/(m−1)), so the
whole band holds with at least 90 % (marginal confidence sets for ranks: Mogstad, Romano, Shaikh, Wilhelm,
Rev. Econ. Stud. 91 (2024) 476–518). No simulation: the same figures give the same band on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from congtam.kernel.intervals import wilson

MINIMUM_CASES: Final = 30
"""Below this a rate moves by more than three points with a single case: the unit is shown but not ranked."""

BAND_CONFIDENCE: Final = 0.90

Better = Literal["higher", "lower"]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A unit to compare (đơn vị so sánh) with its counts."""

    code: str
    numerator: int
    denominator: int

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


def rank(code: str, peers: Sequence[Peer], *, better: Better, minimum: int = MINIMUM_CASES) -> Rank | None:
    """The rank of one unit among its peers, itself among them; None when it has too few cases, or no peer has enough.

    >>> units = [Peer(code="a", numerator=98, denominator=100), Peer(code="b", numerator=50, denominator=100)]
    >>> rank("b", units, better="higher")
    Rank(position=2, best=2, worst=2, ranked=2, unranked=0)
    """
    able = [peer for peer in peers if peer.denominator >= minimum]
    own = next((peer for peer in able if peer.code == code), None)
    if own is None or len(able) < 2:
        return None
    sign = 1 if better == "higher" else -1
    level = BAND_CONFIDENCE ** (1 / (len(able) - 1))
    ahead = surely_ahead = surely_behind = 0
    for peer in able:
        if peer.code == code:
            continue
        low, high = difference_interval(peer, own, confidence=level)
        ahead += sign * (peer.rate - own.rate) > 0
        surely_ahead += (low if sign > 0 else -high) > 0
        surely_behind += (high if sign > 0 else -low) < 0
    return Rank(
        position=1 + ahead,
        best=1 + surely_ahead,
        worst=len(able) - surely_behind,
        ranked=len(able),
        unranked=len(peers) - len(able),
    )


def difference_interval(first: Peer, second: Peer, *, confidence: float) -> tuple[float, float]:
    """The interval of the difference of two rates, first minus second."""
    gap = first.rate - second.rate
    low_1, high_1 = wilson(first.numerator, first.denominator, confidence)
    low_2, high_2 = wilson(second.numerator, second.denominator, confidence)
    return (
        gap - sqrt((first.rate - low_1) ** 2 + (high_2 - second.rate) ** 2),
        gap + sqrt((high_1 - first.rate) ** 2 + (second.rate - low_2) ** 2),
    )

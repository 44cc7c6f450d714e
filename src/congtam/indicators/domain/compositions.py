"""Indicators made of other indicators (chỉ tiêu tổng hợp): their parts, and the arithmetic of their values.

Values are exact fractions. A part without a value leaves the whole without one: what is missing is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from congtam.indicators.domain.kinds import Kind

Against = Literal["", "previous", "year_before"]
MOST_PARTS: Final = 20
DEEPEST: Final = 5
"""Compositions of compositions, at most."""
PARTS_OF_KIND: Final[Mapping[Kind, tuple[int, int]]] = {
    Kind.DIFFERENCE: (2, 2),
    Kind.RATIO_OF_PARTS: (2, 2),
    Kind.WEIGHTED_MEAN: (2, MOST_PARTS),
    Kind.INDEX: (1, MOST_PARTS),
    Kind.GROWTH: (1, 1),
}
"""How many parts each kind has, at least and at most."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One indicator in a composition (chỉ tiêu thành phần).

    A weighted mean has ``weight``, or ``weight_by``: the indicator whose value is the weight. An index has ``points``
    and ``full_at``: the value from which on all points are reached. A growth says ``against`` which period.
    """

    code: str
    weight: Decimal | None = None
    weight_by: str = ""
    points: Decimal | None = None
    full_at: Decimal | None = None
    against: Against = ""

    @property
    def text(self) -> str:
        """All that decides, for the digest of the definition."""
        return "|".join(
            "" if one is None else str(one)
            for one in (self.code, self.weight, self.weight_by, self.points, self.full_at, self.against)
        )


@dataclass(frozen=True, kw_only=True)
class Band:
    """A named stretch of values (mức xếp loại), from this value on."""

    start: Decimal
    vi: str
    en: str


@dataclass(frozen=True)
class Operand:
    """What a part contributes: its value, and its weight or, of a growth, its value in the period before."""

    value: Fraction | None
    second: Fraction | None = None


def compose(
    kind: Kind, parts: Sequence[Part], operands: Sequence[Operand], *, scale: int = 1
) -> Fraction | None:
    """The value of a composition; None where a part is missing or the divisor is not above zero."""
    if any(one.value is None for one in operands):
        return None
    result = _FORMULAS[kind](parts, operands)
    return None if result is None else result * scale


def points_of(part: Part, value: Fraction) -> Fraction:
    """The points of an index: in proportion up to full marks, never below zero.

    >>> points_of(Part(code="a", points=Decimal(12), full_at=Decimal("0.5")), Fraction(1, 4))
    Fraction(6, 1)
    """
    share = value / Fraction(part.full_at or 1)
    return Fraction(part.points or 0) * min(Fraction(1), max(Fraction(0), share))


def _difference(_parts: Sequence[Part], operands: Sequence[Operand]) -> Fraction | None:
    first, second = _values(operands)
    return first - second


def _ratio(_parts: Sequence[Part], operands: Sequence[Operand]) -> Fraction | None:
    first, second = _values(operands)
    return first / second if second else None


def _weighted_mean(_parts: Sequence[Part], operands: Sequence[Operand]) -> Fraction | None:
    weights = [one.second for one in operands if one.second is not None]
    total = sum(weights, Fraction(0))
    if len(weights) < len(operands) or total <= 0 or any(one < 0 for one in weights):
        return None
    weighted = zip(_values(operands), weights, strict=True)
    return sum((value * weight for value, weight in weighted), Fraction(0)) / total


def _index(parts: Sequence[Part], operands: Sequence[Operand]) -> Fraction | None:
    values = _values(operands)
    return sum((points_of(part, value) for part, value in zip(parts, values, strict=True)), Fraction(0))


def _growth(_parts: Sequence[Part], operands: Sequence[Operand]) -> Fraction | None:
    now, before = operands[0].value, operands[0].second
    return None if now is None or before is None or before <= 0 else now / before - 1


def _values(operands: Sequence[Operand]) -> list[Fraction]:
    return [one.value for one in operands if one.value is not None]


_FORMULAS: Final[Mapping[Kind, Callable[[Sequence[Part], Sequence[Operand]], Fraction | None]]] = {
    Kind.DIFFERENCE: _difference,
    Kind.RATIO_OF_PARTS: _ratio,
    Kind.WEIGHTED_MEAN: _weighted_mean,
    Kind.INDEX: _index,
    Kind.GROWTH: _growth,
}

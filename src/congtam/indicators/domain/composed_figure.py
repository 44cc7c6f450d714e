"""A figure made of other figures (số liệu tổng hợp), with the receipts of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from congtam.indicators.domain.compositions import Operand, Part, compose, points_of
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.kinds import COUNTED, RANKED, Kind
from congtam.indicators.domain.measures import SHARE
from congtam.indicators.domain.receipts import Number, digest_of

PartRole = Literal["value", "weight", "before"]


@dataclass(frozen=True, kw_only=True)
class PartFigure:
    """A part with its figure; None where the unit has none, such as in a period before it existed."""

    number: int
    """Which part of the definition it belongs to."""
    part: Part
    role: PartRole
    figure: Figure | None

    @property
    def value(self) -> Fraction | None:
        """The exact value."""
        return None if self.figure is None else exact_value(self.figure)

    @property
    def points(self) -> Fraction | None:
        """Of an index: the points it gives; None without a value."""
        value = self.value
        return None if value is None or self.part.points is None else points_of(self.part, value)


@dataclass(frozen=True, kw_only=True)
class ComposedFigure(Figure):
    """The figure of a composition; it has no rows of its own: each part opens to its rows and its receipt."""

    made_of: tuple[PartFigure, ...] = ()

    @cached_property
    def exact(self) -> Fraction | None:
        """The exact value; None where any part has none, or is withheld."""
        if self.is_withheld:
            return None
        definition = self.definition
        operands = [self._operand(number) for number in range(len(definition.parts))]
        return compose(definition.kind, definition.parts, operands, scale=self._scale)

    def _operand(self, number: int) -> Operand:
        """What a part contributes: its value, and its weight or its value before."""
        of_part = [one for one in self.made_of if one.number == number]
        value = next((one.value for one in of_part if one.role == "value"), None)
        others = [one.value for one in of_part if one.role != "value"]
        weight = self.definition.parts[number].weight
        if others or weight is None:
            return Operand(value, others[0] if others else None)
        return Operand(value, Fraction(weight))

    @property
    def _scale(self) -> int:
        """A difference of shares is said in percentage points."""
        first = next((one.figure for one in self.made_of if one.figure), None)
        is_of_shares = first is not None and first.definition.measure == SHARE
        return 100 if self.definition.kind == Kind.DIFFERENCE and is_of_shares else 1

    @cached_property
    def value(self) -> float | int | Decimal | None:
        """The value, rounded to a float once, at the end."""
        return None if self.exact is None else float(self.exact)

    @property
    def numerator(self) -> Number:
        """A composition has no rows that count."""
        return 0

    @property
    def denominator(self) -> Number:
        """How many parts it is made of; 0 where one of them has no value."""
        return 0 if self.exact is None else len(self.definition.parts)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the definition and the digests of all parts."""
        lines = [
            ("code", self.code),
            ("definition_version", str(self.definition_version)),
            ("definition", self.definition.digest),
            ("unit", self.unit),
            ("period", f"{self.period.start}..{self.period.end}"),
            ("map", self.map),
            ("value", "" if self.exact is None else str(self.exact)),
        ]
        lines += [
            (f"part_{number}_{one.role}", one.figure.digest if one.figure else "")
            for number, one in enumerate(self.made_of)
        ]
        return digest_of(lines)

    @property
    def receipt(self) -> dict[str, Any]:
        """The receipt as JSON values: that of every part inside it; rows are behind the parts only."""
        without = ("numerator_rows_digest", "denominator_rows_digest")
        own = {name: value for name, value in super().receipt.items() if name not in without}
        return {
            **own,
            "numerator": None,
            "denominator": None,
            "interval": None,
            "parts": [_part_json(one) for one in self.made_of],
        }


def exact_value(figure: Figure) -> Fraction | None:
    """The value of a figure as a fraction; None where it has none."""
    if isinstance(figure, ComposedFigure):
        return figure.exact
    if figure.value is None:
        return None
    if figure.definition.kind in COUNTED or figure.definition.kind in RANKED:
        return Fraction(figure.value)
    is_of_parts = figure.definition.kind in (Kind.MEAN, Kind.RATIO)
    numbers = figure.parts if is_of_parts else figure
    return Fraction(numbers.numerator) / Fraction(numbers.denominator)


def _part_json(one: PartFigure) -> dict[str, Any]:
    part = one.part
    code = part.weight_by if one.role == "weight" else part.code
    rules = {
        "weight": part.weight,
        "points": part.points,
        "full_at": part.full_at,
        "reached_points": one.points,
    }
    numbers = {name: float(value) for name, value in rules.items() if value is not None}
    return {
        "code": code,
        "role": one.role,
        **numbers,
        "receipt": one.figure.receipt if one.figure else None,
    }

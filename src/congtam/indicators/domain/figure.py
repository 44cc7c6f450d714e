"""A figure: the value of an indicator for a unit and a period, with everything needed to count it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from congtam.indicators.domain.definitions import Definition, Kind, Target
from congtam.indicators.domain.receipts import Number, Parts, digest_of
from congtam.kernel.intervals import wilson
from congtam.kernel.periods import Period


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A counted value with its receipt (số liệu kèm biên nhận)."""

    definition: Definition
    unit: str
    period: Period
    map_on: date | None
    as_of: datetime
    data_version: int
    scope_digest: str
    parts: Parts

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.definition.code

    @property
    def definition_version(self) -> int:
        """The version of the definition that was used."""
        return self.definition.version

    @property
    def map(self) -> str:
        """``then`` (each row under the units of its month) or the day of the map."""
        return "then" if self.map_on is None else self.map_on.isoformat()

    @property
    def numerator(self) -> Number:
        """What counts; for a mean the sum of the values, for a median the number of rows."""
        return self.parts.numerator

    @property
    def denominator(self) -> Number:
        """Out of how many."""
        return self.parts.denominator

    @cached_property
    def value(self) -> float | int | Decimal | None:
        """The value; None where the denominator is 0, for nothing is not zero. A count of nothing is 0."""
        if self.definition.kind in (Kind.COUNT, Kind.STOCK):
            return self.parts.numerator
        if not self.parts.denominator:
            return None
        if self.definition.kind == Kind.MEDIAN:
            return self.parts.median
        return float(Decimal(self.parts.numerator) / Decimal(self.parts.denominator))

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval at 95 % of a rate (khoảng tin cậy); None for other kinds and without rows."""
        if not self.definition.is_share or not self.parts.denominator:
            return None
        denominator = max(round(self.parts.denominator), 1)
        return wilson(min(round(self.parts.numerator), denominator), denominator)

    @property
    def target(self) -> Target | None:
        """The target in force on the last day of the period."""
        return self.definition.target_on(self.period.last_day)

    @property
    def meets_target(self) -> bool | None:
        """Whether the target is reached; None without value, target or direction."""
        value = None if self.value is None else float(self.value)
        return self.definition.meets(value, on=self.period.last_day)

    @cached_property
    def digest(self) -> str:
        """SHA-256 that a recount of the same rows by the same definition gives again."""
        lines = [
            ("code", self.code),
            ("definition_version", str(self.definition_version)),
            ("definition", self.definition.digest),
            ("unit", self.unit),
            ("period", f"{self.period.start}..{self.period.end}"),
            ("map", self.map),
            ("units", self.scope_digest),
            ("numerator", str(self.numerator)),
            ("denominator", str(self.denominator)),
            ("numerator_rows", self.parts.numerator_rows.text),
            ("denominator_rows", self.parts.denominator_rows.text),
        ]
        if self.definition.is_at_an_instant:
            lines.append(("as_of", self.as_of.isoformat()))
        if self.definition.kind == Kind.MEDIAN:
            lines.append(("median", str(self.parts.median)))
        return digest_of(lines)

    @property
    def receipt(self) -> dict[str, Any]:
        """The receipt as JSON values (biên nhận số liệu)."""
        return {
            "code": self.code,
            "definition_version": self.definition_version,
            "definition_digest": self.definition.digest,
            "data_version": self.data_version,
            "map": self.map,
            "units_digest": self.scope_digest,
            "unit": self.unit,
            "period": f"{self.period.start}..{self.period.end}",
            "as_of": self.as_of.isoformat(),
            "numerator": _json(self.numerator),
            "denominator": _json(self.denominator),
            "value": _json(self.value),
            "interval": self.interval,
            "numerator_rows_digest": self.parts.numerator_rows.text,
            "denominator_rows_digest": self.parts.denominator_rows.text,
            "digest": self.digest,
        }


def _json(number: float | Decimal | None) -> float | int | None:
    return float(number) if isinstance(number, Decimal) else number

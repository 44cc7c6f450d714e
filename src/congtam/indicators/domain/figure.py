"""A figure: the value of an indicator for a unit and a period, with everything needed to count it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from congtam.indicators.domain.definitions import Definition, Target
from congtam.indicators.domain.kinds import COUNTED, RANKED, ROWS_COUNT, Kind
from congtam.indicators.domain.receipts import Number, Parts, digest_of
from congtam.kernel.periods import Period
from congtam.kernel.statistics.intervals import wilson


@dataclass(frozen=True, kw_only=True)
class WholeCounts:
    """Numerator and denominator as whole rows, where a divided unit's rows were shared out (số đã làm tròn)."""

    numerator: int
    denominator: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A counted value with its receipt (số liệu kèm biên nhận).

    ``parts`` are exact; where ``whole`` is set, rows of a divided unit were shared out and people read whole numbers,
    rounded so that the successors add up (ADR 0090).
    """

    definition: Definition
    unit: str
    period: Period
    map_on: date | None
    as_of: datetime
    data_version: int
    scope_digest: str
    parts: Parts
    whole: WholeCounts | None = None
    set_target: Target | None = None
    """The target that a decision set for the unit, by a row that an official entered."""
    further_sources: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What it rests on besides the rows of its fact: the edition of the calendar, versions of joined facts."""
    dispersion: float = 1.0
    """By how much the months of the unit differ beyond chance (φ); pages set it, receipts have the plain interval."""
    is_in_life: bool = True
    """Whether the unit exists on the map in any part of the period; else there is nothing to count, not even zero."""
    withheld_below: int | None = None
    """Set where the figure is not shown to this reader: it, or what it would give away, is of fewer rows (ADR 0131).

    Such a figure has no parts, no value and no receipt.
    """

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
    def is_withheld(self) -> bool:
        """Whether this reader may not see the figure."""
        return self.withheld_below is not None

    @property
    def numerator(self) -> Number:
        """What counts; of a mean, sum or ratio the sum of the values, of a median or quantile the number of rows."""
        is_counted = self.definition.kind in ROWS_COUNT
        return self.whole.numerator if self.whole and is_counted else self.parts.numerator

    @property
    def denominator(self) -> Number:
        """Out of how many; of a ratio, the sum by which is divided."""
        return self.whole.denominator if self.whole else self.parts.denominator

    @cached_property
    def value(self) -> float | int | Decimal | None:
        """The value; None where the denominator is 0, for nothing is not zero. A count of nothing is 0.

        Before and after the life of its unit a figure has no value at all; nor has one that is withheld.
        """
        if not self.is_in_life or self.is_withheld:
            return None
        if self.definition.kind in COUNTED:
            return self.numerator
        if not self.denominator:
            return None
        if self.definition.kind in RANKED:
            return self.parts.median
        if self.definition.kind in (Kind.MEAN, Kind.RATIO):
            return float(Decimal(self.parts.numerator) / Decimal(self.parts.denominator))
        return float(Decimal(self.numerator) / Decimal(self.denominator))

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson interval at 95 % of a rate (khoảng tin cậy); None for other kinds and without rows.

        It says what the process of the unit may be, of which the period is one run (docs/algorithms/chance.md).
        """
        if not self.definition.is_share or not self.denominator:
            return None
        denominator = max(round(self.denominator), 1)
        return wilson(min(round(self.numerator), denominator), denominator, dispersion=self.dispersion)

    @property
    def target(self) -> Target | None:
        """The target in force on the last day of the period: what a decision set for the unit, else the law's."""
        return self.set_target or self.definition.target_on(self.period.last_day)

    @property
    def meets_target(self) -> bool | None:
        """Whether the target is reached; None without value, target or direction."""
        target, better = self.target, self.definition.better
        if self.value is None or target is None or better == "none":
            return None
        return float(self.value) >= target.value if better == "higher" else float(self.value) <= target.value

    @property
    def attainment(self) -> float | None:
        """The value as a share of what a decision set for the unit (mức đạt kế hoạch); None without such a target."""
        if self.value is None or self.set_target is None or not self.set_target.value:
            return None
        return float(self.value) / self.set_target.value

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
            ("numerator", str(self.parts.numerator)),
            ("denominator", str(self.parts.denominator)),
            ("numerator_rows", self.parts.numerator_rows.text),
            ("denominator_rows", self.parts.denominator_rows.text),
        ]
        if self.definition.is_at_an_instant:
            lines.append(("as_of", self.as_of.isoformat()))
        lines += [pair for pair in sorted(self.further_sources.items()) if pair[0].startswith("parameter.")]
        if self.definition.kind in RANKED:
            lines.append(("median", str(self.parts.median)))
        return digest_of(lines)

    @property
    def receipt(self) -> dict[str, Any]:
        """The receipt as JSON values (biên nhận số liệu)."""
        shares = {
            "numerator_share": _json_number(self.parts.numerator),
            "denominator_share": _json_number(self.parts.denominator),
        }
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
            "numerator": _json_number(self.numerator),
            "denominator": _json_number(self.denominator),
            "value": _json_number(self.value),
            "unit_of_measure": self.definition.measure,
            "interval": self.interval,
            "numerator_rows_digest": self.parts.numerator_rows.text,
            "denominator_rows_digest": self.parts.denominator_rows.text,
            "digest": self.digest,
            **(shares if self.whole else {}),
            **({"further_sources": dict(self.further_sources)} if self.further_sources else {}),
        }


def _json_number(number: float | Decimal | None) -> float | int | None:
    return float(number) if isinstance(number, Decimal) else number

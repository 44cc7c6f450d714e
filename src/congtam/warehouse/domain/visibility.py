"""Which rows of a fact an actor may see one by one, as a condition that every engine applies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

UNITS_PARAMETER: Final = "visible_units"


@dataclass(frozen=True, kw_only=True)
class RowFilter:
    """The rows of a fact that somebody may see (dòng được xem): those of some units that also meet a condition.

    ``units`` None stands for every unit. ``condition`` is SQL of the engine over declared columns of the fact,
    written by the room that declares it; values of an actor come only by ``parameters``, written ``$name``. A row
    for which the condition is NULL is not visible.
    """

    units: frozenset[str] | None = None
    condition: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_everything(self) -> bool:
        """Whether no row is hidden."""
        return self.units is None and not self.condition

    def sees_all_of(self, units: frozenset[str]) -> bool:
        """Whether no row of these units is hidden, told without reading a row."""
        return not self.condition and (self.units is None or units <= self.units)

    def sql(self, unit_column: str) -> str:
        """The condition that a row is visible; never NULL.

        >>> RowFilter(units=frozenset({"02"}), condition="is_public").sql("unit_code")
        'unit_code IN (SELECT unnest($visible_units)) AND coalesce((is_public), false)'
        """
        parts = [] if self.units is None else [f"{unit_column} IN (SELECT unnest(${UNITS_PARAMETER}))"]
        parts += [f"coalesce(({self.condition}), false)"] if self.condition else []
        return " AND ".join(parts) or "true"

    @property
    def values(self) -> dict[str, Any]:
        """The values of all parameters of the condition."""
        units = {} if self.units is None else {UNITS_PARAMETER: sorted(self.units)}
        return {**self.parameters, **units}

    def named_condition(self, unit_column: str, *, prefix: str = "") -> Relation:
        """The condition that a row is visible, with its values; a prefix parts its names from those of another fact.

        >>> RowFilter(units=frozenset({"02"})).named_condition("unit_code", prefix="dossier_").sql
        'unit_code IN (SELECT unnest($dossier_visible_units))'
        """
        sql = re.sub(r"\$(\w+)", rf"${prefix}\1", self.sql(unit_column))
        return Relation(sql=sql, values={f"{prefix}{name}": value for name, value in self.values.items()})


@dataclass(frozen=True, kw_only=True)
class Relation:
    """SQL that stands for rows after FROM, with the values of its parameters."""

    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)

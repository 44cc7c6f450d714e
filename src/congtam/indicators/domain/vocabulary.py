"""The words an expression may use: declared columns, functions, parameters, and what kind of value each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """What kind of value an expression yields."""

    BOOLEAN = "true or false"
    NUMBER = "a number"
    TEXT = "a text"
    DATE = "a date"
    INSTANT = "an instant"
    SPAN = "a length of time"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    """Of a part that holds a mistake."""


FAMILY_OF_COLUMN: Final[Mapping[str, Family]] = {
    "text": Family.TEXT,
    "integer": Family.NUMBER,
    "bigint": Family.NUMBER,
    "double": Family.NUMBER,
    "boolean": Family.BOOLEAN,
    "date": Family.DATE,
    "timestamp": Family.INSTANT,
}
FAMILY_OF_CAST: Final[Mapping[str, Family]] = {
    "VARCHAR": Family.TEXT,
    "TEXT": Family.TEXT,
    "INT": Family.NUMBER,
    "BIGINT": Family.NUMBER,
    "DOUBLE": Family.NUMBER,
    "BOOLEAN": Family.BOOLEAN,
    "DATE": Family.DATE,
    "TIMESTAMPTZ": Family.INSTANT,
}
PARAMETERS: Final[Mapping[str, Family]] = {
    "as_of": Family.INSTANT,
    "period_start": Family.DATE,
    "period_end": Family.DATE,
}
"""The instant a stock is taken at; first day of the period; first day after it."""

UNITS_OF_TIME: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
PARTS_OF_TIME: Final = UNITS_OF_TIME | {"isodow", "dow", "doy"}


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The columns of one fact as an expression sees them (từ vựng)."""

    fact: str
    columns: Mapping[str, Family]
    personal: frozenset[str] = frozenset()
    decimals: frozenset[str] = frozenset()
    """Columns of numbers that are not whole; a joined one by its whole name, such as ``dossier.area``."""
    measures: Mapping[str, str] = field(default_factory=dict)
    """What the numbers of a column measure; a joined column by its whole name."""
    joins: Mapping[str, Mapping[str, Family]] = field(default_factory=dict)
    """The columns of facts that are joined by declared keys, by the name of the join."""
    is_ordered: bool = False
    """Whether rows have a place in a group, so that one before and one after can be looked at."""
    set_values: Mapping[str, str] | None = None
    """What the parameters measure that decisions set, by code; None where any code is taken."""

    @classmethod
    def of_columns(
        cls,
        fact: str,
        types: Mapping[str, str],
        personal: frozenset[str] = frozenset(),
        *,
        measures: Mapping[str, str] | None = None,
        joins: Mapping[str, Mapping[str, str]] | None = None,
        is_ordered: bool = False,
    ) -> Vocabulary:
        """From the declared column types of a fact, and of those it is joined with."""
        joined = joins or {}
        whole_names = dict(types) | {
            f"{join}.{name}": kind for join, columns in joined.items() for name, kind in columns.items()
        }
        return cls(
            fact=fact,
            columns=_families(types),
            personal=personal,
            decimals=frozenset(name for name, kind in whole_names.items() if kind == "double"),
            measures=measures or {},
            joins={join: _families(columns) for join, columns in joined.items()},
            is_ordered=is_ordered,
        )


def _families(types: Mapping[str, str]) -> dict[str, Family]:
    return {name: FAMILY_OF_COLUMN[kind] for name, kind in types.items()}

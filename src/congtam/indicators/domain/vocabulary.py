"""The words an expression may use: declared columns, functions, parameters, and what kind of value each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

    @classmethod
    def of_columns(
        cls, fact: str, types: Mapping[str, str], personal: frozenset[str] = frozenset()
    ) -> Vocabulary:
        """From the declared column types of a fact."""
        families = {name: FAMILY_OF_COLUMN[kind] for name, kind in types.items()}
        return cls(fact=fact, columns=families, personal=personal)

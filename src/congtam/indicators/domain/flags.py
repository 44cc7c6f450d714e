"""A red flag: a sign worth looking at on site, as data; it accuses nobody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import Kind
from congtam.kernel.localized_text import LocalizedText


class FlagKind(StrEnum):
    """Whether a row shows the sign by itself, or only together with others like it."""

    ROW = "row"
    GROUP = "group"


@dataclass(frozen=True, kw_only=True)
class FlagDefinition:
    """A sign in the rows of a fact (dấu hiệu cần kiểm tra).

    A row shows it when its ``period`` column lies in the period (a flag without one speaks of ``:as_of``) and ``when``
    is true; in a group, when at least ``at_least`` such rows share the values of ``by``.
    ``among`` selects the rows that can show the sign at all; ``beside`` those of them that would show it if the line
    were drawn one step earlier, where nothing is to be gained: their number is the one to expect (``excess.py``).
    ``needs_time`` names the instants of which the hour matters: rows that have only the day are left out and counted.
    ``weight`` is added to that of a row when an inspection draws its sample.
    """

    code: str
    version: int
    name: LocalizedText
    why: LocalizedText
    fact: str
    kind: FlagKind
    period: str
    when: str
    by: tuple[str, ...]
    at_least: int
    order: str
    weight: float
    source: str
    valid_from: date
    among: str = ""
    beside: str = ""
    needs_time: tuple[str, ...] = ()

    @property
    def definition(self) -> Definition:
        """The number of rows that show it, as an indicator: its receipt is that of a figure.

        For a group the indicator names the sign, but only the flag's own statement can count it.
        """
        rows = LocalizedText(vi="hồ sơ", en="dossiers")
        return Definition(
            code=self.code,
            version=self.version,
            name=self.name,
            description=self.why,
            out_of_label=rows,
            counts_label=self.name,
            fact=self.fact,
            kind=Kind.COUNT if self.period else Kind.STOCK,
            period=self.period,
            out_of=self.among or "true",
            counts=self.deciding_text,
            value="",
            better="none",
            measure="dossiers",
            source=self.source,
            valid_from=self.valid_from,
        )

    @property
    def expressions(self) -> tuple[str, ...]:
        """The texts of its expressions."""
        return (self.when, self.among, self.beside)

    @property
    def deciding_text(self) -> str:
        """Everything that decides which rows show it, in one text."""
        parts = [self.when, *self.by, str(self.at_least) if self.by else "", *self.needs_time]
        return " ; ".join(part for part in parts if part)

    @property
    def digest(self) -> str:
        """SHA-256 of what decides which rows show it."""
        deciding = [
            self.code,
            self.version,
            self.fact,
            self.kind,
            self.period,
            self.when,
            self.by,
            self.at_least,
            *([self.among, self.beside, self.needs_time] if self.among or self.needs_time else []),
        ]
        return hashlib.sha256(json.dumps(deciding, default=str).encode()).hexdigest()

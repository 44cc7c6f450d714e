"""A red flag: a sign worth looking at on site, as data; it accuses nobody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
    ``weight`` multiplies the chance of a row to be drawn for an inspection.
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
        ]
        return hashlib.sha256(json.dumps(deciding, default=str).encode()).hexdigest()

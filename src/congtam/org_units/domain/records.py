"""What is on record about units: names, kinds and parents with their validity, and who followed whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

EVER: Final = date.min
"""Start of a validity whose beginning is not on record."""
ALWAYS: Final = date.max
"""End of a validity that has no end yet."""


@dataclass(frozen=True, kw_only=True)
class UnitVersionRow:
    """Name, kind and parent of a unit while they held (thông tin đơn vị theo thời gian); the end is exclusive."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    valid_from: date = EVER
    valid_until: date = ALWAYS
    legal_source: str = ""
    longitude: float | None = None
    latitude: float | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the version is valid on the day."""
        return self.valid_from <= day < self.valid_until

    def overlaps(self, start: date, end: date) -> bool:
        """Whether the version is valid on a day from ``start`` on and before ``end``."""
        return self.valid_from < end and start < self.valid_until

    @property
    def opens(self) -> date | None:
        """First day, or None where the beginning is not on record."""
        return None if self.valid_from == EVER else self.valid_from

    @property
    def closes(self) -> date | None:
        """First day on which it no longer held, or None while it holds."""
        return None if self.valid_until == ALWAYS else self.valid_until


@dataclass(frozen=True, kw_only=True)
class SuccessionRow:
    """One unit took over from another on a day (kế thừa đơn vị), wholly or in part.

    ``weight`` is the share of the predecessor that goes to the successor. ``only_forward`` marks a successor
    that takes over the records of a level that was abolished (a province, those of its districts): nothing of
    its own facts is ever shown there on an older map.
    """

    predecessor: str
    successor: str
    on_date: date
    weight: float = 1.0
    whole: bool = True
    only_forward: bool = False
    legal_source: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CrosswalkRow:
    """Where the facts of a unit, dated in a span, are shown on a map (bảng quy đổi đơn vị).

    The rows of one code and one span have weights that sum to 1; the spans of a code cover all of time.
    ``None`` is an open end; ``valid_until`` is exclusive.
    """

    unit_code: str
    valid_from: date | None
    valid_until: date | None
    target_code: str
    weight: float

"""The clock ledger (sổ thời hạn): the due date of a dossier follows from the lines written about it alone.

The lines are facts with their grounds; the due date is computed from them and the work calendar every time, and
only kept beside the dossier so that lists can be ordered by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, Protocol

from congtam.dossiers.domain.states import LineKind

WORKING_DAYS: Final = "working_days"
CALENDAR_DAYS: Final = "calendar_days"
HOURS: Final = "hours"
MONTHS: Final = "months"
UNITS: Final = (WORKING_DAYS, CALENDAR_DAYS, HOURS, MONTHS)
HOURS_A_DAY: Final = 8
"""Office hours that make one working day where a day is divided."""


class CountedLimit(Protocol):
    """A time limit as another room holds it, such as one of the catalogue."""

    @property
    def value(self) -> Decimal: ...

    @property
    def unit(self) -> str: ...

    @property
    def latest_receipt(self) -> time | None: ...


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How long handling may take (thời hạn giải quyết); counted from ``latest_receipt`` on as of the next day."""

    value: Decimal
    unit: str
    latest_receipt: time | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.value < 0:
            raise ValueError(f"{self.value} {self.unit!r} is not a time limit")

    @classmethod
    def from_counted(cls, limit: CountedLimit) -> Limit:
        """The same limit, as the ledger counts with it."""
        return cls(value=limit.value, unit=limit.unit, latest_receipt=limit.latest_receipt)

    @property
    def office_hours(self) -> Decimal | None:
        """The limit in office hours where it is counted in them: hours, or a fraction of a working day."""
        if self.unit == HOURS:
            return self.value
        if self.unit == WORKING_DAYS and self.value % 1:
            return self.value * HOURS_A_DAY
        return None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: what happened when, on which ground; ``until`` is the new due date of an extension or reopening.

    ``due_at`` is the due date as it was stored when the line was written, if it was: an explanation uses it,
    nothing is computed from it.
    """

    kind: LineKind
    at: datetime
    ground: str = ""
    until: datetime | None = None
    legal: str = ""
    note: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DueDates:
    """The due dates that follow from the lines: the day the term counts from, the due instant after each line.

    ``stopped_since`` is set while the clock is stopped.
    """

    counts_from: date
    due_after: tuple[datetime | None, ...]
    stopped_since: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        """The due instant as it stands; None where no limit is known."""
        return self.due_after[-1] if self.due_after else None

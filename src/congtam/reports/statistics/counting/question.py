"""What is asked of a reporting form, and what comes back (câu hỏi và kết quả tổng hợp)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from congtam.foundation.public import clock
from congtam.kernel.periods import Period
from congtam.reports.statistics.definitions import Check, StatisticsForm

ALL_ROWS: Final = "*"
"""Stands for the total in addresses of the rows behind a number."""


class Convention(StrEnum):
    """How time is compared (quy ước tính hạn)."""

    BY_DATE = "date"
    BY_INSTANT = "instant"


@dataclass(frozen=True, kw_only=True)
class StatisticsQuestion:
    """One form for one unit and period; the period is the one of the form, cut-offs applied."""

    form: StatisticsForm
    unit: str
    period: Period
    convention: Convention = Convention.BY_DATE


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """One row: its key (a field of work or a unit code), its numbers by column, and those of the notes."""

    key: str
    values: Mapping[int, int]
    notes: Mapping[int, int] = field(default_factory=dict)

    @property
    def numbers(self) -> Mapping[int, int]:
        """Columns and notes together, as checks read them."""
        return {**self.values, **self.notes}


@dataclass(frozen=True, kw_only=True)
class FailedCheck:
    """A check that does not hold in a row, and by how much (sai lệch)."""

    check: Check
    row: str
    difference: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A form counted: its rows, the total, and what does not add up."""

    question: StatisticsQuestion
    rows: tuple[CountedRow, ...]
    total: CountedRow
    failures: tuple[FailedCheck, ...]
    as_of: datetime
    data_version: int


@dataclass(frozen=True, kw_only=True)
class DrillDown:
    """Which dossiers are asked for: those of a number, or those behind the difference of a check."""

    row: str = ALL_ROWS
    column: int | None = None
    check: int | None = None


@dataclass(frozen=True, kw_only=True)
class DrillDownPage:
    """A page of the dossiers behind a number, the code to go on after, and how many there are in all."""

    rows: tuple[Mapping[str, Any], ...]
    next_after: str | None
    total: int


def as_of(period: Period) -> datetime:
    """The instant at which open dossiers are looked at: the end of the period, or now while it runs."""
    return min(clock().now(), period.instants()[1])

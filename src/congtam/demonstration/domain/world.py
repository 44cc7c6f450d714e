"""The province of the demonstration: offices, procedures, seasons, the year and the seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.demonstration.domain.offices import (
    DemoProcedure,
    Office,
    Pairs,
    Unit,
    office_pairs,
    offices,
    read_procedures,
)
from congtam.demonstration.domain.working_time import Days, WorkingTime
from congtam.kernel.work_calendar import WorkCalendar

YEARS: Final = 2
"""The year shown and the one before it, so that every month has the same month of the year before."""
LATE_RATE: Final = 0.0195
_SEASON: Final = (0.96, 0.86, 1.06, 1.0, 1.0, 1.05, 1.04, 1.08, 1.06, 1.0, 1.0, 1.14)
_GROWTH_IN_A_YEAR: Final = 0.16
_WEEKDAY: Final = (1.2, 1.05, 1.0, 0.97, 0.9, 0.0, 0.0)
_DAY_OFF: Final = 0.22
"""How much of a working day's online filing comes on a day off."""

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Everything the generator knows before it draws a dossier."""

    seed: int
    year: int
    as_of: date
    """What happened from this day on is not known yet: such dossiers are open."""
    calendar: WorkCalendar
    offices: tuple[Office, ...]
    procedures: tuple[DemoProcedure, ...]
    pairs: Pairs
    divisions: Mapping[str, str] = field(default_factory=dict)
    """Names of the divisions of the city by the field of work that they handle."""

    @property
    def first_day(self) -> date:
        """The first day on which a dossier is received."""
        return date(self.year - YEARS + 1, 1, 1)

    @cached_property
    def axis(self) -> WorkingTime:
        """Office hours since the day before the first."""
        return WorkingTime(self.calendar, self.first_day - timedelta(days=1))

    @property
    def months(self) -> list[date]:
        """The first days of all months; the last one may have begun only."""
        first = self.year - YEARS + 1
        months = [date(first + number // 12, number % 12 + 1, 1) for number in range(12 * YEARS)]
        return [month for month in months if month < self.as_of]

    def days(self, month: date) -> Days:
        """The days of a month that have passed."""
        days = month_days(month)
        passed: Days = days[days < np.datetime64(self.as_of, "D")]
        return passed

    def rng(self, *key: int) -> np.random.Generator:
        """Chance that depends on the seed and the key alone, so months can be drawn in any order."""
        return np.random.default_rng([self.seed, *key])

    @cached_property
    def late_base(self) -> float:
        """The rate of lateness of an ordinary office and procedure that gives the province its mean."""
        return float(
            LATE_RATE / (self.pairs.share * self.late_factor(self.pairs.office, self.pairs.procedure)).sum()
        )

    def late_factor(self, office: npt.NDArray[np.int64], procedure: npt.NDArray[np.int64]) -> Shares:
        """How much later than others pairs of office and procedure are."""
        by_office = np.array([each.late_factor for each in self.offices])
        by_procedure = np.array([each.late_factor for each in self.procedures])
        factors: Shares = by_office[office] * by_procedure[procedure]
        return factors

    def sizes(self, total: int) -> list[int]:
        """How many dossiers each month receives; together exactly the total."""
        weights = np.array([self._month_weight(month, index) for index, month in enumerate(self.months)])
        edges = np.rint(np.cumsum(weights) / weights.sum() * total).astype(int)
        return [int(size) for size in np.diff(edges, prepend=0)]

    def _month_weight(self, month: date, index: int) -> float:
        desk = self.desk_shares(self.days(month)).sum()
        return float(desk * _SEASON[month.month - 1] * (1 + _GROWTH_IN_A_YEAR * index / 12))

    def desk_shares(self, days: Days) -> Shares:
        """How busy the desk is on each day; closed on a day off."""
        weekdays = (days.astype(np.int64) + 3) % 7
        shares: Shares = np.where(
            self.axis.is_worked(days), np.maximum(np.take(_WEEKDAY, weekdays), 0.6), 0.0
        )
        return shares

    def online_shares(self, days: Days) -> Shares:
        """How much is filed online on each day, weekends too."""
        shares: Shares = np.maximum(self.desk_shares(days), _DAY_OFF)
        return shares


def month_days(month: date) -> Days:
    """All days of a month."""
    first = np.datetime64(month, "M")
    days: Days = np.arange(
        first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]"), dtype="datetime64[D]"
    )
    return days


def build_world(
    *,
    seed: int,
    year: int,
    calendar: WorkCalendar,
    units: Iterable[Unit],
    as_of: date | None = None,
    paid_online: Mapping[str, float] | None = None,
    divisions: Mapping[str, str] | None = None,
) -> World:
    """The province as it is drawn from a seed, up to a day or to the end of the year."""
    rng = np.random.default_rng([seed, 0])
    all_offices = offices(units, rng, paid_online=paid_online or {})
    procedures = read_procedures()
    return World(
        seed,
        year,
        as_of or date(year + 1, 1, 1),
        calendar,
        tuple(all_offices),
        tuple(procedures),
        office_pairs(all_offices, procedures),
        divisions or {},
    )

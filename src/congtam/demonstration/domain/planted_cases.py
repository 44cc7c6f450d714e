"""Manipulations planted on purpose, so that the program's red flags can be checked against the truth.

Every planted dossier is listed in the truth file by kind and unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from congtam.demonstration.domain.month import MonthColumns, add_pauses
from congtam.demonstration.domain.working_time import Numbers
from congtam.demonstration.domain.world import World, month_days

_DAY_LEAST: Final = 2
_BULK: Final = 40
_BULK_LEAST: Final = 10
_BULK_BACK: Final = 25
_BULK_NEAR: Final = 5
_QUARTER_ENDS: Final = (3, 6, 9, 12)


@dataclass(frozen=True)
class Plant:
    """A kind of manipulation, the offices in which it happens and how often."""

    kind: str
    rates: dict[str, float]


LAST_MINUTE: Final = "last_minute"
BULK_CLOSING: Final = "bulk_closing"
MULTIPLE_SUPPLEMENTS: Final = "multiple_supplements"
DUE_MOVED: Final = "due_date_moved"
NIGHT_CLOSING: Final = "night_closing"
RESUBMITTED: Final = "return_and_resubmit"
ENTERED_LATE: Final = "entered_after_the_fact"

PLANTS: Final = (
    Plant(LAST_MINUTE, {"024": 0.10, "030": 0.12, "H22.08": 0.15, "00913": 0.15, "01153": 0.12}),
    Plant(MULTIPLE_SUPPLEMENTS, {"024": 0.03, "034": 0.05, "H22.08": 0.06}),
    Plant(DUE_MOVED, {"024": 0.5, "034": 0.5, "00991": 0.6}),
    Plant(NIGHT_CLOSING, {"031": 0.06, "00769": 0.08, "00688": 0.05}),
    Plant(ENTERED_LATE, {"033": 0.05, "00874": 0.08}),
    Plant(RESUBMITTED, {"024": 0.6, "026": 0.8}),
    Plant(BULK_CLOSING, {"024": 1.0, "029": 1.0, "00688": 1.0, "01021": 1.0}),
)


def plant_all(world: World, columns: MonthColumns, month: date) -> MonthColumns:
    """Plant every kind into the dossiers of a month; a dossier carries at most one."""
    rng = world.rng(month.year, month.month, 1)
    numbers = {office.code: index for index, office in enumerate(world.offices)}
    for plant in PLANTS:
        for code, rate in plant.rates.items():
            if code in numbers:
                rows = np.flatnonzero((columns.office == numbers[code]) & _are_untouched(columns))
                columns = _BY_KIND[plant.kind](_Bed(world, month, rng, rate), columns, rows)
    return columns


@dataclass(frozen=True)
class _Bed:
    """Where something is planted."""

    world: World
    month: date
    rng: np.random.Generator
    rate: float

    def pick_rows(self, rows: Numbers) -> Numbers:
        """So many of the rows."""
        return rows[self.rng.random(len(rows)) < self.rate]


def _are_untouched(columns: MonthColumns) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    untouched: np.ndarray[tuple[int], np.dtype[np.bool_]] = (columns.planted == "") & (
        columns.ending == "finished"
    )
    return untouched


def _plant_last_minute(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    long = columns.due[rows] - columns.start[rows] >= _DAY_LEAST * bed.world.axis.day
    chosen = bed.pick_rows(rows[long & (columns.finish[rows] <= columns.due[rows])])
    before = bed.rng.integers(30, 900, len(chosen))
    columns.finish[chosen] = columns.due[chosen] - before
    due_at = bed.world.axis.instants(columns.due[chosen])
    columns.finished_at[chosen] = due_at - before.astype("timedelta64[s]")
    columns.planted[chosen] = LAST_MINUTE
    return columns


def _plant_supplements(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    fresh = columns.pause_start[rows, 0] < 0
    long = columns.due[rows] - columns.start[rows] >= _DAY_LEAST * bed.world.axis.day
    chosen = bed.pick_rows(rows[fresh & long])
    for times in (2, 3):
        some = chosen[chosen % 2 == times % 2]
        add_pauses(bed.world, columns, rows=some, times=times, rng=bed.rng)
    columns.planted[chosen] = MULTIPLE_SUPPLEMENTS
    return columns


def _plant_due_change(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    """Late dossiers get a new due date shortly after their finish."""
    over = columns.finish[rows] - columns.due[rows]
    chosen = bed.pick_rows(rows[(over > 0) & (over < 20 * bed.world.axis.day)])
    columns.first_due[chosen] = columns.due[chosen]
    columns.due[chosen] = columns.finish[chosen] + bed.rng.integers(1800, 4 * 3600, len(chosen))
    columns.planted[chosen] = DUE_MOVED
    return columns


def _plant_late_entry(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    """The work was done before; receipt and finish are typed in one after the other."""
    long = columns.due[rows] - columns.start[rows] >= _DAY_LEAST * bed.world.axis.day
    chosen = bed.pick_rows(rows[long & (columns.pause_start[rows, 0] < 0)])
    wait = bed.rng.integers(90, 540, len(chosen))
    columns.finish[chosen] = columns.start[chosen] + wait
    columns.finished_at[chosen] = columns.received[chosen] + wait.astype("timedelta64[s]")
    columns.planted[chosen] = ENTERED_LATE
    return columns


def _plant_night_closing(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    day = bed.world.axis.instants(columns.finish[rows]).astype("datetime64[D]")
    due_day = bed.world.axis.instants(columns.due[rows]).astype("datetime64[D]")
    indexes = np.flatnonzero((day < due_day) & (bed.rng.random(len(rows)) < bed.rate))
    second = bed.rng.integers(21 * 3600 + 1800, 24 * 3600 - 60, len(indexes)).astype("timedelta64[s]")
    columns.finished_at[rows[indexes]] = day[indexes].astype("datetime64[s]") + second
    columns.planted[rows[indexes]] = NIGHT_CLOSING
    return columns


def _plant_bulk_closing(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    """On the last working day of a quarter one officer closes a heap of dossiers within a minute."""
    if bed.month.month not in _QUARTER_ENDS:
        return columns
    days = month_days(bed.month)
    closing = int(bed.world.axis.end_of(days[-1:])[0]) - 20 * 60
    back = closing - _BULK_BACK * bed.world.axis.day
    open_then = (columns.start[rows] < closing - 7200) & (columns.start[rows] > back)
    paused = columns.pause_start[rows, 0] >= 0
    near = np.abs(columns.finish[rows] - closing) < _BULK_NEAR * bed.world.axis.day
    chosen = rows[open_then & ~paused & near][:_BULK]
    if len(chosen) >= _BULK_LEAST:
        columns.finish[chosen] = closing + bed.rng.integers(0, 55, len(chosen))
        columns.planted[chosen] = BULK_CLOSING
    return columns


def _plant_resubmission(bed: _Bed, columns: MonthColumns, rows: Numbers) -> MonthColumns:
    """Late dossiers are sent back just before they are late and come in again with a fresh clock."""
    axis = bed.world.axis
    over = columns.finish[rows] - columns.due[rows]
    again = axis.instants(columns.due[rows] + axis.day // 2)
    same_month = again.astype("datetime64[M]") == np.datetime64(bed.month, "M")
    same_month &= again < np.datetime64(bed.world.as_of, "s")
    plain = (columns.pause_start[rows, 0] < 0) & (over > axis.day) & (over < 20 * axis.day)
    chosen = bed.pick_rows(rows[plain & same_month])
    if not len(chosen):
        return columns
    copies = columns.select(chosen)
    limit = columns.due[chosen] - columns.start[chosen]
    copies.start = columns.due[chosen] + axis.day // 2
    copies.received = axis.instants(copies.start)
    copies.due = copies.start + limit
    copies.finish = copies.start + (bed.rng.uniform(0.3, 0.95, len(chosen)) * limit).astype(np.int64)
    copies.pair_of = chosen
    copies.planted[:] = RESUBMITTED
    columns.finish[chosen] = columns.due[chosen] - 1800
    columns.ending[chosen] = "stopped"
    columns.planted[chosen] = RESUBMITTED
    return columns.concatenate(copies)


_BY_KIND: Final[dict[str, Callable[[_Bed, MonthColumns, Numbers], MonthColumns]]] = {
    LAST_MINUTE: _plant_last_minute,
    MULTIPLE_SUPPLEMENTS: _plant_supplements,
    DUE_MOVED: _plant_due_change,
    NIGHT_CLOSING: _plant_night_closing,
    BULK_CLOSING: _plant_bulk_closing,
    RESUBMITTED: _plant_resubmission,
    ENTERED_LATE: _plant_late_entry,
}


def kinds() -> Sequence[str]:
    """All kinds that are planted."""
    return tuple(_BY_KIND)

"""Drawing the dossiers received in one month, all at once, as columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from congtam.demonstration.domain.working_time import Instants, Numbers
from congtam.demonstration.domain.world import World

Flags = npt.NDArray[np.bool_]
MOST_PAUSES: Final = 3
NEVER: Final = np.datetime64("NaT", "s")
_HOUR: Final = 3600
_LATEST_FOR_TODAY: Final = 15
_ONLINE_GROWTH: Final = 0.55


@dataclass
class MonthColumns:
    """The dossiers of a month, one position each; positions lie on the axis of working time."""

    office: Numbers
    procedure: Numbers
    channel: npt.NDArray[np.str_]
    received: Instants
    start: Numbers
    due: Numbers
    finish: Numbers
    finished_at: Instants
    """Where it is not NaT, the instant of the finish, which no office hours bind."""
    first_due: Numbers
    """The due date given at receipt, where it was moved later; else -1."""
    pause_start: Numbers
    pause_length: Numbers
    ending: npt.NDArray[np.str_]
    applicant: Numbers
    planted: npt.NDArray[np.str_]
    pair_of: Numbers
    """For a dossier handed in again, the place of the one it repeats; else -1."""

    def __len__(self) -> int:
        return len(self.office)

    def select(self, order: Numbers) -> MonthColumns:
        """The rows at these places."""
        return MonthColumns(**{each.name: getattr(self, each.name)[order] for each in fields(self)})

    def concatenate(self, other: MonthColumns) -> MonthColumns:
        """These rows and then the others."""
        parts: dict[str, Any] = {
            each.name: np.concatenate([getattr(self, each.name), getattr(other, each.name)])
            for each in fields(self)
        }
        return MonthColumns(**parts)


def draw_month(world: World, month: date, count: int) -> MonthColumns:
    """Dossiers as an honest province would have them (hồ sơ mẫu); see `plants` for the rest."""
    rng = world.rng(month.year, month.month)
    pair = rng.choice(len(world.pairs.share), size=count, p=world.pairs.share)
    office, procedure = world.pairs.office[pair], world.pairs.procedure[pair]
    channel = _draw_channels(world, month, office=office, procedure=procedure, rng=rng)
    received = _draw_received_at(world, month, online=channel == "online", rng=rng)
    start = world.axis.at(received)
    due = _due_positions(world, start, procedure=procedure)
    finish = _draw_finishes(world, start, due=due, lateness=world.late_factor(office, procedure), rng=rng)
    columns = MonthColumns(
        office=office,
        procedure=procedure,
        channel=channel,
        received=received,
        start=start,
        due=due,
        finish=finish,
        finished_at=np.full(count, NEVER),
        first_due=np.full(count, -1),
        pause_start=np.full((count, MOST_PAUSES), -1),
        pause_length=np.zeros((count, MOST_PAUSES), np.int64),
        ending=np.where(
            rng.random(count) < 0.985, "finished", rng.choice(["refused", "withdrawn", "stopped"], count)
        ),
        applicant=rng.integers(1 << 40, size=count),
        planted=np.full(count, "", "<U24"),
        pair_of=np.full(count, -1),
    )
    supplement_rows = np.flatnonzero((rng.random(count) < 0.055) & (due - start >= 2 * world.axis.day))
    add_pauses(world, columns, rows=supplement_rows, times=1, rng=rng)
    return columns


def add_pauses(
    world: World, columns: MonthColumns, *, rows: Numbers, times: int, rng: np.random.Generator
) -> None:
    """Ask the applicants of these rows for more papers; the clock stands still until they come."""
    earlier_pauses = (columns.pause_start[rows] >= 0).sum(axis=1)
    for number in range(times):
        slot = np.minimum(earlier_pauses + number, MOST_PAUSES - 1)
        spread = (number + rng.uniform(0.1, 0.6, len(rows))) / max(times, 1)
        at = columns.start[rows] + (spread * (columns.finish[rows] - columns.start[rows])).astype(np.int64)
        last = np.where(earlier_pauses + number > 0, _end_of_pauses(columns, rows), 0)
        at = np.maximum(at, last + _HOUR)
        length = (rng.gamma(1.6, 1.7, len(rows)) * world.axis.day).astype(np.int64) + 2 * _HOUR
        columns.pause_start[rows, slot] = at
        columns.pause_length[rows, slot] = length
        columns.due[rows] += length
        columns.finish[rows] = np.maximum(columns.finish[rows], at + _HOUR) + length


def _end_of_pauses(columns: MonthColumns, rows: Numbers) -> Numbers:
    ends: Numbers = (columns.pause_start[rows] + columns.pause_length[rows]).max(axis=1)
    return ends


def _draw_channels(
    world: World, month: date, *, office: Numbers, procedure: Numbers, rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    rates = np.array([each.online_rate for each in world.procedures])[procedure]
    habits = np.array([each.online_factor for each in world.offices])[office]
    progress = world.months.index(month) / len(world.months) - 0.5
    online = rng.random(len(office)) < np.clip(rates * habits * (1 + _ONLINE_GROWTH * progress), 0, 0.97)
    return np.where(online, "online", np.where(rng.random(len(office)) < 0.03, "post", "desk"))


def _draw_received_at(world: World, month: date, *, online: Flags, rng: np.random.Generator) -> Instants:
    days, count = world.days(month), len(online)
    at_desk = rng.choice(days, size=count, p=_normalize_shares(world.desk_shares(days)))
    elapsed = np.where(rng.random(count) < 0.6, rng.beta(2.2, 4.5, count), rng.beta(5, 2.5, count))
    position = (
        world.axis.end_of(at_desk)
        - world.axis.day
        + 300
        + (elapsed * (world.axis.day - 900)).astype(np.int64)
    )
    at_home = rng.choice(days, size=count, p=_normalize_shares(world.online_shares(days)))
    second = rng.triangular(6 * _HOUR, 9.5 * _HOUR, 23 * _HOUR, count).astype("timedelta64[s]")
    return np.where(online, at_home.astype("datetime64[s]") + second, world.axis.instants(position))


def _normalize_shares(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    normal: npt.NDArray[np.float64] = shares / shares.sum()
    return normal


def _due_positions(world: World, start: Numbers, *, procedure: Numbers) -> Numbers:
    """The due position by the rule of the limit: within the day, so many working days, so many days."""
    axis = world.axis
    limits = np.array([each.limit for each in world.procedures])[procedure]
    by_calendar = np.array([each.unit == "calendar_days" for each in world.procedures])[procedure]
    rank, passed = np.divmod(start, axis.day)
    late_in_the_day = passed > (_LATEST_FOR_TODAY - 9) * _HOUR
    today = (rank + 1 + late_in_the_day) * axis.day
    day = axis.working_days_on_or_after(
        axis.instants(start + 1).astype("datetime64[D]") + limits.astype("timedelta64[D]")
    )
    in_days = axis.end_of(day) - axis.day + passed
    due: Numbers = np.where(limits == 0, today, np.where(by_calendar, in_days, start + limits * axis.day))
    return np.maximum(due, start + _HOUR)


def _draw_finishes(
    world: World,
    start: Numbers,
    *,
    due: Numbers,
    lateness: npt.NDArray[np.float64],
    rng: np.random.Generator,
) -> Numbers:
    count = len(start)
    on_time = start + np.maximum(rng.beta(2.0, 1.6, count) * (due - start), 900).astype(np.int64)
    over = (rng.exponential(2.4, count) * world.axis.day).astype(np.int64) + 600
    late = rng.random(count) < np.clip(world.late_base * lateness, 0, 0.6)
    stuck = rng.random(count) < 0.004
    finish: Numbers = np.where(late, due + over, on_time)
    return np.where(stuck, due + rng.integers(30, 250, count) * world.axis.day, finish)

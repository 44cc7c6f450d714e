"""The rule for a million dossiers at once (tính hạn hàng loạt): what ``compute_due_dates`` says, in arrays.

Instants are ``datetime64[s]`` by the calendar's own clock, a limit is a number and the place of its unit in ``UNITS``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.dossiers.deadlines.domain.ledger import (
    CALENDAR_DAYS,
    HOURS,
    HOURS_A_DAY,
    MONTHS,
    UNITS,
    WORKING_DAYS,
)
from congtam.kernel.work_calendar import WorkCalendar

Moments = npt.NDArray[np.datetime64]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
_UNIT: Final = {unit: place for place, unit in enumerate(UNITS)}
_DAY: Final = "datetime64[D]"


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """Receipts with their limits, one a place; ``latest`` in seconds since midnight, negative for none."""

    received_at: Moments
    values: Numbers
    units: Integers
    latest: Integers

    def at(self, indexes: Integers) -> Receipts:
        """Those at some places."""
        return Receipts(
            received_at=self.received_at[indexes],
            values=self.values[indexes],
            units=self.units[indexes],
            latest=self.latest[indexes],
        )


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """All pauses that have ended, in whatever order; ``receipt_indexes`` names the receipt of each."""

    receipt_indexes: Integers
    started_at: Moments
    ended_at: Moments


@dataclass(frozen=True)
class _Terms:
    """Terms of one kind: ``ends`` in office seconds or days, ``due_at`` the instant that follows."""

    ends: Integers | Moments
    due_at: Moments


def compute_many_due_dates(
    receipts: Receipts, pauses: Pauses | None = None, *, calendar: WorkCalendar
) -> Moments:
    """The due instants (hạn trả) of many receipts; equal to ``compute_due_dates`` one by one."""
    due_at = np.empty(len(receipts.received_at), dtype="datetime64[s]")
    by_hours = (receipts.units == _UNIT[HOURS]) | (
        (receipts.units == _UNIT[WORKING_DAYS]) & (receipts.values % 1 != 0)
    )
    rounds = _pause_rounds(pauses, len(due_at)) if pauses is not None else []
    index_in_part = np.empty(len(due_at), dtype=np.int64)
    for kind, chosen in _masks_by_unit(receipts, by_hours):
        indexes = np.flatnonzero(chosen)
        if not len(indexes):
            continue
        part = receipts.at(indexes)
        index_in_part[indexes] = np.arange(len(indexes))
        terms = _first_terms(kind, part, calendar)
        for receipt_indexes, started, ended in rounds:
            mine = chosen[receipt_indexes]
            if mine.any():
                terms = _apply_pauses(
                    kind,
                    terms,
                    (index_in_part[receipt_indexes[mine]], started[mine], ended[mine]),
                    calendar=calendar,
                )
        due_at[indexes] = terms.due_at
    return due_at


def _masks_by_unit(
    receipts: Receipts, by_hours: npt.NDArray[np.bool_]
) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    days = (WORKING_DAYS, CALENDAR_DAYS, MONTHS)
    return [(HOURS, by_hours), *((unit, (receipts.units == _UNIT[unit]) & ~by_hours) for unit in days)]


def _first_terms(kind: str, receipts: Receipts, calendar: WorkCalendar) -> _Terms:
    counts_from = calendar.counts_from_many(receipts.received_at, receipts.latest)
    if kind == HOURS:
        return _terms_in_hours(receipts, counts_from, calendar)
    if kind == WORKING_DAYS:
        last_on = calendar.add_working_days_many(counts_from, receipts.values.astype(np.int64))
    else:
        count = np.ceil(receipts.values).astype(np.int64)
        last_on = (
            shift_months_many(counts_from, count)
            if kind == MONTHS
            else counts_from + count.astype("timedelta64[D]")
        )
    return _ending_on(last_on, calendar)


def _terms_in_hours(receipts: Receipts, counts_from: Moments, calendar: WorkCalendar) -> _Terms:
    factor = np.where(receipts.units == _UNIT[WORKING_DAYS], HOURS_A_DAY * 3600.0, 3600.0)
    seconds = np.rint(receipts.values * factor).astype(np.int64)
    received_at = receipts.received_at.astype("datetime64[s]")
    begins = np.where(
        counts_from > received_at.astype(_DAY), counts_from.astype("datetime64[s]"), received_at
    )
    ends = calendar.positions_of(begins) + seconds
    due_at = calendar.moments_at(ends)
    at_once = seconds == 0
    if at_once.any():
        due_at[at_once] = calendar.openings_of(ends[at_once])
    return _Terms(ends, due_at)


def _ending_on(last_on: Moments, calendar: WorkCalendar) -> _Terms:
    return _Terms(last_on, calendar.closing_many(calendar.working_days_on_or_after(last_on)))


def _apply_pauses(
    kind: str, terms: _Terms, pauses: tuple[Integers, Moments, Moments], *, calendar: WorkCalendar
) -> _Terms:
    """The terms after one pause of some of them."""
    indexes, started, ended = pauses
    passed = calendar.working_seconds_between_many(started, ended)
    moved = (started < terms.due_at[indexes]) & (passed > 0)
    if not moved.any():
        return terms
    indexes, started, ended = indexes[moved], started[moved], ended[moved]
    after = _resume_terms(
        kind, _Terms(terms.ends[indexes], terms.due_at[indexes]), (started, ended), calendar=calendar
    )
    terms.ends[indexes], terms.due_at[indexes] = after.ends, after.due_at
    return terms


def _resume_terms(
    kind: str, terms: _Terms, pauses: tuple[Moments, Moments], *, calendar: WorkCalendar
) -> _Terms:
    started, ended = pauses
    if kind == HOURS:
        left = calendar.working_seconds_between_many(started, terms.due_at)
        ends = calendar.positions_of(ended) + left
        due_at = calendar.moments_at(ends)
        none = left == 0
        due_at[none] = calendar.openings_of(ends[none])
        return _Terms(ends, due_at)
    stopped_on, resumed_on = calendar.counts_from_many(started), calendar.counts_from_many(ended)
    if kind == WORKING_DAYS:
        left = np.maximum(calendar.working_days_between_many(stopped_on, terms.due_at.astype(_DAY)), 0)
        return _ending_on(calendar.add_working_days_many(resumed_on, left), calendar)
    return _ending_on(np.maximum(terms.ends + (resumed_on - stopped_on), resumed_on), calendar)


def _pause_rounds(pauses: Pauses, count: int) -> list[tuple[Integers, Moments, Moments]]:
    """The first pause of every receipt, then every second one …, with overlaps cut off."""
    order = np.lexsort((pauses.started_at, pauses.receipt_indexes))
    receipt_indexes, started, ended = (
        pauses.receipt_indexes[order],
        pauses.started_at[order],
        pauses.ended_at[order],
    )
    begins = np.searchsorted(receipt_indexes, receipt_indexes, side="left")
    number = np.arange(len(receipt_indexes)) - begins
    settled = np.full(count, np.datetime64(-(2**62), "s"))
    rounds = []
    for which in range(int(number.max(initial=-1)) + 1):
        chosen = number == which
        mine = receipt_indexes[chosen]
        start = np.maximum(started[chosen].astype("datetime64[s]"), settled[mine])
        end = np.maximum(ended[chosen].astype("datetime64[s]"), start)
        settled[mine] = end
        rounds.append((mine, start, end))
    return rounds


def shift_months_many(days: Moments, counts: Integers) -> Moments:
    """The same day of the month so many months later, or that month's last."""
    months = days.astype("datetime64[M]")
    later = months + counts.astype("timedelta64[M]")
    last = (later + np.timedelta64(1, "M")).astype(_DAY) - np.timedelta64(1, "D")
    same: Moments = later.astype(_DAY) + (days.astype(_DAY) - months.astype(_DAY))
    shifted: Moments = np.minimum(same, last)
    return shifted

"""What a work calendar answers for a million days or instants at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.kernel.periods import Period
from congtam.kernel.work_calendar.days import DayNote, OutsideCalendar
from congtam.kernel.work_calendar.hours import Integers, OfficeHours
from congtam.kernel.work_calendar.tables import DayTable

Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
WEEKEND: Final = frozenset({5, 6})


class Arrays:
    """The vectorised half of ``WorkCalendar``; instants are ``datetime64[s]`` by the calendar's own clock."""

    covers: Period
    days_off: Mapping[date, DayNote]
    make_up_days: Mapping[date, DayNote]
    half_days: Mapping[date, DayNote]
    hours: OfficeHours
    later_hours: tuple[tuple[date, OfficeHours], ...]
    _outside_error: Callable[[date], OutsideCalendar]

    def is_working_day_many(self, days: Days) -> npt.NDArray[np.bool_]:
        """As ``is_working_day`` for an array of days."""
        worked: npt.NDArray[np.bool_] = self._table.open_seconds[self._day_indexes(days)] > 0
        return worked

    def add_working_days_many(self, days: Days, counts: npt.ArrayLike) -> Days:
        """As ``add_working_days`` for arrays of days and counts; missing days (NaT) are refused."""
        indexes, numbers = np.broadcast_arrays(self._day_indexes(days), np.asarray(counts, dtype=np.int64))
        working = self._table.working_indexes
        ranks = self._table.ranks_after(indexes, numbers)
        unknown = ((ranks < 0) | (ranks >= len(working))) & (numbers != 0)
        if unknown.any():
            raise self._outside_error(self.covers.start + timedelta(days=int(indexes[unknown][0])))
        moved = np.where(numbers == 0, indexes, working[np.clip(ranks, 0, len(working) - 1)])
        return self._epoch + moved.astype("timedelta64[D]")

    def working_days_between_many(self, starts: Days, ends: Days) -> Integers:
        """As ``working_days_between`` for two arrays of days."""
        return self._table.working_between_many(self._day_indexes(starts), self._day_indexes(ends))

    def working_seconds_between_many(self, starts: Days, ends: Days) -> Integers:
        """As ``working_seconds_between`` for arrays of ``datetime64[s]`` by the calendar's own clock."""
        return self._open_seconds_before_many(ends) - self._open_seconds_before_many(starts)

    def working_days_on_or_after(self, days: Days) -> Days:
        """As ``working_day_on_or_after`` for an array of days."""
        return self._days_of_ranks(self._table.ranks[self._day_indexes(days)])

    def counts_from_many(self, moments: Days, latest: Integers | None = None) -> Days:
        """As ``counts_from``; ``latest`` in seconds since midnight, negative where there is no such hour."""
        _days, indexes, seconds = self._split_instants(moments)
        is_open = (self._table.open_seconds[indexes] > 0) & (seconds < self._closings[indexes])
        if latest is not None:
            is_open &= (latest < 0) | (seconds <= latest)
        return self._days_of_ranks(self._table.ranks[indexes + ~is_open])

    def closing_many(self, days: Days) -> Days:
        """As ``closing`` for an array of days."""
        moments: Days = days.astype("datetime64[s]") + self._closings[self._day_indexes(days)].astype(
            "timedelta64[s]"
        )
        return moments

    def moments_at(self, positions: Integers) -> Days:
        """The earliest instants before which so many office seconds of the covered days lie."""
        table = self._table
        indexes = np.searchsorted(table.seconds, positions, side="left") - 1
        outside = (indexes < 0) | (indexes >= len(table.open_seconds))
        if outside.any():
            raise self._outside_error(self.covers.last_day)
        elapsed = positions - table.seconds[indexes]
        seconds = self._apply_by_regime(
            indexes, lambda hours, rows, half: hours.second_when_many(elapsed[rows], half)
        )
        moments: Days = (self._epoch + indexes.astype("timedelta64[D]")).astype("datetime64[s]")
        moments += seconds.astype("timedelta64[s]")
        return moments

    def openings_of(self, positions: Integers) -> Days:
        """The latest such instants: where ``moments_at`` says closing, the next opening."""
        moments: Days = self.moments_at(positions + 1) - np.timedelta64(1, "s")
        return moments

    def positions_of(self, moments: Days) -> Integers:
        """How many office seconds of the covered days lie before each instant."""
        return self._open_seconds_before_many(moments)

    def differs_from(self, other: Arrays) -> Period | None:
        """The days from the first to the last on which another calendar of the same years is open differently."""
        differ = (self._table.open_seconds != other._table.open_seconds) | (self._closings != other._closings)
        indexes = np.flatnonzero(differ)
        if not len(indexes):
            return None
        first, last = (self.covers.start + timedelta(days=int(index)) for index in (indexes[0], indexes[-1]))
        return Period(first, last + timedelta(days=1))

    # -- inside -------------------------------------------------------------------------------------------

    @cached_property
    def _table(self) -> DayTable:
        count = self.covers.day_count
        weekdays = (np.arange(count) + self.covers.start.weekday()) % 7
        full, half = self._day_lengths(half=False), self._day_lengths(half=True)
        seconds = np.where(np.isin(weekdays, list(WEEKEND)), 0, full).astype(np.int64)
        for listed, lengths in (
            (self.days_off, np.zeros_like(full)),
            (self.make_up_days, full),
            (self.half_days, half),
        ):
            inside = [(day - self.covers.start).days for day in listed if self.covers.contains(day)]
            seconds[inside] = lengths[inside]
        return DayTable(seconds)

    def _day_lengths(self, *, half: bool) -> Integers:
        """How long each covered day would be open, were it worked."""
        lengths = np.array(
            [hours.length(half=half) for hours in (self.hours, *(later for _, later in self.later_hours))],
            dtype=np.int64,
        )
        return lengths[self._regimes]

    @cached_property
    def _epoch(self) -> np.datetime64:
        return np.datetime64(self.covers.start, "D")

    @cached_property
    def _halves(self) -> Flags:
        halves = np.zeros(self.covers.day_count, dtype=np.bool_)
        halves[[(day - self.covers.start).days for day in self.half_days if self.covers.contains(day)]] = True
        return halves

    @cached_property
    def _regimes(self) -> Integers:
        """Which office hours apply on each covered day: 0 the regular ones, n the n-th later ones."""
        since = [np.datetime64(day, "D") for day, _hours in self.later_hours]
        days = self._epoch + np.arange(self.covers.day_count).astype("timedelta64[D]")
        regimes: Integers = np.searchsorted(np.array(since, dtype="datetime64[D]"), days, side="right")
        return regimes

    @cached_property
    def _closings(self) -> Integers:
        """The second of the day at which each covered day closes."""
        every = np.arange(self.covers.day_count)
        return self._apply_by_regime(
            every,
            lambda hours, _rows, half: np.where(
                half, hours.on(half=True)[-1][1], hours.on(half=False)[-1][1]
            ),
        )

    def _apply_by_regime(
        self, indexes: Integers, work: Callable[[OfficeHours, Flags | slice, Flags], Integers]
    ) -> Integers:
        """Let each of the office hours work on the places at which they apply."""
        halves = self._halves[indexes]
        if not self.later_hours:
            return work(self.hours, slice(None), halves)
        result = np.zeros(len(indexes), dtype=np.int64)
        regimes = self._regimes[indexes]
        for number, hours in enumerate((self.hours, *(later for _, later in self.later_hours))):
            in_regime = regimes == number
            result[in_regime] = work(hours, in_regime, halves[in_regime])
        return result

    def _day_indexes(self, days: Days) -> Integers:
        array = np.asarray(days, dtype="datetime64[D]")
        indexes = (array - self._epoch).astype(np.int64)
        outside = (indexes < 0) | (indexes >= self.covers.day_count)
        if outside.any():
            raise self._outside_error(array[outside].flat[0].item())
        return indexes

    def _days_of_ranks(self, ranks: Integers) -> Days:
        working = self._table.working_indexes
        if (ranks >= len(working)).any():
            raise self._outside_error(self.covers.last_day + timedelta(days=1))
        days: Days = self._epoch + working[ranks].astype("timedelta64[D]")
        return days

    def _split_instants(self, moments: Days) -> tuple[Days, Integers, Integers]:
        """Day, place and second of the day of each instant."""
        array = np.asarray(moments, dtype="datetime64[s]")
        days = array.astype("datetime64[D]")
        return days, self._day_indexes(days), (array - days).astype(np.int64)

    def _open_seconds_before_many(self, moments: Days) -> Integers:
        _days, indexes, seconds = self._split_instants(moments)
        passed = self._apply_by_regime(
            indexes, lambda hours, rows, half: hours.open_seconds_to_many(seconds[rows], half)
        )
        return self._table.seconds[indexes] + np.where(self._table.open_seconds[indexes] > 0, passed, 0)

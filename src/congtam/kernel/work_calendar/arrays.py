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
    _outside: Callable[[date], OutsideCalendar]

    def is_working_day_many(self, days: Days) -> npt.NDArray[np.bool_]:
        """As ``is_working_day`` for an array of days."""
        worked: npt.NDArray[np.bool_] = self._table.open_seconds[self._places(days)] > 0
        return worked

    def add_working_days_many(self, days: Days, counts: npt.ArrayLike) -> Days:
        """As ``add_working_days`` for arrays of days and counts; missing days (NaT) are refused."""
        places, numbers = np.broadcast_arrays(self._places(days), np.asarray(counts, dtype=np.int64))
        working = self._table.places
        ranks = self._table.ranks_after(places, numbers)
        unknown = ((ranks < 0) | (ranks >= len(working))) & (numbers != 0)
        if unknown.any():
            raise self._outside(self.covers.start + timedelta(days=int(places[unknown][0])))
        moved = np.where(numbers == 0, places, working[np.clip(ranks, 0, len(working) - 1)])
        return self._epoch + moved.astype("timedelta64[D]")

    def working_days_between_many(self, starts: Days, ends: Days) -> Integers:
        """As ``working_days_between`` for two arrays of days."""
        return self._table.working_between_many(self._places(starts), self._places(ends))

    def working_seconds_between_many(self, starts: Days, ends: Days) -> Integers:
        """As ``working_seconds_between`` for arrays of ``datetime64[s]`` by the calendar's own clock."""
        return self._open_seconds_before_many(ends) - self._open_seconds_before_many(starts)

    def next_working_day_many(self, days: Days) -> Days:
        """As ``next_working_day`` for an array of days."""
        return self._days_of_ranks(self._table.ranks[self._places(days)])

    def counts_from_many(self, moments: Days, latest: Integers | None = None) -> Days:
        """As ``counts_from``; ``latest`` in seconds since midnight, negative where there is no such hour."""
        _days, places, seconds = self._wall_many(moments)
        is_open = (self._table.open_seconds[places] > 0) & (seconds < self._closings[places])
        if latest is not None:
            is_open &= (latest < 0) | (seconds <= latest)
        return self._days_of_ranks(self._table.ranks[places + ~is_open])

    def closing_many(self, days: Days) -> Days:
        """As ``closing`` for an array of days."""
        moments: Days = days.astype("datetime64[s]") + self._closings[self._places(days)].astype(
            "timedelta64[s]"
        )
        return moments

    def moments_at(self, positions: Integers) -> Days:
        """The earliest instants before which so many office seconds of the covered days lie."""
        table = self._table
        places = np.searchsorted(table.seconds, positions, side="left") - 1
        outside = (places < 0) | (places >= len(table.open_seconds))
        if outside.any():
            raise self._outside(self.covers.last_day)
        elapsed = positions - table.seconds[places]
        seconds = self._by_regime(
            places, lambda hours, kept, half: hours.second_when_many(elapsed[kept], half)
        )
        moments: Days = (self._epoch + places.astype("timedelta64[D]")).astype("datetime64[s]")
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
        places = np.flatnonzero(differ)
        if not len(places):
            return None
        first, last = (self.covers.start + timedelta(days=int(place)) for place in (places[0], places[-1]))
        return Period(first, last + timedelta(days=1))

    # -- inside -------------------------------------------------------------------------------------------

    @cached_property
    def _table(self) -> DayTable:
        count = self.covers.day_count
        weekdays = (np.arange(count) + self.covers.start.weekday()) % 7
        full, half = self._lengths(half=False), self._lengths(half=True)
        seconds = np.where(np.isin(weekdays, list(WEEKEND)), 0, full).astype(np.int64)
        for listed, lengths in (
            (self.days_off, np.zeros_like(full)),
            (self.make_up_days, full),
            (self.half_days, half),
        ):
            inside = [(day - self.covers.start).days for day in listed if self.covers.contains(day)]
            seconds[inside] = lengths[inside]
        return DayTable(seconds)

    def _lengths(self, *, half: bool) -> Integers:
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
        found: Integers = np.searchsorted(np.array(since, dtype="datetime64[D]"), days, side="right")
        return found

    @cached_property
    def _closings(self) -> Integers:
        """The second of the day at which each covered day closes."""
        every = np.arange(self.covers.day_count)
        return self._by_regime(
            every,
            lambda hours, _kept, half: np.where(
                half, hours.on(half=True)[-1][1], hours.on(half=False)[-1][1]
            ),
        )

    def _by_regime(
        self, places: Integers, work: Callable[[OfficeHours, Flags | slice, Flags], Integers]
    ) -> Integers:
        """Let each of the office hours work on the places at which they apply."""
        halves = self._halves[places]
        if not self.later_hours:
            return work(self.hours, slice(None), halves)
        result = np.zeros(len(places), dtype=np.int64)
        regimes = self._regimes[places]
        for number, hours in enumerate((self.hours, *(later for _, later in self.later_hours))):
            kept = regimes == number
            result[kept] = work(hours, kept, halves[kept])
        return result

    def _places(self, days: Days) -> Integers:
        array = np.asarray(days, dtype="datetime64[D]")
        places = (array - self._epoch).astype(np.int64)
        outside = (places < 0) | (places >= self.covers.day_count)
        if outside.any():
            raise self._outside(array[outside].flat[0].item())
        return places

    def _days_of_ranks(self, ranks: Integers) -> Days:
        working = self._table.places
        if (ranks >= len(working)).any():
            raise self._outside(self.covers.last_day + timedelta(days=1))
        days: Days = self._epoch + working[ranks].astype("timedelta64[D]")
        return days

    def _wall_many(self, moments: Days) -> tuple[Days, Integers, Integers]:
        """Day, place and second of the day of each instant."""
        array = np.asarray(moments, dtype="datetime64[s]")
        days = array.astype("datetime64[D]")
        return days, self._places(days), (array - days).astype(np.int64)

    def _open_seconds_before_many(self, moments: Days) -> Integers:
        _days, places, seconds = self._wall_many(moments)
        passed = self._by_regime(places, lambda hours, kept, half: hours.elapsed_many(seconds[kept], half))
        return self._table.seconds[places] + np.where(self._table.open_seconds[places] > 0, passed, 0)

"""The work calendar: a value that answers every question about working days and hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period, shift_months
from congtam.kernel.work_calendar.days import (
    ALWAYS,
    CalendarRow,
    DayNote,
    ListedDays,
    OutsideCalendar,
    known_years,
    notes,
)
from congtam.kernel.work_calendar.hours import DEFAULT_HOURS, Integers, OfficeHours, seconds_of
from congtam.kernel.work_calendar.tables import DayTable

Days = npt.NDArray[np.datetime64]
DAY: Final = timedelta(days=1)
WEEKEND: Final = frozenset({5, 6})


@dataclass(frozen=True, init=False)
class WorkCalendar:
    """Days off, make-up days, half days and office hours over a covered run of days (lịch làm việc).

    A day is worked when it is a make-up day or a half day, or is neither in the weekend nor off. A half day
    counts as one working day with the morning's hours. Asking about a day that is not covered raises
    OutsideCalendar. The algorithm is explained in ``docs/algorithms/work-calendar.md``.

    >>> calendar = WorkCalendar({date(2026, 2, 16)})
    >>> calendar.add_working_days(date(2026, 2, 13), 2)
    datetime.date(2026, 2, 18)
    """

    days_off: Mapping[date, DayNote] = field(hash=False)
    make_up_days: Mapping[date, DayNote] = field(hash=False)
    half_days: Mapping[date, DayNote] = field(hash=False)
    hours: OfficeHours
    covers: Period
    zone: tzinfo

    def __init__(
        self,
        days_off: ListedDays = (),
        make_up_days: ListedDays = (),
        half_days: ListedDays = (),
        *,
        hours: OfficeHours = DEFAULT_HOURS,
        covers: Period = ALWAYS,
        zone: tzinfo = LOCAL,
    ) -> None:
        values = {
            "days_off": notes(days_off),
            "make_up_days": notes(make_up_days),
            "half_days": notes(half_days),
            "hours": hours,
            "covers": covers,
            "zone": zone,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        torn = self.days_off.keys() & (self.make_up_days.keys() | self.half_days.keys())
        if torn:
            raise ValueError(f"{min(torn)} is listed both as off and as worked")

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[CalendarRow],
        *,
        hours: OfficeHours = DEFAULT_HOURS,
        covers: Period | None = None,
        zone: tzinfo = LOCAL,
    ) -> WorkCalendar:
        """Build from stored rows; unless told otherwise, covers the unbroken run of years with a day off."""
        listed: dict[str, dict[date, DayNote]] = {"day_off": {}, "make_up": {}, "half_day": {}}
        for row in rows:
            listed[row.kind][row.day] = DayNote(row.reason, row.source)
        return cls(
            listed["day_off"],
            listed["make_up"],
            listed["half_day"],
            hours=hours,
            covers=covers or known_years(listed["day_off"]),
            zone=zone,
        )

    # -- days ---------------------------------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day, be it for the morning only (ngày làm việc)."""
        return bool(self._table.open_seconds[self._place(day)])

    def note(self, day: date) -> DayNote | None:
        """Why the day is off, made up or halved; None for an ordinary day or an ordinary weekend."""
        for listed in (self.days_off, self.make_up_days, self.half_days):
            if day in listed:
                return listed[day]
        return None

    def next_working_day(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        place = self._place(day)
        return self._working_day(int(self._table.ranks[place]), day)

    def add_working_days(self, day: date, count: int) -> date:
        """The last of ``count`` working days after the day, not counting it; before it, when negative.

        With 0 it is the day itself, worked or not.
        """
        place = self._place(day)
        return self._working_day(self._table.rank_after(place, count), day) if count else day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; the reverse of ``add_working_days``."""
        return self._table.working_between(self._place(start), self._place(end))

    def days_off_between(self, start: date, end: date) -> list[date]:
        """The days not worked after ``start`` up to and with ``end``: what a due date stepped over."""
        first = self._place(start) + 1
        off = np.flatnonzero(self._table.open_seconds[first : self._place(end) + 1] == 0)
        return [self.covers.start + timedelta(days=first + int(place)) for place in off]

    def add_calendar_days(self, day: date, count: int) -> date:
        """``count`` days later, or the next working day where that is a day off.

        Source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
        """
        return self.next_working_day(day + timedelta(days=count))

    def add_months(self, day: date, count: int) -> date:
        """The same day ``count`` months later or that month's last, moved on where it is a day off."""
        return self.next_working_day(shift_months(day, count))

    # -- hours --------------------------------------------------------------------------------------------

    def opening_from(self, instant: datetime) -> datetime:
        """The instant itself during office hours, else when the office next opens.

        Handed in at lunch counts from the afternoon, after closing from the next working morning.
        """
        day, second = self._wall(instant)
        if self.is_working_day(day):
            opening = self.hours.opening_from(second, half=day in self.half_days)
            if opening is not None:
                return self._instant(day, opening)
        following = self.next_working_day(day + DAY)
        return self._instant(following, self.hours.on(half=following in self.half_days)[0][0])

    def counts_from(self, instant: datetime, *, latest: time | None = None) -> date:
        """The day a receipt counts from (ngày tiếp nhận tính thời hạn).

        After closing, on a day off, or after the ``latest`` hour a procedure sets: the next working day.
        """
        day, second = self._wall(instant)
        if latest is not None and second > seconds_of(latest):
            return self.next_working_day(day + DAY)
        return self.opening_from(instant).astimezone(self.zone).date()

    def add_working_hours(self, instant: datetime, hours: float) -> datetime:
        """The instant at which so many office hours have passed; with 0, the next opening.

        Ends with the span it uses up: eight hours from the morning's opening end at closing time.
        """
        if hours < 0:
            raise ValueError("working hours are added, not taken away")
        if not hours:
            return self.opening_from(instant)
        second = self._open_seconds_before(instant) + round(hours * 3600)
        table = self._table
        place = table.place_of_second(second)
        if place >= len(table.open_seconds):
            raise self._outside(instant.date())
        day = self.covers.start + timedelta(days=place)
        elapsed = second - int(table.seconds[place])
        return self._instant(day, self.hours.second_when(elapsed, half=day in self.half_days))

    def working_seconds_between(self, start: datetime, end: datetime) -> int:
        """Office seconds from one instant to another; negative when the end comes first."""
        return self._open_seconds_before(end) - self._open_seconds_before(start)

    def working_hours_between(self, start: datetime, end: datetime) -> float:
        """Office hours from one instant to another (giờ làm việc); 8 make one day."""
        return self.working_seconds_between(start, end) / 3600

    # -- many at once -------------------------------------------------------------------------------------

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

    # -- inside -------------------------------------------------------------------------------------------

    @cached_property
    def _epoch(self) -> np.datetime64:
        return np.datetime64(self.covers.start, "D")

    @cached_property
    def _table(self) -> DayTable:
        count = self.covers.day_count
        weekdays = (np.arange(count) + self.covers.start.weekday()) % 7
        full, half = self.hours.length(half=False), self.hours.length(half=True)
        seconds = np.where(np.isin(weekdays, list(WEEKEND)), 0, full).astype(np.int64)
        for listed, length in ((self.days_off, 0), (self.make_up_days, full), (self.half_days, half)):
            inside = [(day - self.covers.start).days for day in listed if self.covers.contains(day)]
            seconds[inside] = length
        return DayTable(seconds)

    @cached_property
    def _halves(self) -> npt.NDArray[np.bool_]:
        halves = np.zeros(self.covers.day_count, dtype=np.bool_)
        halves[[(day - self.covers.start).days for day in self.half_days if self.covers.contains(day)]] = True
        return halves

    def _outside(self, day: date) -> OutsideCalendar:
        return OutsideCalendar(first=self.covers.start, last=self.covers.last_day, day=day)

    def _place(self, day: date) -> int:
        if not self.covers.contains(day):
            raise self._outside(day)
        return (day - self.covers.start).days

    def _places(self, days: Days) -> Integers:
        array = np.asarray(days, dtype="datetime64[D]")
        places = (array - self._epoch).astype(np.int64)
        outside = (places < 0) | (places >= self.covers.day_count)
        if outside.any():
            raise self._outside(array[outside].flat[0].item())
        return places

    def _working_day(self, rank: int, asked: date) -> date:
        working = self._table.places
        if not 0 <= rank < len(working):
            raise self._outside(asked)
        return self.covers.start + timedelta(days=int(working[rank]))

    def _wall(self, instant: datetime) -> tuple[date, int]:
        """Day and second of the day by the calendar's clock."""
        if instant.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be placed in a calendar")
        local = instant.astimezone(self.zone)
        return local.date(), seconds_of(local.time())

    def _instant(self, day: date, second: int) -> datetime:
        return datetime.combine(day, time(second // 3600, second // 60 % 60, second % 60), self.zone)

    def _open_seconds_before(self, instant: datetime) -> int:
        day, second = self._wall(instant)
        place = self._place(day)
        passed = (
            self.hours.elapsed(second, half=day in self.half_days) if self._table.open_seconds[place] else 0
        )
        return int(self._table.seconds[place]) + passed

    def _open_seconds_before_many(self, moments: Days) -> Integers:
        array = np.asarray(moments, dtype="datetime64[s]")
        places = self._places(array.astype("datetime64[D]"))
        seconds = (array - array.astype("datetime64[D]")).astype(np.int64)
        passed = self.hours.elapsed_many(seconds, self._halves[places])
        return self._table.seconds[places] + np.where(self._table.open_seconds[places] > 0, passed, 0)

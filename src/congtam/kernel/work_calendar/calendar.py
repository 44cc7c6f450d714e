"""The work calendar: a value that answers every question about working days and hours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from operator import itemgetter
from typing import Final

import numpy as np

from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period, shift_months
from congtam.kernel.work_calendar.arrays import Arrays
from congtam.kernel.work_calendar.days import (
    ALWAYS,
    CalendarRow,
    DayNote,
    ListedDays,
    OutsideCalendar,
    covered_years,
    normalize_day_notes,
)
from congtam.kernel.work_calendar.hours import DEFAULT_HOURS, OfficeHours, seconds_since_midnight

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, init=False)
class WorkCalendar(Arrays):
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
    later_hours: tuple[tuple[date, OfficeHours], ...] = ()
    """Office hours that apply from a day on (giờ làm việc theo mùa), in order of their days."""

    def __init__(
        self,
        days_off: ListedDays = (),
        make_up_days: ListedDays = (),
        half_days: ListedDays = (),
        *,
        hours: OfficeHours = DEFAULT_HOURS,
        covers: Period = ALWAYS,
        zone: tzinfo = LOCAL,
        later_hours: Iterable[tuple[date, OfficeHours]] = (),
    ) -> None:
        values = {
            "days_off": normalize_day_notes(days_off),
            "make_up_days": normalize_day_notes(make_up_days),
            "half_days": normalize_day_notes(half_days),
            "hours": hours,
            "covers": covers,
            "zone": zone,
            "later_hours": tuple(sorted(later_hours, key=itemgetter(0))),
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
        later_hours: Iterable[tuple[date, OfficeHours]] = (),
    ) -> WorkCalendar:
        """Build from stored rows; without ``covers``, for the unbroken run of years with a day off."""
        listed: dict[str, dict[date, DayNote]] = {"day_off": {}, "make_up": {}, "half_day": {}}
        for row in rows:
            listed[row.kind][row.day] = DayNote(row.reason, row.source)
        return cls(
            listed["day_off"],
            listed["make_up"],
            listed["half_day"],
            hours=hours,
            covers=covers or covered_years(listed["day_off"]),
            zone=zone,
            later_hours=later_hours,
        )

    # -- days ---------------------------------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day, be it for the morning only (ngày làm việc)."""
        return bool(self._table.open_seconds[self._day_index(day)])

    def note(self, day: date) -> DayNote | None:
        """Why the day is off, made up or halved; None for an ordinary day or an ordinary weekend."""
        for listed in (self.days_off, self.make_up_days, self.half_days):
            if day in listed:
                return listed[day]
        return None

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        index = self._day_index(day)
        return self._working_day(int(self._table.ranks[index]), day)

    def add_working_days(self, day: date, count: int) -> date:
        """The last of ``count`` working days after the day, not counting it; before it, when negative.

        With 0 it is the day itself, worked or not.
        """
        index = self._day_index(day)
        return self._working_day(self._table.rank_after(index, count), day) if count else day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; the reverse of ``add_working_days``."""
        return self._table.working_between(self._day_index(start), self._day_index(end))

    def days_off_between(self, start: date, end: date) -> list[date]:
        """The days not worked after ``start`` up to and with ``end``: what a due date stepped over."""
        first = self._day_index(start) + 1
        off = np.flatnonzero(self._table.open_seconds[first : self._day_index(end) + 1] == 0)
        return [self.covers.start + timedelta(days=first + int(offset)) for offset in off]

    def add_calendar_days(self, day: date, count: int) -> date:
        """``count`` days later, or the next working day where that is a day off.

        Source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
        """
        return self.working_day_on_or_after(day + timedelta(days=count))

    def add_months(self, day: date, count: int) -> date:
        """The same day ``count`` months later or that month's last, moved on where it is a day off."""
        return self.working_day_on_or_after(shift_months(day, count))

    # -- hours --------------------------------------------------------------------------------------------

    def hours_on(self, day: date) -> OfficeHours:
        """The office hours in force on a day."""
        index = bisect_right(self.later_hours, day, key=itemgetter(0))
        return self.later_hours[index - 1][1] if index else self.hours

    def closing(self, day: date) -> datetime:
        """When the office closes on a day, half days earlier; the regular hour on a day that is not worked."""
        return self._to_instant(day, self._open_spans(day)[-1][1])

    def opening_from(self, instant: datetime) -> datetime:
        """The instant itself during office hours, else when the office next opens.

        Handed in at lunch counts from the afternoon, after closing from the next working morning.
        """
        day, second = self._local_day_and_second(instant)
        if self.is_working_day(day):
            opening = self.hours_on(day).opening_from(second, half=day in self.half_days)
            if opening is not None:
                return self._to_instant(day, opening)
        following = self.working_day_on_or_after(day + DAY)
        return self._to_instant(following, self._open_spans(following)[0][0])

    def counts_from(self, instant: datetime, *, latest: time | None = None) -> date:
        """The day a receipt counts from (ngày tiếp nhận tính thời hạn).

        After closing, on a day off, or after the ``latest`` hour a procedure sets: the next working day.
        """
        day, second = self._local_day_and_second(instant)
        if latest is not None and second > seconds_since_midnight(latest):
            return self.working_day_on_or_after(day + DAY)
        return self.opening_from(instant).astimezone(self.zone).date()

    def add_working_hours(self, instant: datetime, hours: float) -> datetime:
        """The instant at which so many office hours have passed; with 0, the next opening.

        Ends with the span it uses up: eight hours from the morning's opening end at closing time.
        """
        return self.add_working_seconds(instant, round(hours * 3600))

    def add_working_seconds(self, instant: datetime, seconds: int) -> datetime:
        """As ``add_working_hours``, in office seconds."""
        if seconds < 0:
            raise ValueError("working hours are added, not taken away")
        if not seconds:
            return self.opening_from(instant)
        second = self._open_seconds_before(instant) + seconds
        table = self._table
        index = table.index_of_second(second)
        if index >= len(table.open_seconds):
            raise self._outside_error(instant.date())
        day = self.covers.start + timedelta(days=index)
        elapsed = second - int(table.seconds[index])
        return self._to_instant(day, self.hours_on(day).second_when(elapsed, half=day in self.half_days))

    def working_seconds_between(self, start: datetime, end: datetime) -> int:
        """Office seconds from one instant to another; negative when the end comes first."""
        return self._open_seconds_before(end) - self._open_seconds_before(start)

    def working_hours_between(self, start: datetime, end: datetime) -> float:
        """Office hours from one instant to another (giờ làm việc); 8 make one day."""
        return self.working_seconds_between(start, end) / 3600

    # -- inside -------------------------------------------------------------------------------------------

    def _open_spans(self, day: date) -> tuple[tuple[int, int], ...]:
        return self.hours_on(day).on(half=day in self.half_days)

    def _outside_error(self, day: date) -> OutsideCalendar:
        return OutsideCalendar(first=self.covers.start, last=self.covers.last_day, day=day)

    def _day_index(self, day: date) -> int:
        if not self.covers.contains(day):
            raise self._outside_error(day)
        return (day - self.covers.start).days

    def _working_day(self, rank: int, day: date) -> date:
        working = self._table.working_indexes
        if not 0 <= rank < len(working):
            raise self._outside_error(day)
        return self.covers.start + timedelta(days=int(working[rank]))

    def _local_day_and_second(self, instant: datetime) -> tuple[date, int]:
        """Day and second of the day by the calendar's clock."""
        if instant.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be placed in a calendar")
        local = instant.astimezone(self.zone)
        return local.date(), seconds_since_midnight(local.time())

    def _to_instant(self, day: date, second: int) -> datetime:
        return datetime.combine(day, time(second // 3600, second // 60 % 60, second % 60), self.zone)

    def _open_seconds_before(self, instant: datetime) -> int:
        day, second = self._local_day_and_second(instant)
        index = self._day_index(day)
        passed = (
            self.hours_on(day).open_seconds_to(second, half=day in self.half_days)
            if self._table.open_seconds[index]
            else 0
        )
        return int(self._table.seconds[index]) + passed

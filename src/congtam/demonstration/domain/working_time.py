"""A straight axis of working time: seconds of office hours since an origin, and back to the clock on the wall."""

from __future__ import annotations

from datetime import date, time
from typing import Final

import numpy as np
import numpy.typing as npt

from congtam.kernel.work_calendar import WorkCalendar

Days = npt.NDArray[np.datetime64]
Instants = npt.NDArray[np.datetime64]
Numbers = npt.NDArray[np.int64]


def _second_of_day(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60


class WorkingTime:
    """Positions on the axis of office hours (trục giờ làm việc); all instants are local and without a zone.

    On this axis a due date is a sum and “late” is a comparison, however many weekends and holidays lie between.
    """

    def __init__(self, calendar: WorkCalendar, origin: date) -> None:
        self._calendar = calendar
        self._origin: Final = np.datetime64(origin, "D")
        (self._opens, noon), (self._reopens, self._closes) = (
            (_second_of_day(start), _second_of_day(end)) for start, end in calendar.hours.spans
        )
        self._morning = noon - self._opens
        self.day: Final = self._morning + self._closes - self._reopens
        """Seconds of office time in one day."""

    def at(self, instants: Instants) -> Numbers:
        """Where instants stand; outside office hours, where the office next opens."""
        days = instants.astype("datetime64[D]")
        worked = self._calendar.is_working_day_many(days)
        seconds = (instants - days).astype("timedelta64[s]").astype(np.int64)
        return (self._working_day_rank(days) - worked) * self.day + np.where(
            worked, self._open_seconds(seconds), 0
        )

    def end_of(self, days: Days) -> Numbers:
        """Where the office closes on a day, or closed last before a day off."""
        return self._working_day_rank(days) * self.day

    def instants(self, positions: Numbers) -> Instants:
        """The clock on the wall; a position at the seam of two days is the evening of the first."""
        ranks = -(-positions // self.day)
        elapsed = positions - (ranks - 1) * self.day
        afternoon = elapsed > self._morning
        second = np.where(afternoon, self._reopens - self._morning, self._opens) + elapsed
        days = self._calendar.add_working_days_many(np.broadcast_to(self._origin, ranks.shape), ranks)
        instants: Instants = days.astype("datetime64[s]") + second.astype("timedelta64[s]")
        return instants

    def working_days_on_or_after(self, days: Days) -> Days:
        """Each day itself where it is worked, else the next working day."""
        return self._calendar.add_working_days_many(
            days - np.timedelta64(1, "D"), np.ones(days.shape, np.int64)
        )

    def is_worked(self, days: Days) -> npt.NDArray[np.bool_]:
        """Whether the office works on each day."""
        return self._calendar.is_working_day_many(days)

    def _working_day_rank(self, days: Days) -> Numbers:
        return self._calendar.working_days_between_many(np.broadcast_to(self._origin, days.shape), days)

    def _open_seconds(self, seconds: Numbers) -> Numbers:
        morning = np.clip(seconds - self._opens, 0, self._morning)
        return morning + np.clip(seconds - self._reopens, 0, self._closes - self._reopens)

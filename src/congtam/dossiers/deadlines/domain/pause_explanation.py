"""Why a stop of the clock (tạm dừng đồng hồ) moved the due date, or why it did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.deadlines.domain.ledger import Limit
from congtam.kernel.errors import msgid
from congtam.kernel.work_calendar import WorkCalendar

_SHOWN = timedelta(minutes=1)
"""Instants are shown to the minute; a shorter move would read “from 10:00 to 10:00”."""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A time during which the clock was stopped for one ground or more, and the due date on both sides of it."""

    stopped_at: datetime
    resumed_at: datetime
    due_before: datetime
    due_after: datetime


def explain_stop(stop: Stop, limit: Limit, *, calendar: WorkCalendar) -> Iterator[Sentence]:
    """Say how the due date moved by a stop; where it did not, which rule of `terms.term_after_pause` kept it."""
    moved = stop.due_after - stop.due_before
    if moved >= _SHOWN:
        dates = {"old": stop.due_before, "new": stop.due_after}
        yield Sentence(msgid("The remaining time was kept: the due date moved from {old} to {new}."), dates)
    else:
        yield Sentence(_why_unmoved(stop, limit, calendar))


def _why_unmoved(stop: Stop, limit: Limit, calendar: WorkCalendar) -> str:
    if stop.stopped_at >= stop.due_before:
        return msgid("The dossier was already overdue, so the due date did not move.")
    if calendar.working_seconds_between(stop.stopped_at, stop.resumed_at) <= 0:
        return msgid("There were no working hours in that time, so the due date did not move.")
    if limit.office_hours is not None:
        return msgid("That was less than a minute of working time, so the due date did not move.")
    if calendar.counts_from(stop.stopped_at) == calendar.counts_from(stop.resumed_at):
        return msgid(
            "The clock stopped and started on the same day; a time limit in days is not moved by that."
        )
    return msgid("The last day moved within days off, so the time limit still ends on the same working day.")

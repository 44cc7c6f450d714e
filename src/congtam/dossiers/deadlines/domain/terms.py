"""A running term (thời hạn đang chạy): where it ends, and where it ends after the clock was stopped."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from congtam.dossiers.deadlines.domain.ledger import MONTHS, WORKING_DAYS, Limit
from congtam.kernel.clock import local_day
from congtam.kernel.periods import shift_months
from congtam.kernel.work_calendar import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class RunningTerm:
    """The due instant, and the last day before it is moved off a day off; ``unit`` as the limit is counted."""

    limit: Limit
    due_at: datetime
    last_on: date


def first_term(limit: Limit, received_at: datetime, *, calendar: WorkCalendar) -> RunningTerm:
    """The term of an undisturbed dossier: for days and months it ends when the office closes on the last day."""
    counts_from = calendar.counts_from(received_at, latest=limit.latest_receipt)
    hours = limit.office_hours
    if hours is not None:
        begins = received_at
        if counts_from > received_at.astimezone(calendar.zone).date():
            begins = datetime.combine(counts_from, time(0), calendar.zone)
        due_at = calendar.add_working_seconds(begins, round(hours * 3600))
        return RunningTerm(limit=limit, due_at=due_at, last_on=due_at.date())
    if limit.unit == WORKING_DAYS:
        last_on = calendar.add_working_days(counts_from, int(limit.value))
    elif limit.unit == MONTHS:
        last_on = shift_months(counts_from, math.ceil(limit.value))
    else:
        last_on = counts_from + timedelta(days=math.ceil(limit.value))
    return term_ending_on(limit, last_on, calendar=calendar)


def term_ending_on(limit: Limit, last_on: date, *, calendar: WorkCalendar) -> RunningTerm:
    """The term whose last day is given; where that is a day off, it ends on the next working day.

    Source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
    """
    return RunningTerm(
        limit=limit, due_at=calendar.closing(calendar.working_day_on_or_after(last_on)), last_on=last_on
    )


def term_after_new_date(term: RunningTerm, until: datetime, *, calendar: WorkCalendar) -> RunningTerm:
    """The term after a new date was given; the hour counts, unless the day is a day off."""
    last_on = until.astimezone(calendar.zone).date()
    if not calendar.is_working_day(last_on):
        return term_ending_on(term.limit, last_on, calendar=calendar)
    return replace(term, due_at=until, last_on=last_on)


def term_after_pause(
    term: RunningTerm, *, stopped_at: datetime, resumed_at: datetime, calendar: WorkCalendar
) -> RunningTerm:
    """The term after the clock was stopped: what remained then remains now; what was overdue stays overdue.

    Both ends of the pause are placed where office hours next begin, so one without office hours moves nothing.
    """
    passed = calendar.working_seconds_between(stopped_at, resumed_at)
    if stopped_at >= term.due_at or passed <= 0:
        return term
    if term.limit.office_hours is not None:
        left = calendar.working_seconds_between(stopped_at, term.due_at)
        due_at = calendar.add_working_seconds(resumed_at, left)
        return replace(term, due_at=due_at, last_on=due_at.date())
    stopped_on, resumed_on = calendar.counts_from(stopped_at), calendar.counts_from(resumed_at)
    if term.limit.unit == WORKING_DAYS:
        left = calendar.working_days_between(stopped_on, term.due_at.astimezone(calendar.zone).date())
        last_on = calendar.add_working_days(resumed_on, max(left, 0))
    else:
        last_on = max(term.last_on + (resumed_on - stopped_on), resumed_on)
    return term_ending_on(term.limit, last_on, calendar=calendar)


def end_of_working_day(at: datetime, *, calendar: WorkCalendar) -> datetime:
    """The last second of a day, or of the next that is worked."""
    day = calendar.working_day_on_or_after(local_day(at))
    return datetime.combine(day, time(23, 59, 59), calendar.zone)

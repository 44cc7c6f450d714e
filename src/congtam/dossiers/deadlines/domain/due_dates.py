"""The rule (quy tắc tính hạn): from the limit and the lines to the due date, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from congtam.dossiers.deadlines.domain.ledger import DueDates, Limit, Line
from congtam.dossiers.deadlines.domain.terms import (
    RunningTerm,
    first_term,
    term_after_new_date,
    term_after_pause,
)
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.work_calendar import WorkCalendar


def compute_due_dates(limit: Limit | None, lines: Sequence[Line], *, calendar: WorkCalendar) -> DueDates:
    """Compute the due dates (tính hạn trả) from the limit and the lines in order; the first line is the receipt."""
    received_at = lines[0].at
    counts_from = calendar.counts_from(received_at, latest=limit.latest_receipt if limit else None)
    term = first_term(limit, received_at, calendar=calendar) if limit else None
    clock = _Clock(calendar=calendar, term=term, ran_until=received_at)
    after: list[datetime | None] = []
    for line in lines:
        _HANDLERS[line.kind](clock, line)
        after.append(clock.term.due_at if clock.term else None)
    return DueDates(counts_from=counts_from, due_after=tuple(after), stopped_since=clock.stopped_at)


def due_at_if_resumed(
    limit: Limit | None, lines: Sequence[Line], *, now: datetime, calendar: WorkCalendar
) -> datetime | None:
    """The due date as the clock runs (hạn tính theo đồng hồ): a stopped clock counts as resumed now.

    It has passed only when nothing of the term was left as the clock stopped.
    """
    run_on = Line(kind=LineKind.ENDED, at=max(now, lines[-1].at))
    return compute_due_dates(limit, [*lines, run_on], calendar=calendar).due_at


def first_due(limit: Limit, received_at: datetime, *, calendar: WorkCalendar) -> datetime:
    """The due instant of an undisturbed dossier: for days and months, the closing time of the last day."""
    return first_term(limit, received_at, calendar=calendar).due_at


def closing_time(day: date, *, calendar: WorkCalendar) -> datetime:
    """When the office closes on a day; the regular hour on a day that is not worked."""
    return calendar.closing(day)


def step_due(
    started_at: datetime,
    hours: Decimal | float | None,
    *,
    calendar: WorkCalendar,
    within: datetime | None = None,
) -> datetime | None:
    """When a step of the internal process has to be done (hạn của bước), in office hours since it began.

    Never after the dossier as a whole is due; a step without hours has until then. A step that begins when the dossier
    is overdue already keeps its hours: its officer is measured by them.
    """
    if hours is None:
        return within
    due_at = calendar.add_working_seconds(started_at, round(Decimal(str(hours)) * 3600))
    if within is None or within <= started_at:
        return due_at
    return min(due_at, within)


@dataclass
class _Clock:
    """The clock while the lines are read."""

    calendar: WorkCalendar
    term: RunningTerm | None
    ran_until: datetime
    """Until here everything is settled: a pause never reaches back before it."""
    grounds: list[str] = field(default_factory=list)
    stopped_at: datetime | None = None


def _ignore_line(_clock: _Clock, _line: Line) -> None:
    """The line moves nothing by itself; a change of the calendar is in the calendar."""


def _apply_suspension(clock: _Clock, line: Line) -> None:
    clock.grounds.append(line.ground)
    if clock.stopped_at is None:
        clock.stopped_at = max(line.at, clock.ran_until)


def _apply_resumption(clock: _Clock, line: Line) -> None:
    """The clock resumes when the last of the grounds for which it is stopped is gone."""
    if line.ground in clock.grounds:
        clock.grounds.remove(line.ground)
    elif not line.ground and clock.grounds:
        clock.grounds.pop()
    else:
        return
    if not clock.grounds:
        _restart_clock(clock, line.at)


def _restart_clock(clock: _Clock, at: datetime) -> None:
    if clock.stopped_at is None:
        return
    resumed_at = max(at, clock.stopped_at)
    if clock.term is not None:
        clock.term = term_after_pause(
            clock.term, stopped_at=clock.stopped_at, resumed_at=resumed_at, calendar=clock.calendar
        )
    clock.stopped_at, clock.ran_until = None, resumed_at


def _apply_new_date(clock: _Clock, line: Line) -> None:
    """A new date was given; who gave it knew of the time already lost."""
    if clock.term is None or line.until is None:
        return
    clock.term = term_after_new_date(clock.term, line.until, calendar=clock.calendar)
    if clock.stopped_at is not None:
        clock.stopped_at = max(clock.stopped_at, line.at)


def _apply_end(clock: _Clock, line: Line) -> None:
    clock.grounds.clear()
    _restart_clock(clock, line.at)


_HANDLERS: Final[Mapping[LineKind, Callable[[_Clock, Line], None]]] = {
    LineKind.GIVEN: _ignore_line,
    LineKind.CALENDAR: _ignore_line,
    LineKind.SUSPENDED: _apply_suspension,
    LineKind.RESUMED: _apply_resumption,
    LineKind.EXTENDED: _apply_new_date,
    LineKind.ENDED: _apply_end,
    LineKind.REOPENED: _apply_new_date,
}

"""The clock ledger (sổ thời hạn): the due date of a dossier follows from the lines written about it alone.

The lines are facts with their grounds; the due date is worked out from them and the work calendar every time, and
only kept beside the dossier so that lists can be ordered by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from congtam.kernel.work_calendar import WorkCalendar

WORKING_DAYS: Final = "working_days"
CALENDAR_DAYS: Final = "calendar_days"
HOURS: Final = "hours"
MONTHS: Final = "months"


class LineKind(StrEnum):
    """What a line of the ledger says."""

    GIVEN = "given"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    CALENDAR = "calendar"
    ENDED = "ended"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How long handling may take (thời hạn giải quyết); counted from ``latest_receipt`` on as of the next day."""

    value: Decimal
    unit: str
    latest_receipt: time | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: what happened when, on which ground; ``until`` is the new due date of an extension."""

    kind: LineKind
    at: datetime
    ground: str = ""
    until: datetime | None = None
    legal: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What follows from the lines: the day the term counts from, the due instant after each line, the last of them."""

    counts_from: date
    due_after: tuple[datetime | None, ...]

    @property
    def due_at(self) -> datetime | None:
        """The due instant as it stands; None where no limit is known."""
        return self.due_after[-1] if self.due_after else None


def reckon(limit: Limit | None, lines: Sequence[Line], *, calendar: WorkCalendar) -> Reckoning:
    """Work out the due date (tính hạn trả) from the limit and the lines in order; the first line is the receipt."""
    received_at = lines[0].at
    counts_from = calendar.counts_from(received_at, latest=limit.latest_receipt if limit else None)
    due = first_due(limit, received_at, calendar=calendar) if limit else None
    after: list[datetime | None] = []
    suspended_at: datetime | None = None
    for line in lines:
        if line.kind is LineKind.SUSPENDED:
            suspended_at = line.at
        elif line.kind is LineKind.RESUMED and suspended_at is not None:
            due = _resumed(limit, due, suspended_at=suspended_at, at=line.at, calendar=calendar)
            suspended_at = None
        elif line.kind is LineKind.EXTENDED and line.until is not None:
            due = line.until
        after.append(due)
    return Reckoning(counts_from=counts_from, due_after=tuple(after))


def first_due(limit: Limit, received_at: datetime, *, calendar: WorkCalendar) -> datetime:
    """The due instant of an undisturbed dossier: for days and months, the closing time of the last day."""
    counts_from = calendar.counts_from(received_at, latest=limit.latest_receipt)
    if limit.unit == HOURS:
        begins = received_at
        if counts_from > received_at.astimezone(calendar.zone).date():
            begins = datetime.combine(counts_from, time(0), calendar.zone)
        return calendar.add_working_hours(begins, float(limit.value))
    if limit.unit == WORKING_DAYS:
        last = calendar.add_working_days(counts_from, int(limit.value))
    elif limit.unit == MONTHS:
        last = calendar.add_months(counts_from, int(limit.value))
    else:
        last = calendar.add_calendar_days(counts_from, int(limit.value))
    return closing_time(last, calendar=calendar)


def closing_time(day: date, *, calendar: WorkCalendar) -> datetime:
    """When the office closes on a day; the regular hour on a day that is not worked."""
    second = calendar.hours.on(half=day in calendar.half_days)[-1][1]
    return datetime.combine(day, time(second // 3600, second // 60 % 60), calendar.zone)


def _resumed(
    limit: Limit | None, due: datetime | None, *, suspended_at: datetime, at: datetime, calendar: WorkCalendar
) -> datetime | None:
    """The due date after the clock stood still: what remained then remains now; what was overdue stays overdue."""
    if (
        due is None
        or limit is None
        or suspended_at >= due
        or not calendar.working_seconds_between(suspended_at, at)
    ):
        return due
    if limit.unit == HOURS:
        return calendar.add_working_hours(at, calendar.working_hours_between(suspended_at, due))
    stopped_on, resumed_on = suspended_at.astimezone(calendar.zone).date(), calendar.counts_from(at)
    due_on = due.astimezone(calendar.zone).date()
    if limit.unit == WORKING_DAYS:
        last = calendar.add_working_days(resumed_on, calendar.working_days_between(stopped_on, due_on))
    else:
        last = calendar.next_working_day(resumed_on + timedelta(days=(due_on - stopped_on).days))
    return closing_time(last, calendar=calendar)

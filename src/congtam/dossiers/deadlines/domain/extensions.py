"""Putting a due date off (xin lỗi và hẹn lại ngày trả): at most once, before the term ends, to a later working day.

Source: NĐ 118/2025/NĐ-CP and the regulations of linked procedures, docs/algorithms/deadlines.md, “Putting off”.
"""

from __future__ import annotations

from datetime import date, datetime

from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.work_calendar import WorkCalendar


class NoDueDateToExtend(DomainError):
    """A dossier without a due date has no date to postpone."""

    code = "deadlines.no_due_date"
    message = msgid("The dossier has no due date, so there is nothing to postpone.")


class AlreadyExtended(DomainError):
    """The due date was postponed once already."""

    code = "deadlines.already_extended"
    message = msgid("The due date has already been postponed once; it may be postponed only once.")


class ExtendedTooLate(DomainError):
    """The term is over: a letter of apology no longer turns late into on time."""

    code = "deadlines.extended_too_late"
    message = msgid(
        "The time limit ended on {due:%d/%m/%Y %H:%M}. A due date can only be postponed before it has passed."
    )


class NewDateNotLater(DomainError):
    """The new date does not lie after the old one."""

    code = "deadlines.new_date_not_later"
    message = msgid("The new date {day:%d/%m/%Y} must be after the due date {due:%d/%m/%Y}.")


class NewDateIsDayOff(DomainError):
    """The office is closed on the new date."""

    code = "deadlines.new_date_is_day_off"
    message = msgid("{day:%d/%m/%Y} is a day off. The next working day is {next:%d/%m/%Y}.")


def extend_due_date(
    due_at: datetime | None,
    new_due_on: date,
    *,
    now: datetime,
    is_already_extended: bool,
    calendar: WorkCalendar,
) -> datetime:
    """The new due instant, the closing time of the new date; raises a DomainError with the reason why not.

    ``due_at`` is the due date as the clock runs (``due_if_run_on``): while the clock is stopped no term ends.
    """
    if due_at is None:
        raise NoDueDateToExtend
    local = due_at.astimezone(calendar.zone)
    if is_already_extended:
        raise AlreadyExtended
    if now > due_at:
        raise ExtendedTooLate(due=local)
    if new_due_on <= local.date():
        raise NewDateNotLater(day=new_due_on, due=local)
    if not calendar.is_working_day(new_due_on):
        raise NewDateIsDayOff(day=new_due_on, next=calendar.working_day_on_or_after(new_due_on))
    return calendar.closing(new_due_on)

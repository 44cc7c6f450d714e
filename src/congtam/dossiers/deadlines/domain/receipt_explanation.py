"""From when a time limit counts, and how long it is, in sentences (thời điểm bắt đầu tính, thời hạn)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.deadlines.domain.ledger import CALENDAR_DAYS, HOURS, MONTHS, WORKING_DAYS, Limit
from congtam.kernel.errors import msgid
from congtam.kernel.work_calendar import WorkCalendar

_ONE: Final[Mapping[str, str]] = {
    WORKING_DAYS: msgid("The time limit is one working day; the day of receipt is not counted."),
    CALENDAR_DAYS: msgid("The time limit is one day; the day of receipt is not counted."),
    MONTHS: msgid("The time limit is one month."),
    HOURS: msgid("The time limit is one working hour."),
}
_MANY: Final[Mapping[str, str]] = {
    WORKING_DAYS: msgid("The time limit is {count} working days; the day of receipt is not counted."),
    CALENDAR_DAYS: msgid(
        "The time limit is {count} days, days off included; the day of receipt is not counted."
    ),
    MONTHS: msgid("The time limit is {count} months."),
    HOURS: msgid("The time limit is {count} working hours; only office hours count."),
}


def explain_receipt(
    limit: Limit | None, received_at: datetime, *, calendar: WorkCalendar
) -> Iterator[Sentence]:
    """When it was received, from when it counts and why, and the limit."""
    yield _receipt_sentence(limit, received_at, calendar=calendar)
    if limit is None:
        return
    if not limit.value and limit.unit == WORKING_DAYS:
        yield Sentence(msgid("It must be completed within the working day."))
        return
    messages = _ONE if limit.value == 1 else _MANY
    yield Sentence(messages[limit.unit], {"count": limit.value})


def _receipt_sentence(limit: Limit | None, received_at: datetime, *, calendar: WorkCalendar) -> Sentence:
    latest = limit.latest_receipt if limit else None
    local = received_at.astimezone(calendar.zone)
    counts_from = calendar.counts_from(received_at, latest=latest)
    opening = calendar.opening_from(received_at)
    data: dict[str, Any] = {"received": received_at, "start": counts_from}
    if counts_from == local.date():
        if limit is not None and limit.office_hours is not None and opening > received_at:
            message = msgid(
                "The dossier was received on {received}, outside office hours, so the time limit "
                "runs from {start}."
            )
            return Sentence(message, data | {"start": opening})
        return Sentence(msgid("The dossier was received on {received}."), data)
    if not calendar.is_working_day(local.date()):
        note = calendar.note(local.date())
        if note and note.reason:
            message = msgid(
                "The dossier was received on {received}, a day off ({reason}), so the time limit "
                "runs from {start}."
            )
            return Sentence(message, data | {"reason": note.reason})
        message = msgid(
            "The dossier was received on {received}, at the weekend, so the time limit runs from {start}."
        )
        return Sentence(message, data)
    return Sentence(
        _after_hours_message(latest, is_closed=opening.date() > local.date()),
        data | _latest_hour_data(latest),
    )


def _after_hours_message(latest: object, *, is_closed: bool) -> str:
    if latest is None or is_closed:
        return msgid(
            "The dossier was received on {received}, after office hours, so the time limit runs from {start}."
        )
    return msgid(
        "The dossier was received on {received}, after {latest}, the latest time of receipt for "
        "this procedure, so the time limit runs from {start}."
    )


def _latest_hour_data(latest: Any) -> dict[str, str]:
    return {"latest": f"{latest:%H:%M}"} if latest is not None else {}

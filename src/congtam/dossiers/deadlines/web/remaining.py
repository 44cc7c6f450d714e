"""How much office time a dossier has left, or is over, in words (thời gian còn lại, quá hạn)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from congtam.dossiers.domain.states import OPEN, Verdict
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.labels import VERDICTS
from congtam.kernel.work_calendar import OutsideCalendar, WorkCalendar
from congtam.ui.public import Label, working_time_text

_DAY: Final = 8 * 3600
_SOON: Final = 2 * _DAY


def due_badge(dossier: Dossier, *, now: datetime, calendar: WorkCalendar) -> Label:
    """How the dossier stands to its due date; ``verdict`` and ``is_stopped`` come with the list."""
    verdict = Verdict(getattr(dossier, "verdict"))  # noqa: B009 - an annotation
    if dossier.state not in OPEN or dossier.due_at is None:
        return VERDICTS[verdict]
    if verdict is Verdict.OVERDUE:
        return Label(_("{time} overdue").format(time=office_time(calendar, dossier.due_at, now)), "bad")
    if getattr(dossier, "is_stopped"):  # noqa: B009 - an annotation
        return Label(_("Clock stopped"), "warn")
    return remaining_badge(dossier.due_at, now=now, calendar=calendar)


def remaining_badge(due_at: datetime, *, now: datetime, calendar: WorkCalendar) -> Label:
    """What is left until an instant, or how long it has passed."""
    if due_at < now:
        return Label(_("{time} overdue").format(time=office_time(calendar, due_at, now)), "bad")
    tone = "warn" if _working_seconds(calendar, now, due_at) < _SOON else "neutral"
    return Label(_("{time} left").format(time=office_time(calendar, now, due_at)), tone)


def _working_seconds(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Office seconds; outside the calendar on record, plain time at eight hours a day."""
    try:
        return calendar.working_seconds_between(start, end)
    except OutsideCalendar:
        return int((end - start) / timedelta(days=1) * _DAY)


def office_time(calendar: WorkCalendar, start: datetime, end: datetime) -> str:
    """The office time between two instants, in words."""
    return working_time_text(_working_seconds(calendar, start, end))

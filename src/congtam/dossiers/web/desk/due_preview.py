"""The due date of a dossier that is about to be received (hẹn trả dự kiến), and why it is that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from congtam.dossiers.domain.deadlines import (
    CALENDAR_DAYS,
    HOURS,
    MONTHS,
    WORKING_DAYS,
    Limit,
    Line,
    LineKind,
    reckon,
)
from congtam.dossiers.web.texts import moment
from congtam.foundation.public import working_calendar
from congtam.kernel.clock import LOCAL
from congtam.procedures.public import DeskLimit, DeskProcedure
from congtam.ui.public import day, number


@dataclass(frozen=True)
class DuePreview:
    """When the result would be due, and the reasons in sentences."""

    due: str
    reasons: tuple[str, ...]


def due_preview(procedure: DeskProcedure, *, channel: str, case_kind: str, now: datetime) -> DuePreview:
    """What the receipt would say if it were taken in this minute."""
    found = procedure.limit_for(channel=channel, case_kind=case_kind)
    if found is None:
        return DuePreview("", (_("The catalogue gives no time limit that can be counted."),))
    limit = Limit(value=found.value, unit=found.unit, latest_receipt=found.latest_receipt)
    reckoned = reckon(limit, [Line(kind=LineKind.GIVEN, at=now)], calendar=working_calendar())
    return DuePreview(moment(reckoned.due_at), tuple(_reasons(found, now, counts_from=reckoned.counts_from)))


def _reasons(found: DeskLimit, now: datetime, *, counts_from: date) -> Iterator[str]:
    limit = limit_in_words(found)
    yield _("Time limit: {limit}.").format(limit=limit)
    today = now.astimezone(LOCAL).date()
    if counts_from == today:
        yield _("Received within office hours: counted from today, {day}.").format(day=day(today))
    else:
        yield _("Received outside the hours of receipt: counted from {day}.").format(day=day(counts_from))


def limit_in_words(found: DeskLimit) -> str:
    """A limit as a person says it, such as “3 working days”."""
    count = 1 if found.value == 1 else 2
    words = {
        WORKING_DAYS: ngettext("{count} working day", "{count} working days", count),
        CALENDAR_DAYS: ngettext("{count} day", "{count} days", count),
        HOURS: ngettext("{count} working hour", "{count} working hours", count),
        MONTHS: ngettext("{count} month", "{count} months", count),
    }
    return words.get(found.unit, "{count}").format(count=number(found.value, get_language() or "vi"))

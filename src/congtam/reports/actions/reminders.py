"""Take the reminder of a week away as a letter (kết xuất công văn đôn đốc): its figures stored, the taking recorded."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.indicators import public as indicators
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, NotFound, msgid
from congtam.kernel.periods import Period
from congtam.reports.actions.forms import PrintedFile
from congtam.reports.actions.rendering import render_with_demo_mark
from congtam.reports.reminders.counting import Reminder, count_reminder, late_dossiers
from congtam.reports.reminders.letter import reminder_letter
from congtam.typesetting.public import MEDIA_TYPES
from congtam.work_calendar.public import working_calendar

VERB: Final = "report.reminder"


class ReminderNotNeeded(DomainError):
    """Nothing is late or due, so there is no letter."""

    code: ClassVar[str] = "reports.reminder_not_needed"
    message: ClassVar[str] = msgid("Nothing is late or due within 7 days: no reminder is needed.")


def print_reminder(unit: str, week: Period, extension: str, *, actor: Actor) -> PrintedFile:
    """The letter as .docx or PDF; NotFound for a unit out of sight, ReminderNotNeeded where all is well."""
    if extension not in MEDIA_TYPES:
        raise NotFound(kind="document", key=extension)
    reminder = count_reminder(unit, week, to=actor)
    if reminder.is_quiet:
        raise ReminderNotNeeded
    late, calendar = late_dossiers(reminder, to=actor), working_calendar()
    letter = reminder_letter(reminder, late, on=today(clock()), calendar=calendar)
    content = render_with_demo_mark(letter, extension)
    _store_receipts(reminder, extension, actor=actor)
    name = f"don-doc_{unit}_{week.start:%Y%m%d}.{extension}"
    return PrintedFile(name=name, media_type=MEDIA_TYPES[extension], content=content)


@transaction.atomic
def _store_receipts(reminder: Reminder, extension: str, *, actor: Actor) -> None:
    """Keep the receipt of every printed figure, and say in the ledger who took the letter."""
    printed = [reminder.total, *(line for line in reminder.lines if not line.is_own)]
    for line in printed:
        for figure in line.figures:
            if figure.numerator:
                indicators.store(figure, actor=actor)
    data = {"week": reminder.week.text, "extension": extension, "overdue": reminder.total.overdue_count}
    record(actor, VERB, kind="report", key=reminder.unit, unit_code=reminder.unit, data=data)

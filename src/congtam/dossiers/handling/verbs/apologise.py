"""Apologising and setting a new date (xin lỗi và hẹn lại ngày trả kết quả)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.deadlines.domain import (
    AlreadyExtended,
    ExtendedTooLate,
    NewDateIsDayOff,
    NewDateNotLater,
    NoDueDateToExtend,
    extend_due_date,
)
from congtam.dossiers.deadlines.ledgers import due_as_it_runs
from congtam.dossiers.domain.states import LineKind
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import HANDLING, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import reason_field
from congtam.dossiers.steps.stepping import update_step_due
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.work_calendar import OutsideCalendar
from congtam.ui.public import DayInput
from congtam.work_calendar.public import working_calendar

_USUAL_EXTENSION: Final = 5


class ApologiseBody(VerbBody):
    """Why, and the new date."""

    reason: LongText
    new_due_on: date


class ApologiseForm(VerbForm):
    """The new date and why."""

    new_due_on = forms.DateField(label=_("New due date"), widget=DayInput())
    reason = reason_field(_("Reason (included in the letter)"))

    def prepare(self) -> None:
        """The due date as the clock runs and five working days stand in the field at first."""
        now = clock().now()
        due_on = local_day(due_as_it_runs(self.dossier, self.desk, now=now) or now)
        self.fields["new_due_on"].initial = working_calendar().add_working_days(due_on, _USUAL_EXTENSION)
        self.fields["new_due_on"].widget.attrs["min"] = str(due_on + timedelta(days=1))


def must_be_extendable(subject: HandledDossier) -> Obstacle:
    """Once, before the term ends, and where there is a term."""
    if subject.desk.apology_count:
        return AlreadyExtended
    if subject.due_at is None:
        return NoDueDateToExtend
    return ExtendedTooLate if subject.now > subject.due_at else None


def apologise(change: DossierChange, *, reason: str, new_due_on: date) -> None:
    """Apologise and set a new date, once and before the term ends (Mẫu 04)."""
    why = require_text(reason)
    old = change.dossier.due_at
    until = _new_due_at(change, new_due_on, is_already_extended=change.desk.apology_count > 0)
    content = {
        "reason": why,
        "old_due_at": old.isoformat() if old else None,
        "new_due_at": until.isoformat(),
    }
    letter = change.write_letter(LetterKind.APOLOGY, content)
    change.add_line(LineKind.EXTENDED, until=until, note=letter.number)
    update_step_due(change, old)
    change.desk.apology_count = 1
    change.data |= {"old": content["old_due_at"], "new": content["new_due_at"]}


def _new_due_at(change: DossierChange, new_due_on: date, *, is_already_extended: bool) -> datetime:
    """The new due instant; what is wrong with the day stands beside the field."""
    try:
        return extend_due_date(
            due_as_it_runs(change.dossier, change.desk, now=change.now),
            new_due_on,
            now=change.now,
            is_already_extended=is_already_extended,
            calendar=working_calendar(),
        )
    except (NewDateNotLater, NewDateIsDayOff, OutsideCalendar) as error:
        problem = Problem(code=error.code, message=error.message, data=error.data, column="new_due_on")
        raise InputRefused([problem]) from None


APOLOGISE: Final = DeskVerb(
    code="apologise",
    name=msgid("Apologise and set a new due date"),
    lead=msgid("Once per dossier, before the time limit ends, with the reason."),
    done=msgid("Apologised and set a new due date"),
    icon="calendar",
    order=160,
    transitions=identity_transitions(WORKED_ON),
    roles=HANDLING,
    held_by=is_holder,
    guards=(must_be_extendable,),
    apply=apologise,
    body=ApologiseBody,
    form=ApologiseForm,
    notify="apologise",
    bulk=9,
)

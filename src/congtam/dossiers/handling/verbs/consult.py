"""Asking another office (lấy ý kiến phối hợp)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from congtam.dossiers.domain.states import SuspensionGround
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import HANDLING, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_accepted
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import LongText, ShortText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import reason_field, unit_field
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.org_units.public import unit_on
from congtam.work_calendar.public import working_calendar

LONGEST_HOURS: Final = 2000


class ConsultBody(VerbBody):
    """A question to another office."""

    to_unit: ShortText
    question: LongText
    answer_within_hours: Annotated[Decimal, Field(gt=0, le=2000)] = Field(examples=[16])
    stops_clock: bool = False


class ConsultForm(VerbForm):
    """Which office is asked what, and until when."""

    to_unit = unit_field(_("Office to consult (code or name)"))
    question = reason_field(_("Question"))
    answer_within_hours = forms.DecimalField(
        label=_("Office hours to answer"),
        min_value=Decimal("0.5"),
        max_value=LONGEST_HOURS,
        decimal_places=1,
        initial=16,
    )
    stops_clock = forms.BooleanField(label=_("Stop the clock until the answer arrives"), required=False)


def consult(
    change: DossierChange,
    *,
    to_unit: str,
    question: str,
    answer_within_hours: Decimal | float,
    stops_clock: bool = False,
) -> None:
    """Ask another office, to answer within office hours; the clock stands still only where the law says so."""
    _validate_question(to_unit, answer_within_hours)
    text = require_text(question, column="question")
    letter = change.write_letter(
        LetterKind.CONSULTATION,
        {"question": text, "hours": str(answer_within_hours), "stops_clock": stops_clock},
        due_at=working_calendar().add_working_hours(change.now, float(answer_within_hours)),
        to_unit=to_unit,
    )
    if stops_clock:
        change.stop_clock(SuspensionGround.OTHER_OFFICE, note=letter.number)
    change.data |= {"to_unit": to_unit, "letter": letter.number, "stops_clock": stops_clock}


def _validate_question(to_unit: str, answer_within_hours: Decimal | float) -> None:
    problems = []
    if unit_on(to_unit, today(clock())) is None:
        message = msgid("There is no unit {unit}.")
        problems.append(
            Problem(code="unit_unknown", message=message, data={"unit": to_unit}, column="to_unit")
        )
    if not 0 < answer_within_hours <= LONGEST_HOURS:
        message = msgid("Enter the number of office hours to answer, more than 0.")
        problems.append(Problem(code="hours_out_of_range", message=message, column="answer_within_hours"))
    if problems:
        raise InputRefused(problems)


CONSULT: Final = DeskVerb(
    code="consult",
    name=msgid("Consult another office"),
    lead=msgid("Send a question to another unit, with a time limit for the answer."),
    done=msgid("Other office consulted"),
    icon="users",
    order=120,
    transitions=identity_transitions(WORKED_ON),
    roles=HANDLING,
    held_by=is_holder,
    guards=(must_be_accepted,),
    apply=consult,
    body=ConsultBody,
    form=ConsultForm,
)

"""Opening an ended dossier again (mở lại hồ sơ)."""

from __future__ import annotations

from datetime import date
from typing import Final

from congtam.dossiers.deadlines.domain import closing_time
from congtam.dossiers.domain.states import LineKind, State
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ENDED, transitions_to_state
from congtam.dossiers.handling.forms import ReasonForm
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.record.domain.issued_result import IssuedResult
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.steps.stepping import begin_step, end_step
from congtam.foundation.public import Role
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.work_calendar import OutsideCalendar
from congtam.work_calendar.public import working_calendar


class ReopenBody(VerbBody):
    """Why, and until when."""

    reason: LongText
    new_due_on: date | None = None


def reopen(change: DossierChange, *, reason: str, new_due_on: date | None = None) -> None:
    """Open an ended dossier again, with a reason; it lies with the office that handles (mở lại hồ sơ).

    The old due date stands, or closing and reopening would buy time, unless the decision to reopen sets a new one.
    """
    why = require_text(reason)
    dossier, desk = change.dossier, change.desk
    end_step(change, "ended")
    change.data |= {"result": IssuedResult.parse(desk.result).number.number}
    dossier.finished_at = dossier.returned_at = dossier.result_digitised = None
    desk.decided_at, desk.decided_by, desk.result = None, "", {}
    until = (
        closing_time(_require_working_day(new_due_on, change), calendar=working_calendar())
        if new_due_on
        else None
    )
    change.add_line(LineKind.REOPENED, until=until, note=why)
    begin_step(change, change.process.first(Role.OFFICER), holder="", note=why)


def _require_working_day(day: date, change: DossierChange) -> date:
    """A day from now on that is worked; InputRefused otherwise."""
    try:
        is_worked = working_calendar().is_working_day(day)
    except OutsideCalendar:
        is_worked = False
    if day < local_day(change.now) or not is_worked:
        message = msgid("The new date must be a working day, today or later.")
        raise InputRefused([Problem(code="date_not_worked", message=message, column="new_due_on")])
    return day


REOPEN: Final = DeskVerb(
    code="reopen",
    name=msgid("Reopen"),
    lead=msgid("A closed dossier is handled again; the reason is recorded."),
    done=msgid("Handling reopened"),
    icon="history",
    style="danger",
    order=230,
    transitions=transitions_to_state(ENDED, State.IN_PROGRESS),
    roles=(Role.UNIT_HEAD,),
    apply=reopen,
    body=ReopenBody,
    form=ReasonForm,
    notify="reopen",
)

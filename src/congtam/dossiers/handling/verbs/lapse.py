"""Ending a dossier whose applicant let the time to supplement pass (quá hạn bổ sung)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.deadlines.domain.terms import end_of_working_day
from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.supplement_request import SENT_AT, open_supplement_request
from congtam.dossiers.models import LetterKind
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import Role
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, msgid
from congtam.work_calendar.public import working_calendar

LAPSED: Final = "supplement_not_received"


class NotLapsed(DomainError):
    """The applicant still has time to supplement."""

    code = "dossiers.not_lapsed"
    message = msgid(
        "The applicant of dossier {dossier} may still submit the supplement until {until:%d/%m/%Y %H:%M}."
    )


class SupplementSent(DomainError):
    """The applicant sent what was asked for; somebody must look at it first."""

    code = "dossiers.supplement_sent"
    message = msgid(
        "The applicant of dossier {dossier} has sent the supplement. Accept it, or decline it with a reason."
    )


def must_be_lapsed(subject: HandledDossier) -> Obstacle:
    """The time to supplement has passed."""
    due_at = subject.desk.supplement_due_at
    return NotLapsed if due_at is None or subject.now <= due_at else None


def lapse(change: DossierChange) -> None:
    """End a dossier whose applicant let the time to supplement pass (quá hạn bổ sung)."""
    _require_time_over(change)
    if open_supplement_request(change.dossier.code).filter(answer__has_key=SENT_AT).exists():
        raise SupplementSent(dossier=change.dossier.code)
    reason = "Người nộp không bổ sung hồ sơ trong thời hạn yêu cầu."
    change.write_letter(LetterKind.REFUSAL, {"ground": LAPSED, "reason": reason})
    change.closing_reason = "Người nộp không bổ sung hồ sơ trong thời hạn"


def _require_time_over(change: DossierChange) -> None:
    """The last day may have become a day off since it was written: then the next working day is the last."""
    due_at = change.desk.supplement_due_at
    until = end_of_working_day(due_at, calendar=working_calendar()) if due_at else change.now
    if change.now <= until:
        raise NotLapsed(dossier=change.dossier.code, until=until.astimezone(LOCAL))


LAPSE: Final = DeskVerb(
    code="lapse",
    name=msgid("Close: no supplement received"),
    lead=msgid("The time limit for the supplement has passed. The dossier is closed."),
    done=msgid("Closed: no supplement received"),
    icon="hourglass",
    style="danger",
    order=220,
    transitions=transitions_to_state([State.AWAITING_SUPPLEMENT], State.REFUSED),
    roles=(Role.CLERK,),
    guards=(must_be_lapsed,),
    apply=lapse,
    form=VerbForm,
    notify="lapse",
    bulk=10,
)

"""Requesting a supplement (yêu cầu bổ sung).

The code of the verb is still ``ask_supplement``: ledger lines, messages and API paths written with it stay readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from congtam.dossiers.deadlines.domain.terms import end_of_working_day
from congtam.dossiers.domain.states import State, SuspensionGround
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import DESK, WORKED_ON, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_accepted, must_be_undecided
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.free_text import clean_text
from congtam.dossiers.record.web.fields import reason_field
from congtam.foundation.lifecycle import Obstacle
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.procedures.public import desk_procedure
from congtam.work_calendar.public import working_calendar

DEFAULT_DAYS: Final = 30


class SupplementAlreadyRequested(DomainError):
    """A supplement may be requested only once."""

    code = "dossiers.supplement_already_requested"
    message = msgid(
        "A supplement has already been requested for dossier {dossier}. It may be requested only "
        "once (NĐ 118/2025)."
    )


class RequestSupplementBody(VerbBody):
    """What is missing; it may be requested once."""

    missing: Annotated[list[LongText], Field(max_length=100)]
    reason: LongText


class RequestSupplementForm(VerbForm):
    """What is missing: papers of the checklist, and others in free lines."""

    missing = forms.MultipleChoiceField(
        label=_("Papers of the checklist"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.CharField(
        label=_("Other papers, one per line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    reason = reason_field(_("Reason for the supplement"))

    def prepare(self) -> None:
        """The checklist of the dossier."""
        names = Checklist.parse(self.desk.papers).names.values()
        self.fields["missing"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """One list of both."""
        answers = self.cleaned_data
        lines = [line.strip() for line in answers["others"].splitlines() if line.strip()]
        return {"missing": [*answers["missing"], *lines], "reason": answers["reason"]}


def must_be_first_request(subject: HandledDossier) -> Obstacle:
    """Only once (NĐ 118/2025)."""
    return SupplementAlreadyRequested if subject.dossier.supplement_count else None


def request_supplement(change: DossierChange, *, missing: Sequence[str], reason: str) -> None:
    """Request everything that is missing, once (Mẫu 02); the clock is stopped until the supplement arrives."""
    papers = [paper for paper in (clean_text(line, column="missing") for line in missing) if paper]
    why = clean_text(reason, column="reason")
    if not papers:
        message = msgid("Enter the missing papers.")
        raise InputRefused([Problem(code="missing_papers_missing", message=message, column="missing")])
    due_at = _supplement_due(change)
    change.write_letter(LetterKind.SUPPLEMENT, {"missing": papers, "reason": why}, due_at=due_at)
    change.stop_clock(SuspensionGround.SUPPLEMENT)
    change.desk.supplement_due_at = due_at
    change.dossier.supplement_count += 1
    change.data |= {"missing": len(papers)}


def _supplement_due(change: DossierChange) -> datetime:
    """The end of the last day the applicant has, not the hour at which the desk closes.

    Source: Bộ luật Dân sự 2015, Điều 148 khoản 5 and 6.
    """
    procedure = desk_procedure(change.dossier.procedure_code, change.desk.numbered_on)
    days = procedure.supplement_days if procedure else DEFAULT_DAYS
    return end_of_working_day(change.now + timedelta(days=days), calendar=working_calendar())


REQUEST_SUPPLEMENT: Final = DeskVerb(
    code="ask_supplement",
    name=msgid("Request a supplement"),
    lead=msgid(
        "Only once per dossier: list everything that is missing. The clock is stopped until the "
        "supplement arrives."
    ),
    done=msgid("Supplement requested"),
    icon="clipboard-list",
    order=140,
    transitions=transitions_to_state(WORKED_ON, State.AWAITING_SUPPLEMENT),
    roles=DESK,
    held_by=is_holder,
    guards=(must_be_accepted, must_be_undecided, must_be_first_request),
    apply=request_supplement,
    body=RequestSupplementBody,
    form=RequestSupplementForm,
    notify="ask_supplement",
)

"""Handing a dossier to the next step of its process (bàn giao)."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.handling.assignment import is_holder, require_officer
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import NotApproved, must_be_accepted
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText, ShortText
from congtam.dossiers.record.free_text import clean_text
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.dossiers.record.people import people_with_role
from congtam.dossiers.steps.stepping import end_step, offer_step
from congtam.foundation.lifecycle import Obstacle
from congtam.kernel.errors import DomainError, msgid


class NoNextStep(DomainError):
    """The internal process ends here."""

    code = "dossiers.no_next_step"
    message = msgid("This is the last step of the internal process of dossier {dossier}.")


class HandOverBody(VerbBody):
    """To the next step, or to one officer of it."""

    note: LongText = ""
    to_officer: ShortText = ""


class HandOverForm(VerbForm):
    """To whom of the next office, and a note for the control slip."""

    slip = "handover"
    to_officer = forms.ChoiceField(label=_("Assigned to"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def prepare(self) -> None:
        """The people of the next step."""
        next_step = DossierProcess.parse(self.desk.process).after(self.desk.position)
        office = f"{next_step.office} – {next_step.name}" if next_step else "—"
        people = people_with_role(next_step.role, self.dossier.unit_code) if next_step else []
        self.fields["to_officer"].choices = [("", _("Anyone in: {office}").format(office=office)), *people]  # type: ignore[attr-defined]


def must_have_next_step(subject: HandledDossier) -> Obstacle:
    """There is a next step, and the approval is not stepped over."""
    if subject.process.after(subject.desk.position) is None:
        return NoNextStep
    return NotApproved if subject.is_at_approval and subject.needs_approval else None


def hand_over(change: DossierChange, *, note: str = "", to_officer: str = "") -> None:
    """Hand the dossier to the next step of its process; it waits there to be accepted (bàn giao)."""
    written = clean_text(note)
    next_step = change.process.after(change.desk.position)
    if next_step is None:
        raise NoNextStep(dossier=change.dossier.code)
    if to_officer:
        require_officer(to_officer, role=next_step.role, unit_code=change.dossier.unit_code)
    end_step(change, "done")
    offer_step(change, next_step, to=to_officer, note=written)
    change.data |= {"position": next_step.position, "to": to_officer}


HAND_OVER: Final = DeskVerb(
    code="hand_over",
    name=msgid("Hand over"),
    lead=msgid("The dossier goes to the next step of the process and waits there for acceptance."),
    done=msgid("Handed over"),
    style="primary",
    order=20,
    transitions=identity_transitions(WORKED_ON),
    roles=ANY_STEP,
    held_by=is_holder,
    guards=(must_be_accepted, must_have_next_step),
    apply=hand_over,
    body=HandOverBody,
    form=HandOverForm,
    bulk=2,
)

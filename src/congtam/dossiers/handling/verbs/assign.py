"""Giving a dossier to a person of the office in which it lies (phân công)."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.handling.assignment import require_officer
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import ShortText
from congtam.dossiers.record.people import people_with_role
from congtam.dossiers.steps.stepping import begin_step, current_step, end_step, offer_step
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


class AssignBody(VerbBody):
    """Who shall handle it."""

    officer: ShortText


class AssignForm(VerbForm):
    """To whom."""

    officer = forms.ChoiceField(label=_("Officer"))

    def prepare(self) -> None:
        """The people who may take the step."""
        people = people_with_role(self.desk.role, self.dossier.unit_code)
        others = [each for each in people if each[0] != self.desk.holder]
        self.fields["officer"].choices = others  # type: ignore[attr-defined]
        if not others:
            self.fields["officer"].help_text = _("No one else in the unit has the role for this step.")


def assign(change: DossierChange, *, officer: str) -> None:
    """Give the dossier to a person of the office in which it lies (phân công); the step's due date stands."""
    desk = change.desk
    require_officer(officer, role=desk.role, unit_code=change.dossier.unit_code)
    step, was_offered = current_step(change.dossier), desk.is_offered
    planned = change.process.at(desk.position)
    end_step(change, "reassigned")
    if was_offered:
        offer_step(change, planned, to=officer)
    else:
        begin_step(change, planned, holder=officer, due_at=step.due_at if step else None)
    if desk.role == Role.OFFICER:
        change.dossier.officer = officer
    change.data |= {"to": officer}


ASSIGN: Final = DeskVerb(
    code="assign",
    name=msgid("Assign"),
    lead=msgid("Assign the step to a person in the office."),
    done=msgid("Assigned"),
    icon="user",
    order=110,
    transitions=identity_transitions(WORKED_ON),
    roles=(Role.UNIT_HEAD,),
    apply=assign,
    body=AssignBody,
    form=AssignForm,
    bulk=5,
)

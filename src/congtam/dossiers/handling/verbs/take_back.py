"""Taking back a hand-over nobody has accepted (thu hồi bàn giao)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.handling.assignment import has_handed_over
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_on_offer
from congtam.dossiers.handling.returning import previous_step, return_to_step
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.steps.stepping import end_step
from congtam.kernel.errors import msgid


def take_back(change: DossierChange) -> None:
    """Take back a hand-over nobody has accepted (thu hồi bàn giao); the former due date of the step stands."""
    before = previous_step(change)
    end_step(change, "taken_back")
    return_to_step(change, before, keeps_due_date=True, note="")


TAKE_BACK: Final = DeskVerb(
    code="take_back",
    name=msgid("Take back"),
    lead=msgid("The hand-over has not been accepted yet; the dossier returns to you."),
    done=msgid("Hand-over taken back"),
    icon="arrow-left",
    order=90,
    transitions=identity_transitions(WORKED_ON),
    roles=ANY_STEP,
    held_by=has_handed_over,
    guards=(must_be_on_offer,),
    apply=take_back,
    form=VerbForm,
    bulk=6,
)

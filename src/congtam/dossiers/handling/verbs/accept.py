"""Accepting what was handed over (tiếp nhận bàn giao)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, WORKED_ON, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import NotOffered, must_be_on_offer
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.steps.stepping import accept_step, current_step
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


def accept(change: DossierChange) -> None:
    """Accept what was handed over; the step runs from now on (tiếp nhận bàn giao)."""
    step = current_step(change.dossier)
    if step is None:
        raise NotOffered(dossier=change.dossier.code)
    accept_step(change, step)
    if change.desk.role == Role.OFFICER:
        change.dossier.officer = change.actor.username
    change.data |= {"position": change.desk.position}


ACCEPT: Final = DeskVerb(
    code="accept",
    name=msgid("Accept"),
    lead=msgid("You accept the dossier; the time of the step runs from now."),
    done=msgid("Hand-over accepted"),
    icon="check",
    style="primary",
    order=10,
    transitions=transitions_to_state(WORKED_ON, State.IN_PROGRESS),
    roles=ANY_STEP,
    held_by=is_holder,
    guards=(must_be_on_offer,),
    apply=accept,
    form=VerbForm,
    bulk=1,
)

"""Sending a dossier back to the step before (trả lại bước trước)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import ReasonBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import ReasonForm
from congtam.dossiers.handling.guards import NoPreviousStep
from congtam.dossiers.handling.returning import previous_step, return_to_step
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.steps.stepping import end_step
from congtam.foundation.lifecycle import Obstacle
from congtam.kernel.errors import msgid


def must_have_previous_step(subject: HandledDossier) -> Obstacle:
    """There is a step to send it back to."""
    return None if subject.process.before(subject.desk.position) else NoPreviousStep


def send_back(change: DossierChange, *, reason: str) -> None:
    """Send the dossier back to the step before, to whoever held it, with a reason (trả lại bước trước).

    A decision is taken back when the dossier returns to the step of approval or before it.
    """
    why = require_text(reason)
    before = previous_step(change)
    end_step(change, "sent_back", reason=why)
    return_to_step(change, before, keeps_due_date=False, note=why)
    change.desk.decided_at, change.desk.decided_by = None, ""
    change.data |= {"position": change.desk.position}


SEND_BACK: Final = DeskVerb(
    code="send_back",
    name=msgid("Send back"),
    lead=msgid("The dossier returns to the previous step."),
    done=msgid("Sent back"),
    icon="arrow-left",
    order=100,
    transitions=identity_transitions(WORKED_ON),
    roles=ANY_STEP,
    held_by=is_holder,
    guards=(must_have_previous_step,),
    apply=send_back,
    body=ReasonBody,
    form=ReasonForm,
    bulk=7,
)

"""Deciding that the result is to be issued (phê duyệt)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from congtam.dossiers.domain.states import State
from congtam.dossiers.files.rest.uploads import FileIn
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import WORKED_ON, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_accepted, must_be_undecided
from congtam.dossiers.handling.papers import add_files, has_file
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.free_text import clean_text
from congtam.dossiers.steps.stepping import amend_attributes, current_step
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import Role
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, Problem, msgid


class NotAtApproval(DomainError):
    """It has not come to the step in which it is approved."""

    code = "dossiers.not_at_approval"
    message = msgid("Dossier {dossier} has not reached the approval step of its process yet.")


class HandledBySame(NotAllowed):
    """Who handled a dossier must not approve it."""

    code = "dossiers.handled_by_same"
    message = msgid("You handled dossier {dossier} yourself; someone else must approve it.")


class ApproveBody(VerbBody):
    """A note for the file, and the result where it was not attached before."""

    note: LongText = ""
    file: FileIn | None = Field(
        default=None,
        description="The result to be approved, uploaded first; left out where it is on the dossier.",
    )


class ApproveForm(VerbForm):
    """A note, if any, and the result where nobody has attached it yet."""

    takes_files = ("file",)
    shows_result = True
    file_label = msgid("Result to be approved (leave empty if it is attached already)")
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


def must_be_at_approval(subject: HandledDossier) -> Obstacle:
    """Where the process has an approval, it is made there."""
    return None if subject.is_at_approval or not subject.needs_approval else NotAtApproval


def must_be_handled_by_others(subject: HandledDossier) -> Obstacle:
    """Who handled it does not approve it."""
    return HandledBySame if subject.was_handled_by_actor else None


def approve(change: DossierChange, *, note: str = "", file: AttachedFile | None = None) -> None:
    """Decide that the result is to be issued (phê duyệt); who handled the dossier may not.

    Nobody approves what cannot be read: the result is on the dossier already or comes with the approval, else
    InputRefused.
    """
    if file is not None:
        add_files(change, [replace(file, kind="result", position=None)])
    elif not has_file(change.dossier, "result"):
        message = msgid("Attach the result: what is approved must be on the dossier.")
        raise InputRefused([Problem(code="result_missing", message=message, column="file")])
    written = clean_text(note)
    change.desk.decided_at, change.desk.decided_by = change.now, change.actor.username
    if written and (step := current_step(change.dossier)):
        amend_attributes(step, notes={"approval_note": written})
        step.save(update_fields=["attributes"])


APPROVE: Final = DeskVerb(
    code="approve",
    name=msgid("Approve"),
    lead=msgid(
        "You approve issuing the result attached to the dossier. The approval is recorded under your name."
    ),
    done=msgid("Approved"),
    icon="shield-check",
    style="primary",
    order=30,
    transitions=transitions_to_state(WORKED_ON, State.IN_PROGRESS),
    roles=(Role.UNIT_HEAD, Role.LEADER),
    held_by=is_holder,
    guards=(must_be_accepted, must_be_undecided, must_be_at_approval, must_be_handled_by_others),
    needs_confirmation=True,
    apply=approve,
    body=ApproveBody,
    form=ApproveForm,
    bulk=3,
)

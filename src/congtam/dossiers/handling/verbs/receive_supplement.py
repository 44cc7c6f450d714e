"""Taking in what the applicant was asked for (nhận bổ sung)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Field

from congtam.dossiers.domain.states import State, SuspensionGround
from congtam.dossiers.files.rest.uploads import FileIn
from congtam.dossiers.form.corrections import FormCorrection, build_form_correction
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.papers import add_files, add_to_checklist
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.supplement_request import open_supplement_request
from congtam.dossiers.intake.rest.receipts import HandedInIn
from congtam.dossiers.record.domain.receipt import AttachedFile, HandedInPaper
from congtam.dossiers.record.permissions import may_see_person
from congtam.foundation.public import Role
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, NotAllowed, msgid


class ReceiveSupplementBody(VerbBody):
    """What the applicant brought."""

    papers: Annotated[list[HandedInIn], Field(max_length=200)] = []
    files: Annotated[list[FileIn], Field(max_length=40)] = []
    form: dict[str, Any] | None = Field(
        default=None,
        description="The answers of the electronic form as they now read, all of them; left out, it stays as it is.",
    )


class ReceiveSupplementForm(VerbForm):
    """The papers and files that came; the papers are read beside the form."""

    takes_files = ("files",)
    has_papers = True
    corrects_form = True


def receive_supplement(
    change: DossierChange,
    *,
    papers: Sequence[HandedInPaper] = (),
    files: Sequence[AttachedFile] = (),
    form: Mapping[str, Any] | FormCorrection | None = None,
    handed_in_at: datetime | None = None,
) -> None:
    """Take in what was asked for; the clock runs again (nhận bổ sung).

    ``form`` are the answers of the electronic form as they now read, all of them, or a correction that was checked
    when it was sent; None leaves it as it is. ``handed_in_at`` is the instant the applicant sent it online, when that
    was before it was taken in. Raises InputRefused with everything wrong in the answers.
    """
    add_to_checklist(change, papers)
    add_files(change, [replace(file, kind="supplement") for file in files])
    answer: dict[str, Any] = {"papers": [asdict(paper) for paper in papers], "files": len(files)}
    if changes := _correct_form(change, form):
        answer["form"] = changes
    request = open_supplement_request(change.dossier.code)
    request.update(answered_at=change.now, answered_by=change.actor.username, answer=answer)
    change.start_clock(ground=SuspensionGround.SUPPLEMENT, at=handed_in_at)
    change.desk.supplement_due_at = None
    change.data |= {"papers": len(papers), "files": len(files)}


def _correct_form(
    change: DossierChange, form: Mapping[str, Any] | FormCorrection | None
) -> list[dict[str, str]]:
    """Store the form as it now reads; what reads otherwise than before.

    A counter that took it in for another unit reads none of it, and so changes none of it.
    """
    if form is None:
        return []
    if not may_see_person(change.actor, change.dossier.unit_code):
        raise NotAllowed(right="dossiers.correct_form", unit=change.dossier.unit_code)
    today = local_day(change.now)
    correction = (
        form if isinstance(form, FormCorrection) else build_form_correction(change.desk, form, on=today)
    )
    if correction.form.problems:
        raise InputRefused(correction.form.problems)
    if correction.changes:
        change.desk.form = dict(correction.form.content)
        change.data |= {"form_answers": len(correction.changes)}
    return [asdict(each) for each in correction.changes]


def _supplement_due(subject: HandledDossier) -> datetime | None:
    return subject.desk.supplement_due_at


RECEIVE_SUPPLEMENT: Final = DeskVerb(
    code="receive_supplement",
    name=msgid("Accept the supplement"),
    lead=msgid("The missing papers have arrived; the clock runs again from now."),
    done=msgid("Supplement accepted"),
    icon="file-import",
    style="primary",
    order=60,
    transitions=transitions_to_state([State.AWAITING_SUPPLEMENT], State.IN_PROGRESS),
    roles=(Role.CLERK,),
    also_reached=find_at_counter,
    apply=receive_supplement,
    body=ReceiveSupplementBody,
    form=ReceiveSupplementForm,
    notify="receive_supplement",
    due=_supplement_due,
)

"""Adding a file to a dossier (đính kèm tệp)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.files.rest.uploads import FileIn
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import DESK, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.papers import add_files
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.kernel.errors import InputRefused, Problem, msgid

ATTACHED_KINDS: Final = {
    "scan": _("A paper of the application"),
    "result": _("The result, for approval"),
    "request": _("The applicant's request to withdraw or stop"),
}
"""What a file is that the desk attaches."""


class AttachFileBody(VerbBody):
    """A file that was uploaded, and what it is."""

    file: FileIn
    kind: Literal["scan", "result", "request"] | None = Field(
        default=None,
        description="A paper of the application (`scan`, the default while the dossier is open), the `result`, or the "
        "applicant's `request` to withdraw or stop.",
    )


class AttachForm(VerbForm):
    """The file, what it is, and which paper of the checklist it is a scan of."""

    takes_files = ("file",)
    kind = forms.ChoiceField(label=_("What it is"), choices=list(ATTACHED_KINDS.items()), required=False)
    position = forms.TypedChoiceField(
        label=_("Paper of the checklist"), required=False, coerce=int, empty_value=None
    )

    def prepare(self) -> None:
        """The checklist of the dossier."""
        papers = Checklist.parse(self.desk.papers).names.items()
        self.fields["position"].choices = [("", _("None of them")), *papers]  # type: ignore[attr-defined]
        if self.dossier.state == State.FINISHED:
            del self.fields["kind"], self.fields["position"]

    def arguments(self) -> dict[str, Any]:
        """The position goes with the file."""
        return {"kind": self.cleaned_data.get("kind") or None}

    def file_arguments(self, files: Sequence[AttachedFile]) -> dict[str, Any]:
        """The file must be there."""
        if not files:
            message = msgid("Choose a file.")
            raise InputRefused([Problem(code="file_missing", message=message, column="files")])
        return {"file": replace(files[-1], position=self.cleaned_data.get("position"))}


def attach(change: DossierChange, *, file: AttachedFile, kind: str | None = None) -> None:
    """Add a file to a dossier (đính kèm tệp); to a finished one only the scan of its result.

    ``kind`` says what it is; None: the result where handling has ended, else what the file says.
    """
    is_finished = change.dossier.state == State.FINISHED
    file = replace(file, kind=kind or ("result" if is_finished else file.kind))
    if is_finished and file.kind != "result":
        message = msgid("Handling has ended: only the result can be attached now.")
        raise InputRefused([Problem(code="only_result", message=message, column="file")])
    add_files(change, [file])
    if is_finished:
        change.dossier.result_digitised = True
    change.data |= {"file": file.digest, "kind": file.kind}


ATTACH: Final = DeskVerb(
    code="attach",
    name=msgid("Attach a file"),
    lead=msgid("Add a scan or document to the dossier."),
    done=msgid("File attached"),
    icon="plus",
    order=180,
    transitions=identity_transitions([*OPEN, State.FINISHED]),
    roles=DESK,
    also_reached=find_at_counter,
    apply=attach,
    body=AttachFileBody,
    form=AttachForm,
)

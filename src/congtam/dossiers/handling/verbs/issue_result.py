"""Issuing the result (ban hành kết quả)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import State
from congtam.dossiers.files.rest.uploads import FileIn
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, WORKED_ON, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import NotApproved, must_be_accepted
from congtam.dossiers.handling.papers import add_files
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText, ShortText
from congtam.dossiers.models import Paper
from congtam.dossiers.record.domain.issued_result import IssuedResult, ResultContent, ResultNumber
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.free_text import clean_text, require_text
from congtam.dossiers.record.web.fields import suggested_field
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.ui.public import DayInput

PDF: Final = "application/pdf"
SIGNATURES: Final = (
    "Ký số, còn hiệu lực",
    "Ký số, chưa kiểm tra",
    "Bản quét có dấu và chữ ký tay",
    "Chưa ký",
)


class IssueResultBody(VerbBody):
    """The result; its file is uploaded first."""

    summary: LongText
    number: ShortText = ""
    issued_on: date | None = None
    file: FileIn | None = None
    signature: ShortText = ""


class IssueResultForm(VerbForm):
    """What was decided, under which number, and the file with its signature."""

    shows_result = True
    takes_files = ("file",)
    file_label = msgid("Signed result (leave empty if the approved PDF is the result)")
    summary = forms.CharField(label=_("Result (short description)"), max_length=1000)
    number = forms.CharField(label=_("Number and symbol"), required=False, max_length=100)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput(), required=False)
    signature = suggested_field(_("Signature status"), SIGNATURES, name="signature", required=False)

    def prepare(self) -> None:
        """Dated today, unless said otherwise."""
        today: date = local_day(clock().now())
        self.fields["issued_on"].initial = today
        self.fields["issued_on"].widget.attrs |= {"min": str(self.desk.numbered_on), "max": str(today)}


def must_be_approved(subject: HandledDossier) -> Obstacle:
    """Where the process has an approval, it comes first."""
    return NotApproved if subject.needs_approval else None


def issue_result(
    change: DossierChange,
    *,
    summary: str,
    number: str = "",
    issued_on: date | None = None,
    file: AttachedFile | None = None,
    signature: str = "",
) -> None:
    """Issue the result: handling ends, the one-stop returns it (ban hành kết quả).

    ``signature`` says in words how the file is signed. Without ``file`` the PDF that was approved is the result; a
    draft of another type never is. A number that another document system gave needs the signed PDF.
    """
    written = clean_text(number, column="number", longest=200)
    issued = file or _approved_file(change)
    if written and (issued is None or issued.media_type != PDF):
        message = msgid("A result with a number needs its signed PDF. Attach it.")
        raise InputRefused([Problem(code="signed_file_missing", message=message, column="file")])
    content = ResultContent(
        summary=require_text(summary, column="summary"),
        signature=clean_text(signature, column="signature"),
        digest=issued.digest if issued else "",
        name=issued.name if issued else "",
    )
    today = local_day(change.now)
    if issued_on and not change.desk.numbered_on <= issued_on <= today:
        message = msgid("The date of the result must be between the day of receipt and today.")
        raise InputRefused([Problem(code="issued_on_impossible", message=message, column="issued_on")])
    dated = ResultNumber(number=written, issued_on=(issued_on or today).isoformat())
    change.desk.result = IssuedResult(number=dated, content=content).serialize()
    change.dossier.result_digitised = issued is not None
    if file:
        add_files(change, [replace(file, kind="result")])
    change.data |= {"number": written, "file": content.digest}


def _approved_file(change: DossierChange) -> Paper | None:
    """The PDF that was attached as the result, the latest of several."""
    return change.dossier.files.filter(kind="result", media_type=PDF).order_by("-pk").first()


ISSUE_RESULT: Final = DeskVerb(
    code="issue_result",
    name=msgid("Issue the result"),
    lead=msgid("Handling is complete; the one-stop shop returns the result."),
    done=msgid("Result issued"),
    icon="file-text",
    style="primary",
    order=40,
    transitions=transitions_to_state(WORKED_ON, State.FINISHED),
    roles=ANY_STEP,
    held_by=is_holder,
    guards=(must_be_accepted, must_be_approved),
    apply=issue_result,
    body=IssueResultBody,
    form=IssueResultForm,
    notify="issue_result",
)

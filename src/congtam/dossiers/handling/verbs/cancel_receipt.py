"""Ending a dossier that the desk entered by mistake (hủy tiếp nhận do nhầm lẫn)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_undecided
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import LongText, ShortText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.desk_queries import get_received
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import suggested_field
from congtam.foundation.public import Role
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid

MISTAKES: Final = (
    "Cán bộ tiếp nhận chọn nhầm thủ tục",
    "Cán bộ tiếp nhận nhập nhầm người nộp",
    "Hồ sơ được nhập hai lần",
    "Cán bộ tiếp nhận chọn nhầm cơ quan giải quyết",
)
"""The mistakes that happen most; the letter is in Vietnamese. Another may be written."""


class CancelReceiptBody(VerbBody):
    """What was entered wrongly, and under which code the application is handled now."""

    mistake: LongText
    replaced_by: ShortText = ""


class CancelReceiptForm(VerbForm):
    """What was entered wrongly, and the dossier that replaces this one."""

    mistake = suggested_field(
        _("What was entered wrongly (shown to the applicant)"), MISTAKES, name="mistake"
    )
    replaced_by = forms.CharField(
        label=_("Code of the correct dossier, if it has been received"), required=False, max_length=100
    )


def cancel_receipt(change: DossierChange, *, mistake: str, replaced_by: str = "") -> None:
    """End a dossier that the desk entered by mistake; the applicant reads that the office erred (hủy tiếp nhận).

    ``replaced_by`` is the code of the dossier under which the application is handled, one whose slip the actor may hand
    out; InputRefused for another.
    """
    content: dict[str, Any] = {"reason": require_text(mistake, column="mistake")}
    if code := replaced_by.strip():
        content["replaced_by"] = _require_replacement(code, change)
        change.data |= {"replaced_by": content["replaced_by"]}
    change.write_letter(LetterKind.MISTAKE, content)
    change.closing_reason = "Hồ sơ tiếp nhận nhầm"


def _require_replacement(code: str, change: DossierChange) -> str:
    try:
        dossier = get_received(code, to=change.actor)
    except NotFound:
        dossier = None
    if dossier is None or dossier.pk == change.dossier.pk:
        message, data = msgid("There is no other dossier {dossier} at your desk."), {"dossier": code}
        raise InputRefused(
            [Problem(code="replacement_unknown", message=message, data=data, column="replaced_by")]
        )
    return dossier.code


CANCEL_RECEIPT: Final = DeskVerb(
    code="cancel_receipt",
    name=msgid("Cancel the receipt (entered by mistake)"),
    lead=msgid(
        "The desk entered this dossier by mistake, such as with the wrong procedure. Receive the application again "
        "first, then enter the new code here: the applicant is informed of it. The dossier is closed."
    ),
    done=msgid("Receipt cancelled: entered by mistake"),
    icon="circle-x",
    style="danger",
    order=205,
    transitions=transitions_to_state(OPEN, State.STOPPED),
    roles=(Role.CLERK, Role.UNIT_HEAD),
    also_reached=find_at_counter,
    guards=(must_be_undecided,),
    apply=cancel_receipt,
    body=CancelReceiptBody,
    form=CancelReceiptForm,
    notify="cancel_receipt",
)

"""Refusing to handle a dossier (từ chối giải quyết)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import ANY_STEP, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_undecided
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import reason_field, suggested_field
from congtam.kernel.errors import msgid

GROUNDS: Final = (
    "Không thuộc thẩm quyền giải quyết của cơ quan",
    "Không thuộc đối tượng thực hiện thủ tục hành chính",
    "Không đủ điều kiện theo quy định của pháp luật",
    "Hồ sơ không hợp lệ, không thể bổ sung, hoàn thiện",
    "Hồ sơ trùng với hồ sơ đã được tiếp nhận",
)
"""The grounds most letters name (Mẫu 03); the letter is in Vietnamese. Another may be written."""


class RefuseBody(VerbBody):
    """The ground in law and the reason."""

    ground: LongText
    reason: LongText


class RefuseForm(VerbForm):
    """The ground in law and the reason."""

    ground = suggested_field(_("Ground"), GROUNDS, name="ground")
    reason = reason_field(_("Reason (included in the letter)"))


def refuse(change: DossierChange, *, ground: str, reason: str) -> None:
    """Refuse to handle the dossier, with the ground in law and the reason (Mẫu 03)."""
    why, legal_ground = require_text(reason), require_text(ground, column="ground")
    change.write_letter(LetterKind.REFUSAL, {"ground": legal_ground, "reason": why})
    change.closing_reason = "Hồ sơ bị từ chối giải quyết"


REFUSE: Final = DeskVerb(
    code="refuse",
    name=msgid("Refuse"),
    lead=msgid("The dossier is closed with a letter stating the legal ground and the reason."),
    done=msgid("Dossier refused"),
    icon="circle-x",
    style="danger",
    order=210,
    transitions=transitions_to_state(OPEN, State.REFUSED),
    roles=ANY_STEP,
    held_by=is_holder,
    guards=(must_be_undecided,),
    apply=refuse,
    body=RefuseBody,
    form=RefuseForm,
    notify="refuse",
    bulk=12,
)

"""Asking for a payment that handling depends on (yêu cầu thực hiện nghĩa vụ tài chính)."""

from __future__ import annotations

from typing import Annotated, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from congtam.dossiers.domain.states import State, SuspensionGround
from congtam.dossiers.fees.open_fees import sync_fee_with_books
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import DESK, WORKED_ON, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_accepted
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import reason_field
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments.public import request_fee

MOST_DONG: Final = 10**12


class AskPaymentBody(VerbBody):
    """What is to be paid."""

    amount_dong: Annotated[int, Field(gt=0, le=10**12)]
    reason: LongText


class AskPaymentForm(VerbForm):
    """How much and for what."""

    amount_dong = forms.IntegerField(label=_("Requested amount (đồng)"), min_value=1, max_value=MOST_DONG)
    reason = reason_field(_("Purpose of payment"))

    def prepare(self) -> None:
        """The fee of the catalogue stands in the field at first."""
        self.fields["amount_dong"].initial = self.dossier.fee_dong or None


def ask_payment(change: DossierChange, *, amount_dong: int, reason: str) -> None:
    """Ask the applicant for a payment that handling depends on; the clock stands still until it is paid."""
    why = require_text(reason)
    if not 0 < amount_dong <= MOST_DONG:
        message, data = msgid("Enter an amount from 1 to {maximum} đồng."), {"maximum": MOST_DONG}
        raise InputRefused(
            [Problem(code="amount_impossible", message=message, data=data, column="amount_dong")]
        )
    request = request_fee(
        dossier_code=change.dossier.code,
        unit_code=change.dossier.unit_code,
        counter_unit_code=change.desk.received_unit_code,
        amount_dong=amount_dong,
        reason=why,
        actor=change.actor,
    )
    content = {"amount_dong": amount_dong, "reason": why, "request": request}
    letter = change.write_letter(LetterKind.PAYMENT, content)
    change.stop_clock(SuspensionGround.PAYMENT, note=letter.number)
    sync_fee_with_books(change.dossier)
    change.data |= {"amount_dong": amount_dong, "request": request}


ASK_PAYMENT: Final = DeskVerb(
    code="ask_payment",
    name=msgid("Request payment"),
    lead=msgid("Handling depends on this payment: the clock is stopped until it is made."),
    done=msgid("Payment requested"),
    icon="receipt",
    order=150,
    transitions=transitions_to_state(WORKED_ON, State.AWAITING_PAYMENT),
    roles=DESK,
    held_by=is_holder,
    guards=(must_be_accepted,),
    apply=ask_payment,
    body=AskPaymentBody,
    form=AskPaymentForm,
    notify="ask_payment",
)

"""Asking for a payment no longer (thôi yêu cầu nghĩa vụ tài chính)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import State
from congtam.dossiers.fees.domain.fees import OPEN, PAID
from congtam.dossiers.fees.open_fees import fees_of
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import DESK, transitions_to_state
from congtam.dossiers.handling.forms import ReasonForm
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.waiting_payment import awaited_payment_letter, reconcile_with_books
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.record.free_text import clean_text, require_text
from congtam.dossiers.record.web.fields import suggested_field
from congtam.kernel.errors import msgid
from congtam.payments.public import RequestNotOpen, cancel_unchecked

GROUNDS: Final = (
    "Điều 10 Luật Phí và lệ phí: đối tượng được miễn, giảm",
    "Nghị quyết của Hội đồng nhân dân tỉnh về miễn, giảm phí, lệ phí",
    "Thủ tục không thu phí, lệ phí",
)
"""The grounds on which a fee is usually waived; another may be written."""


class WaivePaymentBody(VerbBody):
    """Why the payment is no longer asked for, and on which ground in law."""

    reason: LongText
    legal: LongText = ""


class WaivePaymentForm(ReasonForm):
    """Why, and on which ground in law."""

    legal = suggested_field(_("Legal ground (if any)"), GROUNDS, name="legal", required=False)


def waive_payment(change: DossierChange, *, reason: str, legal: str = "") -> None:
    """Ask no longer for the payment the dossier waits for (thôi yêu cầu nghĩa vụ tài chính); the clock runs again.

    ``legal`` is the ground in law, if there is one. Raises RequestNotOpen when it was paid in the meantime.
    """
    why, ground = require_text(reason), clean_text(legal, column="legal", longest=500)
    letter = awaited_payment_letter(change.dossier)
    _cancel_request(change, letter.content["request"] if letter else "", reason=why)
    reconcile_with_books(change, why=why, legal=ground)


def _cancel_request(change: DossierChange, request: str, *, reason: str) -> None:
    """Cancel the request in the books; one that was cancelled there before stays as it is."""
    state = next((fee.state for fee in fees_of(change.dossier) if fee.code == request), "")
    if state == PAID:
        raise RequestNotOpen(request=request)
    if state == OPEN:
        cancel_unchecked(request, reason=reason, actor=change.actor)


WAIVE_PAYMENT: Final = DeskVerb(
    code="waive_payment",
    name=msgid("Waive the payment"),
    lead=msgid("The fee request is cancelled; the clock runs again from now, and the applicant is notified."),
    done=msgid("Payment waived"),
    icon="receipt",
    order=80,
    transitions=transitions_to_state([State.AWAITING_PAYMENT], State.IN_PROGRESS),
    roles=DESK,
    held_by=is_holder,
    apply=waive_payment,
    body=WaivePaymentBody,
    form=WaivePaymentForm,
    notify="waive_payment",
)

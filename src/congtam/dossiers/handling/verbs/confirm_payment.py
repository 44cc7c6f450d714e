"""Taking a fee in cash, or noting that it was paid online (xác nhận nộp phí)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from congtam.dossiers.domain.states import PaymentWay, State
from congtam.dossiers.fees.open_fees import require_payable, take_cash
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import WORKED_ON, identity_transitions, transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.waiting_payment import NoOutstandingFee, reconcile_with_books
from congtam.dossiers.intake.rest.receipts import ShortText
from congtam.dossiers.record.labels import PAYMENTS
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import Role
from congtam.kernel.errors import InputRefused, Problem, msgid


class ConfirmPaymentBody(VerbBody):
    """How it was paid."""

    way: Literal["cash", "online"]
    paid_at: AwareDatetime | None = None
    request: ShortText = ""


class ConfirmPaymentForm(VerbForm):
    """How it was paid."""

    shows_fees = True
    way = forms.ChoiceField(
        label=_("Payment method"), choices=[(way, PAYMENTS[way].text) for way in ("cash", "online")]
    )


def must_have_outstanding_fee(subject: HandledDossier) -> Obstacle:
    """Some fee is open, or was paid without the dossier knowing."""
    return None if subject.owes_fee else NoOutstandingFee


def confirm_payment(
    change: DossierChange, *, way: str, paid_at: datetime | None = None, request: str = ""
) -> None:
    """Take the fee in cash; a dossier that waited for it goes on from ``paid_at``, else from now.

    With ``request`` only that one is taken. What is paid online only payments itself can tell: until a dossier has
    heard of it, "online" brings it in line with the books.
    """
    if way not in {PaymentWay.CASH, PaymentWay.ONLINE}:
        message = msgid("Choose whether the fee is paid in cash or online.")
        raise InputRefused([Problem(code="way_unknown", message=message, column="way")])
    _validate_paid_at(paid_at, change)
    require_payable(change.dossier, way=way, request=request, actor=change.actor)
    if way == PaymentWay.CASH:
        take_cash(change.dossier, request=request, actor=change.actor, paid_at=paid_at)
    change.data |= {"way": way, "request": request}
    reconcile_with_books(change)


def _validate_paid_at(paid_at: datetime | None, change: DossierChange) -> None:
    """Nobody pays before the dossier is received, or ahead of time."""
    if paid_at is None or (paid_at.tzinfo and change.dossier.received_at <= paid_at <= change.now):
        return
    message = msgid("The time of payment must be between the receipt of the dossier and now.")
    raise InputRefused([Problem(code="paid_at_impossible", message=message, column="paid_at")])


CONFIRM_PAYMENT: Final = DeskVerb(
    code="confirm_payment",
    name=msgid("Confirm the payment"),
    lead=msgid("The fee has been paid."),
    done=msgid("Payment confirmed"),
    icon="receipt",
    order=70,
    # A fee may be paid while something else is waited for, or with the result; only what was waited for goes on.
    transitions=identity_transitions([*WORKED_ON, State.AWAITING_SUPPLEMENT, State.FINISHED, State.RETURNED])
    | transitions_to_state([State.AWAITING_PAYMENT], State.IN_PROGRESS),
    roles=(Role.CLERK,),
    also_reached=find_at_counter,
    guards=(must_have_outstanding_fee,),
    apply=confirm_payment,
    body=ConfirmPaymentBody,
    form=ConfirmPaymentForm,
    notify="confirm_payment",
    bulk=8,
)

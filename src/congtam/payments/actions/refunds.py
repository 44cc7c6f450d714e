"""Giving money back (hoàn trả phí): one person asks, another carries it out."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Sum

from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.public import Actor, clock, publish, record
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.payments import permissions
from congtam.payments.actions.settle import CHANGED
from congtam.payments.models import FeeRequest, Payment, Refund, RequestState
from congtam.payments.queries import requests_visible_to
from congtam.payments.seals import add_request_seal

REFUNDED: Final = "payments.refunded"


class RefundRefused(DomainError):
    """A refund that is more than was paid, or was done already."""

    code = "payments.refund_refused"
    message = msgid("Only {refundable} đồng of this payment can still be refunded.")


class RefundChanged(DomainError):
    """More or less is asked to be given back than the person saw."""

    code = "payments.refund_changed"
    message = msgid("The refund requested is now {pending} đồng. Review it, then decide.")


@transaction.atomic
def request_refund(
    payment_code: str,
    *,
    amount_dong: int,
    reason: str,
    actor: Actor,
    expected_refundable_dong: int | None = None,
) -> None:
    """Request a refund of a payment, or of a part of it; raises RefundRefused when it is more than can be refunded.

    ``expected_refundable_dong`` is the amount the page showed: of two clicks the second finds another and is refused.
    """
    payment = _lock_payment(payment_code, actor=actor)
    request = payment.request
    if not permissions.may_refund(actor, payment, *permissions.MAY_TAKE, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    require_confirmation(actor)
    if not clean_text(reason):
        message = msgid("Enter the reason for the refund.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    refundable_dong = payment.amount_dong - _requested_dong(payment)
    if not 0 < amount_dong <= refundable_dong or expected_refundable_dong not in {None, refundable_dong}:
        raise RefundRefused(refundable=refundable_dong)
    Refund.objects.create(
        payment=payment,
        amount_dong=amount_dong,
        reason=clean_text(reason),
        requested_at=clock().now(),
        requested_by=actor.username,
    )
    _publish_and_record(request, payment, "payment.refund_requested", amount_dong=amount_dong, actor=actor)


@transaction.atomic
def complete_refund(
    payment_code: str, *, reference: str, actor: Actor, expected_pending_dong: int | None = None
) -> None:
    """Record that the requested refunds were paid out; never by the person who requested them.

    ``expected_pending_dong`` is the amount the page showed; raises RefundChanged when it is another one by now.
    """
    payment = _lock_payment(payment_code, actor=actor)
    request = payment.request
    if not permissions.may_refund(actor, payment, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    require_confirmation(actor)
    pending = list(payment.refunds.filter(done_at__isnull=True))
    if not pending:
        raise RefundRefused(refundable=payment.amount_dong - _requested_dong(payment))
    if any(refund.requested_by == actor.username for refund in pending):
        raise NotAllowed(right="payments.refund_of_own", unit=request.unit_code)
    pending_dong = sum(refund.amount_dong for refund in pending)
    if expected_pending_dong not in {None, pending_dong}:
        raise RefundChanged(pending=pending_dong)
    now = clock().now()
    for refund in pending:
        refund.done_at, refund.done_by, refund.reference = now, actor.username, clean_text(reference)
        refund.save(update_fields=["done_at", "done_by", "reference"])
    if payment.counts and _completed_dong(payment) == payment.amount_dong:
        request.state = RequestState.REFUNDED.value
        request.save(update_fields=["state"])
        payload = {"request": request.code, "dossier_code": request.dossier_code}
        publish(REFUNDED, request.code, payload)
    _publish_and_record(request, payment, "payment.refunded", amount_dong=pending_dong, actor=actor)


@transaction.atomic
def refuse_refund(payment_code: str, *, reason: str, actor: Actor) -> None:
    """Refuse the requested refunds that are not completed (không hoàn trả): the head, or whoever requested them.

    They are deleted from the payment and may be requested anew. The reason is stored beside the payment; the ledger
    has the amount and who refused. Its lines before the first release call the verbs `payment.refund_asked` and
    `payment.refund_turned_down`; nothing reads them by name.
    """
    payment = _lock_payment(payment_code, actor=actor)
    request, pending = payment.request, payment.refunds.filter(done_at__isnull=True)
    is_own = all(refund.requested_by == actor.username for refund in pending)
    if not is_own and not permissions.may_refund(actor, payment, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    if not clean_text(reason):
        message = msgid("Enter the reason for not refunding the money.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    amount = sum(refund.amount_dong for refund in pending)
    if not amount:
        raise RefundRefused(refundable=payment.amount_dong - _requested_dong(payment))
    pending.delete()
    payment.refused_refunds.create(
        amount_dong=amount, reason=clean_text(reason), refused_at=clock().now(), refused_by=actor.username
    )
    _publish_and_record(request, payment, "payment.refund_refused", amount_dong=amount, actor=actor)


def _lock_payment(payment_code: str, *, actor: Actor) -> Payment:
    """The payment with its request locked, or NotFound."""
    payment = Payment.objects.filter(code=payment_code, request__in=requests_visible_to(actor)).first()
    if payment is None:
        raise NotFound(kind="payment", key=payment_code)
    payment.request = FeeRequest.objects.select_for_update().get(pk=payment.request_id)
    return payment


def _requested_dong(payment: Payment) -> int:
    return payment.refunds.aggregate(total=Sum("amount_dong"))["total"] or 0


def _completed_dong(payment: Payment) -> int:
    return payment.refunds.filter(done_at__isnull=False).aggregate(total=Sum("amount_dong"))["total"] or 0


def _publish_and_record(
    request: FeeRequest, payment: Payment, verb: str, *, amount_dong: int, actor: Actor
) -> None:
    publish(CHANGED, payment.code, {"codes": [payment.code]})
    data = {"payment": payment.code, "amount_dong": amount_dong}
    record(
        actor,
        verb,
        kind="payment",
        key=request.code,
        unit_code=request.unit_code,
        data=add_request_seal(request, data),
    )

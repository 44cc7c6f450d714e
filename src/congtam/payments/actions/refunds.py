"""Giving money back (hoàn trả phí): one person asks, another carries it out."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Sum

from congtam.foundation.public import Actor, clock, publish, record
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.payments import permissions
from congtam.payments.actions.settle import CHANGED
from congtam.payments.models import FeeRequest, Payment, Refund, RequestState
from congtam.payments.queries import visible_to
from congtam.payments.seals import sealed

REFUNDED: Final = "payments.refunded"


class RefundRefused(DomainError):
    """A refund that is more than was paid, or was done already."""

    code = "payments.refund_refused"
    message = msgid("Of this payment {left} đồng are left to be given back.")


class RefundChanged(DomainError):
    """More or less is asked to be given back than the person saw."""

    code = "payments.refund_changed"
    message = msgid("By now {waiting} đồng are asked to be given back. Look at it again, then decide.")


@transaction.atomic
def ask_refund(
    payment_code: str, *, amount_dong: int, reason: str, actor: Actor, left_seen: int | None = None
) -> None:
    """Ask that a payment, or a part of it, be given back; raises RefundRefused when it is more than is left.

    ``left_seen`` is what the page said is left: of two clicks the second finds another amount and is refused.
    """
    payment = _locked(payment_code, actor=actor)
    request = payment.request
    if not permissions.may_refund(actor, payment, *permissions.MAY_TAKE, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    if not clean_text(reason):
        message = msgid("Say why the money is given back.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    left = payment.amount_dong - _asked(payment)
    if not 0 < amount_dong <= left or left_seen not in {None, left}:
        raise RefundRefused(left=left)
    Refund.objects.create(
        payment=payment,
        amount_dong=amount_dong,
        reason=clean_text(reason),
        asked_at=clock().now(),
        asked_by=actor.username,
    )
    _tell(request, payment, "payment.refund_asked", amount_dong=amount_dong, actor=actor)


@transaction.atomic
def do_refund(payment_code: str, *, reference: str, actor: Actor, waiting_seen: int | None = None) -> None:
    """Record that what was asked for has been given back; never by the person who asked.

    ``waiting_seen`` is how much the page said is asked for; raises RefundChanged when it is another amount by now.
    """
    payment = _locked(payment_code, actor=actor)
    request = payment.request
    if not permissions.may_refund(actor, payment, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    waiting = list(payment.refunds.filter(done_at__isnull=True))
    if not waiting:
        raise RefundRefused(left=payment.amount_dong - _asked(payment))
    if any(refund.asked_by == actor.username for refund in waiting):
        raise NotAllowed(right="payments.refund_of_own", unit=request.unit_code)
    given = sum(refund.amount_dong for refund in waiting)
    if waiting_seen not in {None, given}:
        raise RefundChanged(waiting=given)
    now = clock().now()
    for refund in waiting:
        refund.done_at, refund.done_by, refund.reference = now, actor.username, clean_text(reference)
        refund.save(update_fields=["done_at", "done_by", "reference"])
    if payment.counts and _done(payment) == payment.amount_dong:
        request.state = RequestState.REFUNDED.value
        request.save(update_fields=["state"])
        told = {"request": request.code, "dossier_code": request.dossier_code}
        publish(REFUNDED, request.code, told)
    _tell(request, payment, "payment.refunded", amount_dong=given, actor=actor)


@transaction.atomic
def turn_down_refund(payment_code: str, *, reason: str, actor: Actor) -> None:
    """Give back no more of what was asked for and not done yet (không hoàn trả): the head, or whoever asked.

    What was asked for is gone from the payment, and may be asked for anew. The reason is kept beside the payment; the
    ledger tells the amount and by whom.
    """
    payment = _locked(payment_code, actor=actor)
    request, waiting = payment.request, payment.refunds.filter(done_at__isnull=True)
    is_own = all(refund.asked_by == actor.username for refund in waiting)
    if not is_own and not permissions.may_refund(actor, payment, *permissions.MAY_REFUND):
        raise NotAllowed(right="payments", unit=request.unit_code)
    if not clean_text(reason):
        message = msgid("Say why the money is not given back.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    amount = sum(refund.amount_dong for refund in waiting)
    if not amount:
        raise RefundRefused(left=payment.amount_dong - _asked(payment))
    waiting.delete()
    payment.refused_refunds.create(
        amount_dong=amount, reason=clean_text(reason), refused_at=clock().now(), refused_by=actor.username
    )
    _tell(request, payment, "payment.refund_turned_down", amount_dong=amount, actor=actor)


def _locked(payment_code: str, *, actor: Actor) -> Payment:
    """The payment with its request locked, or NotFound."""
    found = Payment.objects.filter(code=payment_code, request__in=visible_to(actor)).first()
    if found is None:
        raise NotFound(kind="payment", key=payment_code)
    found.request = FeeRequest.objects.select_for_update().get(pk=found.request_id)
    return found


def _asked(payment: Payment) -> int:
    return payment.refunds.aggregate(total=Sum("amount_dong"))["total"] or 0


def _done(payment: Payment) -> int:
    return payment.refunds.filter(done_at__isnull=False).aggregate(total=Sum("amount_dong"))["total"] or 0


def _tell(request: FeeRequest, payment: Payment, verb: str, *, amount_dong: int, actor: Actor) -> None:
    publish(CHANGED, payment.code, {"codes": [payment.code]})
    data = {"payment": payment.code, "amount_dong": amount_dong}
    record(
        actor, verb, kind="payment", key=request.code, unit_code=request.unit_code, data=sealed(request, data)
    )

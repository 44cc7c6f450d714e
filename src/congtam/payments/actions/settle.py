"""Money comes in (ghi nhận thanh toán): whatever happens, it is recorded once and settles its request once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import connection, transaction

from congtam.foundation.public import Actor, clock, publish, record
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments import permissions
from congtam.payments.actions.requests import RequestNotOpen, new_code
from congtam.payments.domain.notices import PaymentNotice
from congtam.payments.models import FeeRequest, Payment, RequestState, Way
from congtam.payments.queries import get_visible
from congtam.payments.seals import add_request_seal

SETTLED: Final = "payments.settled"
CHANGED: Final = "payments.changed"
_NEXT_RECEIPT: Final = (
    "INSERT INTO payments_receiptcounter AS c (unit_code, year, last) VALUES (%s, %s, 1)"
    " ON CONFLICT (unit_code, year) DO UPDATE SET last = c.last + 1 RETURNING last"
)


class SettlementOutcome(StrEnum):
    """What became of money that came in."""

    SETTLED = "settled"
    REPEATED = "repeated"
    SURPLUS = "surplus"
    AMOUNT_DIFFERS = "amount_differs"
    UNKNOWN_REQUEST = "unknown_request"


@dataclass(frozen=True, kw_only=True)
class _ReceivedMoney:
    way: Way
    amount_dong: int
    paid_at: datetime
    gateway: str = ""
    reference: str = ""
    counter: str = ""


@transaction.atomic
def pay_cash(request_code: str, *, amount_dong: int, actor: Actor, paid_at: datetime | None = None) -> str:
    """Take cash at the desk (thu tiền mặt) and give a receipt number; the amount must be the one asked for.

    The counter of the unit that asks takes it, or the one where the dossier was handed in; that counter holds the
    money. ``paid_at`` is when it was taken, if that was before now.
    """
    visible_request = get_visible(request_code, to=actor)
    counter = permissions.choose_counter(actor, visible_request)
    request = FeeRequest.objects.select_for_update().get(pk=visible_request.pk)
    if request.state != RequestState.OPEN:
        raise RequestNotOpen(request=request.code)
    if amount_dong != request.amount_dong:
        problem = Problem(
            code="amount_differs",
            message=msgid("The amount due is {expected} đồng, not {received} đồng."),
            data={"expected": request.amount_dong, "received": amount_dong},
            column="amount_dong",
        )
        raise InputRefused([problem])
    now = clock().now()
    money = _ReceivedMoney(
        way=Way.CASH, amount_dong=amount_dong, paid_at=min(paid_at or now, now), counter=counter
    )
    payment = _record_payment(request, money, counts=True, actor=actor)
    return payment.receipt_number


@transaction.atomic
def settle(notice: PaymentNotice, *, gateway: str, actor: Actor) -> SettlementOutcome:
    """Record a payment a gateway tells of; the request's row lock makes every repetition find the first one.

    The caller has checked that the notice is the gateway's: by its signature, or by who reads in its daily file.
    """
    request = FeeRequest.objects.select_for_update().filter(code=notice.request_code).first()
    if request is None:
        return SettlementOutcome.UNKNOWN_REQUEST
    if Payment.objects.filter(gateway=gateway, reference=notice.reference).exists():
        return SettlementOutcome.REPEATED
    money = _ReceivedMoney(
        way=Way.ONLINE,
        amount_dong=notice.amount_dong,
        paid_at=min(notice.paid_at, clock().now()),
        gateway=gateway,
        reference=notice.reference,
    )
    counts = request.state == RequestState.OPEN and notice.amount_dong == request.amount_dong
    _record_payment(request, money, counts=counts, actor=actor)
    if counts:
        return SettlementOutcome.SETTLED
    return (
        SettlementOutcome.SURPLUS if request.state != RequestState.OPEN else SettlementOutcome.AMOUNT_DIFFERS
    )


def _record_payment(request: FeeRequest, money: _ReceivedMoney, *, counts: bool, actor: Actor) -> Payment:
    payment = Payment.objects.create(
        code=new_code("TT"),
        request=request,
        way=money.way.value,
        gateway=money.gateway,
        reference=money.reference,
        amount_dong=money.amount_dong,
        paid_at=money.paid_at,
        recorded_at=clock().now(),
        recorded_by=actor.username,
        counts=counts,
        receipt_number=_next_receipt_number(money.counter or request.unit_code, money) if counts else "",
        counter_unit_code=money.counter,
    )
    if counts:
        request.state, request.settled_at = RequestState.PAID.value, money.paid_at
        request.save(update_fields=["state", "settled_at"])
        publish(SETTLED, request.code, _settled_payload(request, money))
    publish(CHANGED, payment.code, {"codes": [payment.code]})
    data = {"payment": payment.code, "way": payment.way, "amount_dong": payment.amount_dong, "counts": counts}
    if money.counter not in {"", request.unit_code}:
        data["counter"] = money.counter
    record(
        actor,
        "payment.received",
        kind="payment",
        key=request.code,
        unit_code=request.unit_code,
        data=add_request_seal(request, data),
    )
    return payment


def _settled_payload(request: FeeRequest, money: _ReceivedMoney) -> dict[str, object]:
    return {
        "request": request.code,
        "dossier_code": request.dossier_code,
        "way": money.way.value,
        "amount_dong": money.amount_dong,
        "paid_at": money.paid_at.isoformat(),
    }


def _next_receipt_number(unit_code: str, money: _ReceivedMoney) -> str:
    """The next number of the books of the counter that took it, or of the unit a transfer went to."""
    year = money.paid_at.astimezone(LOCAL).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_RECEIPT, [unit_code, year])
        return f"{unit_code}-{year}-{cursor.fetchone()[0]:06}"

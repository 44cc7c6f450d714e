"""Payments that came through gateways, for comparing the books (khoản thanh toán trực tuyến), and what a payer sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from congtam.foundation.public import Actor
from congtam.kernel.clock import LOCAL
from congtam.payments.labels import STATES
from congtam.payments.models import FeeRequest, Payment, RequestState, Way
from congtam.payments.queries import requests_visible_to
from congtam.ui.public import Label


@dataclass(frozen=True, kw_only=True)
class OnlinePayment:
    """A payment as our books hold it, under the gateway's own number."""

    reference: str
    request_code: str
    unit_code: str
    amount_dong: int


@dataclass(frozen=True, kw_only=True)
class PayableRequest:
    """What a payer who has the code of a fee request may see of it, without an account."""

    code: str
    amount_dong: int
    reason: str
    is_open: bool
    state: Label


def online_payment(gateway: str, reference: str, *, to: Actor) -> OnlinePayment | None:
    """The payment with a gateway's number; at most one for all time."""
    payment = _online_payments(to).filter(gateway=gateway, reference=reference).first()
    return _payment_view(payment) if payment else None


def online_payments(gateway: str, day: date, *, to: Actor) -> list[OnlinePayment]:
    """The payments of a day that came through a gateway."""
    start = _start_of_day(day)
    payments = _online_payments(to).filter(
        gateway=gateway, paid_at__gte=start, paid_at__lt=start + timedelta(days=1)
    )
    return [_payment_view(payment) for payment in payments.order_by("pk")]


def online_payment_counts(since: date, *, to: Actor) -> dict[tuple[str, date], int]:
    """How many payments came through each gateway on each day from a day on; days without any are left out."""
    by_day = (
        _online_payments(to)
        .filter(paid_at__gte=_start_of_day(since))
        .values("gateway", day=TruncDate("paid_at", tzinfo=LOCAL))
        .annotate(count=Count("pk"))
    )
    return {(row["gateway"], row["day"]): row["count"] for row in by_day}


def has_online_payments_before(gateway: str, day: date, *, to: Actor) -> bool:
    """Whether anything came through a gateway before a day."""
    return _online_payments(to).filter(gateway=gateway, paid_at__lt=_start_of_day(day)).exists()


def unit_of_request(code: str, *, to: Actor) -> str:
    """The code of the unit that asks for a fee; empty for a request the actor does not see."""
    unit_codes = requests_visible_to(to).filter(code=code).values_list("unit_code", flat=True)
    return unit_codes.first() or ""


def find_payable_request(code: str) -> PayableRequest | None:
    """The request of a code, which nobody guesses: whoever has it may pay it."""
    row = FeeRequest.objects.filter(code=code).first()
    if row is None:
        return None
    return PayableRequest(
        code=row.code,
        amount_dong=row.amount_dong,
        reason=row.reason,
        is_open=row.state == RequestState.OPEN,
        state=STATES[row.state],
    )


def _online_payments(actor: Actor) -> QuerySet[Payment]:
    payments = Payment.objects.filter(way=Way.ONLINE, request__in=requests_visible_to(actor))
    return payments.select_related("request")


def _payment_view(row: Payment) -> OnlinePayment:
    return OnlinePayment(
        reference=row.reference,
        request_code=row.request.code,
        unit_code=row.request.unit_code,
        amount_dong=row.amount_dong,
    )


def _start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)

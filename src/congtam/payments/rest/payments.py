"""Fee requests and what came in on them, over the API (phí, lệ phí): the list, one of them, giving money back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.paging import After, Limit, Page, page
from congtam.api.responses import json_response
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import NotFound
from congtam.payments import permissions
from congtam.payments.actions.refunds import complete_refund, refuse_refund, request_refund
from congtam.payments.models import FeeRequest, Payment
from congtam.payments.queries import get_visible, list_requests

router = Router(tags=["fees"])
FreeText = Annotated[str, Field(max_length=500)]
State = Literal["open", "paid", "cancelled", "refunded"]


class FeeRequestOut(Schema):
    """A fee request; texts written by people are empty where you may not read them."""

    code: str
    dossier_code: str
    unit_code: str
    counter_unit_code: str = Field(description="Another unit whose counter may take the cash too.")
    amount_dong: int
    reason: str
    state: State
    requested_at: datetime
    due_at: datetime | None
    settled_at: datetime | None
    closing_reason: str


class FeeRequestList(Page):
    """Fee requests, the latest first."""

    items: list[FeeRequestOut]


class RefundOut(Schema):
    """A refund, requested or completed."""

    amount_dong: int
    reason: str
    requested_at: datetime
    requested_by: str
    done_at: datetime | None
    done_by: str
    reference: str


class PaymentOut(Schema):
    """Money that came in; at most one payment of a request counts."""

    code: str
    way: Literal["cash", "online"]
    gateway: str
    reference: str
    amount_dong: int
    paid_at: datetime
    counts: bool
    receipt_number: str
    counter_unit_code: str
    refunds: list[RefundOut]


class FeeRequestDetail(FeeRequestOut):
    """A fee request with its payments and refunds."""

    payments: list[PaymentOut]


class FeeListQuery(Schema):
    """Which part of the list."""

    state: State | Literal["surplus"] | None = Field(
        None, description="surplus: it has a payment that settles nothing and must be refunded."
    )
    q: str = Field("", max_length=60, description="The beginning of the request's or the dossier's code.")
    after: After = ""
    limit: Limit = 50


class RefundIn(Schema, extra="forbid"):
    """How much to refund, and why."""

    amount_dong: Annotated[int, Field(gt=0, le=10**12)] = Field(examples=[8000])
    reason: FreeText = Field(examples=["Nộp hai lần"])


class RefundRefusalIn(Schema, extra="forbid"):
    """Why the money is not refunded."""

    reason: FreeText = Field(examples=["Không có căn cứ"])


class RefundCompletionIn(Schema, extra="forbid"):
    """How the money was refunded."""

    reference: FreeText = Field("", examples=["PC-0012"])
    amount_dong: Annotated[int, Field(gt=0, le=10**12)] | None = Field(
        None,
        description="The requested amount you saw; when it is another amount by now, nothing is done.",
    )


@router.get("", response=FeeRequestList)
def list_fee_requests(request: HttpRequest, query: Annotated[FeeListQuery, Query()]) -> HttpResponse:
    """The fee requests you may see."""
    actor = actor_of(request)
    request_page = list_requests(
        to=actor, state=query.state or "", text=query.q, after=query.after or None, limit=query.limit
    )
    rows = [_serialize_request(row, to=actor) for row in request_page.rows]
    return json_response(page(request, rows, next_after=request_page.next_after))


@router.get("/{fee}", response=FeeRequestDetail)
def read_fee_request(request: HttpRequest, fee: str) -> HttpResponse:
    """One fee request with its payments and refunds."""
    return _answer_request(fee, to=actor_of(request))


@router.post("/{fee}/payments/{payment}/refunds", response=FeeRequestDetail)
@idempotent
def request_fee_refund(request: HttpRequest, *, fee: str, payment: str, body: RefundIn) -> HttpResponse:
    """Request a refund of a payment, or of a part of it; another person carries it out."""
    actor = actor_of(request)
    _require_own(fee, payment, actor=actor)
    request_refund(payment, amount_dong=body.amount_dong, reason=body.reason, actor=actor)
    return _answer_request(fee, to=actor)


@router.post("/{fee}/payments/{payment}/refunds/completion", response=FeeRequestDetail)
@idempotent
def complete_fee_refund(
    request: HttpRequest, *, fee: str, payment: str, body: RefundCompletionIn
) -> HttpResponse:
    """Record that the requested refunds of a payment were paid out; never by the person who requested them."""
    actor = actor_of(request)
    _require_own(fee, payment, actor=actor)
    complete_refund(payment, reference=body.reference, actor=actor, expected_pending_dong=body.amount_dong)
    return _answer_request(fee, to=actor)


@router.post("/{fee}/payments/{payment}/refunds/refusal", response=FeeRequestDetail)
@idempotent
def refuse_fee_refund(request: HttpRequest, *, fee: str, payment: str, body: RefundRefusalIn) -> HttpResponse:
    """Refuse the requested refunds of a payment that are not completed: the head of the unit, or whoever requested."""
    actor = actor_of(request)
    _require_own(fee, payment, actor=actor)
    refuse_refund(payment, reason=body.reason, actor=actor)
    return _answer_request(fee, to=actor)


def _require_own(fee: str, payment: str, *, actor: Actor) -> None:
    if not get_visible(fee, to=actor).payments.filter(code=payment).exists():
        raise NotFound(kind="payment", key=payment)


def _answer_request(fee: str, *, to: Actor) -> HttpResponse:
    fee_request = get_visible(fee, to=to)
    is_readable = permissions.may_read_reason(to, fee_request)
    payments = fee_request.payments.order_by("pk").prefetch_related("refunds")
    serialized = [_serialize_payment(row, is_readable=is_readable) for row in payments]
    return json_response({**_serialize_request(fee_request, to=to), "payments": serialized})


def _serialize_request(row: FeeRequest, *, to: Actor) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in FeeRequestOut.model_fields}
    if not permissions.may_read_reason(to, row):
        fields |= {"reason": "", "closing_reason": ""}
    return fields


def _serialize_payment(row: Payment, *, is_readable: bool) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in PaymentOut.model_fields if name != "refunds"}
    withheld = {} if is_readable else {"reason": "", "reference": ""}
    refunds = [
        {name: getattr(refund, name) for name in RefundOut.model_fields} | withheld
        for refund in sorted(row.refunds.all(), key=lambda refund: refund.pk)
    ]
    return {**fields, "refunds": refunds}

"""The fees of a dossier over the API (phí, lệ phí của hồ sơ)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.responses import json_response
from congtam.dossiers.detail.rest.detail import FeeOut
from congtam.dossiers.fees.domain.fees import OPEN
from congtam.dossiers.handling.bodies import ReasonBody
from congtam.dossiers.intake.rest.receipts import StrictSchema
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import NotFound
from congtam.payments.public import (
    ONLINE_PAYMENT,
    FeeRequestView,
    NoBankAccount,
    cancel,
    fee_requests,
    pay_cash,
    vietqr,
)

router = Router(tags=["fees"])


class FeeLinkOut(FeeOut):
    """A fee request and, while it is open, the ways to pay it."""

    link: str = Field(description="Where it is paid online; empty where no gateway is set up.")
    vietqr: str = Field(description="The text of a VietQR code; empty where the unit has no bank account.")


class FeeList(Schema):
    """The fee requests of a dossier, oldest first."""

    items: list[FeeLinkOut]


class CashIn(StrictSchema):
    """The cash received; it must be the amount due."""

    amount_dong: Annotated[int, Field(gt=0, le=10**12)]


@router.get("/{code}/fees", response=FeeList)
def list_fees(request: HttpRequest, code: str) -> HttpResponse:
    """What is to be paid for a dossier, and how."""
    return json_response(
        {"items": [_serialize_fee(one) for one in _visible_fees(code, to=actor_of(request)).values()]}
    )


@router.post("/{code}/fees/{fee}/payments", response=FeeList)
@idempotent
def pay_fee_in_cash(request: HttpRequest, *, code: str, fee: str, body: CashIn) -> HttpResponse:
    """Take the fee in cash."""
    actor = actor_of(request)
    pay_cash(_require_fee(fee, code, actor=actor), amount_dong=body.amount_dong, actor=actor)
    return list_fees(request, code)


@router.post("/{code}/fees/{fee}/cancellation", response=FeeList)
@idempotent
def cancel_fee(request: HttpRequest, *, code: str, fee: str, body: ReasonBody) -> HttpResponse:
    """Cancel a fee request that nobody has paid."""
    actor = actor_of(request)
    cancel(_require_fee(fee, code, actor=actor), reason=body.reason, actor=actor)
    return list_fees(request, code)


def _visible_fees(code: str, *, to: Actor) -> Mapping[str, FeeRequestView]:
    dossier = get_visible(code, to=to)
    return {one.code: one for one in fee_requests([dossier.code], to=to)}


def _require_fee(fee: str, code: str, *, actor: Actor) -> str:
    if fee not in _visible_fees(code, to=actor):
        raise NotFound(kind="fee request", key=fee)
    return fee


def _serialize_fee(one: FeeRequestView) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in FeeOut.model_fields}
    if one.state != OPEN:
        return {**values, "link": "", "vietqr": ""}
    try:
        code = vietqr(one.code)
    except NoBankAccount:
        code = ""
    return {**values, "link": ONLINE_PAYMENT.url(one.code), "vietqr": code}

"""Asking for a fee, and no longer asking (yêu cầu nộp phí)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from congtam.foundation.public import Actor, clock, publish, record
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.payments import permissions
from congtam.payments.models import FeeRequest, RequestState
from congtam.payments.queries import get_visible
from congtam.payments.seals import REQUESTED_VERB, add_request_seal

CANCELLED: Final = "payments.cancelled"
_CODE_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH: Final = 10


class RequestNotOpen(DomainError):
    """A fee request that is paid, cancelled or refunded."""

    code = "payments.request_not_open"
    message = msgid("Fee request {request} is no longer open.")


def new_code(prefix: str) -> str:
    """A code nobody guesses and everybody can type: it stands in the purpose of a transfer."""
    return prefix + "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


@transaction.atomic
def request_fee(
    *,
    dossier_code: str,
    unit_code: str,
    amount_dong: int,
    reason: str,
    actor: Actor,
    due_at: datetime | None = None,
    counter_unit_code: str = "",
) -> str:
    """Ask for a fee in a dossier (yêu cầu nộp phí); the caller has checked the actor's right over the dossier.

    ``counter_unit_code`` is where the dossier was handed in: that counter may take the cash as well.
    """
    if amount_dong <= 0:
        message = msgid("The amount must be more than 0 đồng.")
        raise InputRefused([Problem(code="amount_not_positive", message=message, column="amount_dong")])
    request = FeeRequest.objects.create(
        code=new_code("CT"),
        dossier_code=dossier_code,
        unit_code=unit_code,
        counter_unit_code="" if counter_unit_code == unit_code else counter_unit_code,
        amount_dong=amount_dong,
        reason=clean_text(reason),
        requested_at=clock().now(),
        requested_by=actor.username,
        due_at=due_at,
    )
    data = {"dossier": dossier_code, "amount_dong": amount_dong}
    record(actor, REQUESTED_VERB, kind="payment", key=request.code, unit_code=unit_code, data=data)
    return request.code


@transaction.atomic
def cancel(request_code: str, *, reason: str, actor: Actor) -> None:
    """Ask for it no longer (hủy yêu cầu nộp phí): the unit that asks, or the person who did; with a reason."""
    fee_request = get_visible(request_code, to=actor)
    if not permissions.may_cancel(actor, fee_request):
        raise NotAllowed(right="payments", unit=fee_request.unit_code)
    if not clean_text(reason):
        message = msgid("Enter the reason for the waiver.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    cancel_unchecked(request_code, reason=reason, actor=actor)


@transaction.atomic
def cancel_unchecked(request_code: str, *, reason: str, actor: Actor) -> None:
    """Cancel a request; the caller has checked the actor's right over the dossier. Raises RequestNotOpen."""
    request = FeeRequest.objects.select_for_update().get(code=request_code)
    if request.state != RequestState.OPEN:
        raise RequestNotOpen(request=request.code)
    request.state, request.closing_reason = RequestState.CANCELLED.value, clean_text(reason)
    request.save(update_fields=["state", "closing_reason"])
    payload = {"request": request.code, "dossier_code": request.dossier_code, "by": actor.username}
    publish(CANCELLED, request.code, payload)
    record(
        actor,
        "payment.cancelled",
        kind="payment",
        key=request.code,
        unit_code=request.unit_code,
        data=add_request_seal(request),
    )


def lock_requests(dossier_code: str) -> None:
    """Take the locks of all requests of a dossier at once, before the first of them is paid or cancelled.

    Whoever settles several one after the other holds the ledger from the first on, and would wait in a ring.
    """
    rows = FeeRequest.objects.filter(dossier_code=dossier_code).order_by("pk")
    list(rows.select_for_update().values_list("pk"))

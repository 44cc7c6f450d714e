"""Taking the fee of a dossier in cash at the desk (thu phí, lệ phí tại Một cửa)."""

from __future__ import annotations

from django.db import transaction

from congtam.dossiers.actions.fees import confirm_payment
from congtam.dossiers.domain.states import Payment
from congtam.dossiers.models import Dossier
from congtam.foundation.public import Actor
from congtam.payments.public import fee_requests, pay_cash


@transaction.atomic
def confirm_paid(code: str, *, way: str, actor: Actor, version: int | None = None) -> Dossier:
    """Note that the fee was paid; cash settles the requests that are open, so that the books of both agree."""
    dossier = confirm_payment(code, way=way, actor=actor, version=version)
    if way == Payment.CASH:
        for request in fee_requests([code], to=actor):
            if request.state == "open":
                pay_cash(request.code, amount_dong=request.amount_dong, actor=actor)
    return dossier

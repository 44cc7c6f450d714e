"""Noting by hand that a fee was paid (xác nhận đã nộp phí, lệ phí tại Một cửa)."""

from __future__ import annotations

from congtam.dossiers.actions.fees import confirm_payment
from congtam.dossiers.domain.states import Payment
from congtam.dossiers.models import Dossier
from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments.public import fee_requests


def confirm_paid(code: str, *, way: str, actor: Actor, version: int | None = None) -> Dossier:
    """Note that the fee was paid; what is asked for in a request and paid online is told by the bank, never by hand."""
    is_asked = any(request.state == "open" for request in fee_requests([code], to=actor))
    if is_asked and way != Payment.CASH:
        message = msgid("An online payment of a request confirms itself when the bank tells of it.")
        raise InputRefused([Problem(code="online_confirms_itself", message=message, column="way")])
    return confirm_payment(code, way=way, actor=actor, version=version)

"""What becomes of fee requests when their dossier ends or cash is taken (yêu cầu nộp phí đang mở)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import Payment, State
from congtam.dossiers.models import Dossier
from congtam.foundation.public import Actor, system_actor
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.payments.public import FeeRequestView, cancel, fee_requests, pay_cash

_OPEN: Final = "open"


def cancel_open(dossier: Dossier, *, reason: str) -> None:
    """Nobody pays for what ended without a result."""
    actor = system_actor("dossiers")
    for request in _open_of(dossier):
        cancel(request.code, reason=reason, actor=actor)


def require_payable(dossier: Dossier, *, way: str, request: str, actor: Actor) -> None:
    """Raise InputRefused when a person says paid of what must be told by the bank, or is asked for elsewhere."""
    asked = _open_of(dossier)
    if request and request not in {each.code for each in asked}:
        raise NotFound(kind="fee request", key=request)
    if not asked and dossier.state != State.AWAITING_PAYMENT:
        message = msgid("No fee is open in this dossier.")
        raise InputRefused([Problem(code="no_fee_open", message=message, column="way")])
    if asked and way != Payment.CASH:
        message = msgid("An online payment of a request confirms itself when the bank tells of it.")
        raise InputRefused([Problem(code="online_confirms_itself", message=message, column="way")])
    own = {each.code for each in fee_requests([dossier.code], to=actor)}
    if any(each.code not in own and request in {"", each.code} for each in asked):
        message = msgid("Another office asks for this fee: it is paid there, or online.")
        raise InputRefused([Problem(code="fee_of_other_office", message=message, column="way")])


def take_cash(dossier: Dossier, *, request: str, actor: Actor) -> None:
    """Settle with cash what is asked for in a dossier; with ``request`` only that one."""
    for asked in _open_of(dossier):
        if request in {"", asked.code}:
            pay_cash(asked.code, amount_dong=asked.amount_dong, actor=actor)


def _open_of(dossier: Dossier) -> list[FeeRequestView]:
    """All that is asked for, also by offices the actor does not see."""
    found = fee_requests([dossier.code], to=system_actor("dossiers"))
    return [request for request in found if request.state == _OPEN]

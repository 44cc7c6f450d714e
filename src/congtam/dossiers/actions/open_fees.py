"""What becomes of fee requests when their dossier ends or cash is taken (yêu cầu nộp phí đang mở)."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.models import Dossier
from congtam.foundation.public import Actor, system_actor
from congtam.payments.public import cancel, fee_requests, pay_cash

_OPEN: Final = "open"


def cancel_open(dossier: Dossier, *, reason: str) -> None:
    """Nobody pays for what ended without a result."""
    actor = system_actor("dossiers")
    for request in fee_requests([dossier.code], to=actor):
        if request.state == _OPEN:
            cancel(request.code, reason=reason, actor=actor)


def take_cash(dossier: Dossier, *, request: str, actor: Actor) -> None:
    """Settle with cash what is asked for in a dossier; with ``request`` only that one."""
    for asked in fee_requests([dossier.code], to=actor):
        if asked.state == _OPEN and request in {"", asked.code}:
            pay_cash(asked.code, amount_dong=asked.amount_dong, actor=actor)

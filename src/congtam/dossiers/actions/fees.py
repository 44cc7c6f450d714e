"""Asking for a fee, and learning that it was paid (nghĩa vụ tài chính)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from congtam.dossiers.actions.changing import Change, changing
from congtam.dossiers.actions.open_fees import require_payable, take_cash
from congtam.dossiers.actions.reasons import said
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import Ground, Payment, State
from congtam.dossiers.models import Dossier, Letter, LetterKind
from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments.public import request_fee

MOST_DONG: Final = 10**12


def ask_payment(
    code: str, *, amount_dong: int, reason: str, actor: Actor, version: int | None = None
) -> Dossier:
    """Ask the applicant for a payment that handling depends on; the clock stands still until it is paid."""
    why = said(reason)
    if not 0 < amount_dong <= MOST_DONG:
        message, data = msgid("The amount must lie between 1 and {most} đồng."), {"most": MOST_DONG}
        raise InputRefused(
            [Problem(code="amount_impossible", message=message, data=data, column="amount_dong")]
        )
    with changing(code, Verb.ASK_PAYMENT, actor=actor, version=version) as change:
        request = _request_fee(change.dossier, amount_dong=amount_dong, reason=why, actor=actor)
        content = {"amount_dong": amount_dong, "reason": why, "request": request}
        letter = change.write_letter(LetterKind.PAYMENT, content)
        change.stop_clock(Ground.PAYMENT, note=letter.number)
        change.dossier.payment = Payment.UNKNOWN.value
        change.data |= {"amount_dong": amount_dong, "request": request}
    return change.dossier


def confirm_payment(
    code: str,
    *,
    way: str,
    actor: Actor,
    paid_at: datetime | None = None,
    request: str = "",
    version: int | None = None,
) -> Dossier:
    """Note that a fee was paid, in cash or online; a dossier that waited for it goes on from ``paid_at``.

    With ``request`` only the dossier's wait for that very request ends. Cash that a person takes settles the requests
    in the books of payments too; what is paid online of a request only payments itself can tell.
    """
    if way not in {Payment.CASH, Payment.ONLINE}:
        message = msgid("A fee is paid in cash or online.")
        raise InputRefused([Problem(code="way_unknown", message=message, column="way")])
    with changing(code, Verb.CONFIRM_PAYMENT, actor=actor, version=version) as change:
        if not actor.is_console:
            _require_sound_instant(paid_at, change)
            require_payable(change.dossier, way=way, request=request, actor=actor)
        waiting = Letter.objects.filter(
            dossier=change.dossier, kind=LetterKind.PAYMENT, answered_at__isnull=True
        ).first()
        change.data |= {"way": way, "request": request}
        if waiting and request and waiting.content.get("request") != request:
            change.dossier.state = State.AWAITING_PAYMENT.value
            return change.dossier
        change.dossier.payment = way
        if way == Payment.CASH and not actor.is_console:
            take_cash(change.dossier, request=request, actor=actor)
        if waiting:
            waiting.answered_at, waiting.answered_by = change.now, actor.username
            waiting.answer = {"way": way, "paid_at": (paid_at or change.now).isoformat()}
            waiting.save(update_fields=["answered_at", "answered_by", "answer"])
            change.start_clock(ground=Ground.PAYMENT, note=waiting.number, at=paid_at)
    return change.dossier


def _require_sound_instant(paid_at: datetime | None, change: Change) -> None:
    """Nobody pays before the dossier is received, or ahead of time."""
    if paid_at is None or (paid_at.tzinfo and change.dossier.received_at <= paid_at <= change.now):
        return
    message = msgid("The time of payment must lie between the receipt of the dossier and now.")
    raise InputRefused([Problem(code="paid_at_impossible", message=message, column="paid_at")])


def _request_fee(dossier: Dossier, *, amount_dong: int, reason: str, actor: Actor) -> str:
    return request_fee(
        dossier_code=dossier.code,
        unit_code=dossier.unit_code,
        amount_dong=amount_dong,
        reason=reason,
        actor=actor,
    )

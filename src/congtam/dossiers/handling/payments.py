"""Asking for a fee, asking no longer, and learning that it was paid (nghĩa vụ tài chính).

Whether and how a fee was paid stands in the books of payments; a dossier only ever follows them (`_go_on`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import PAYMENT_WAIVED, Ground, Payment, State
from congtam.dossiers.fees.domain.fees import OPEN, PAID
from congtam.dossiers.fees.open_fees import fees_of, follow_books, require_payable, take_cash
from congtam.dossiers.handling.changing import Change, changing
from congtam.dossiers.handling.domain.guards import NothingToPay
from congtam.dossiers.models import DeskRecord, Dossier, Letter, LetterKind
from congtam.dossiers.record.reasons import noted, said
from congtam.foundation.public import Actor, system_actor
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.payments.public import FeeRequestView, RequestNotOpen, drop_request, request_fee

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
        request = _request_fee(change, amount_dong=amount_dong, reason=why)
        content = {"amount_dong": amount_dong, "reason": why, "request": request}
        letter = change.write_letter(LetterKind.PAYMENT, content)
        change.stop_clock(Ground.PAYMENT, note=letter.number)
        follow_books(change.dossier)
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
    """Take the fee in cash; a dossier that waited for it goes on from ``paid_at``, else from now.

    With ``request`` only that one is taken. What is paid online only payments itself can tell: until a dossier has
    heard of it, "online" brings it in line with the books.
    """
    if way not in {Payment.CASH, Payment.ONLINE}:
        message = msgid("A fee is paid in cash or online.")
        raise InputRefused([Problem(code="way_unknown", message=message, column="way")])
    with changing(code, Verb.CONFIRM_PAYMENT, actor=actor, version=version) as change:
        _require_sound_instant(paid_at, change)
        require_payable(change.dossier, way=way, request=request, actor=actor)
        if way == Payment.CASH:
            take_cash(change.dossier, request=request, actor=actor, paid_at=paid_at)
        change.data |= {"way": way, "request": request}
        _go_on(change)
    return change.dossier


def waive_payment(
    code: str, *, reason: str, actor: Actor, legal: str = "", version: int | None = None
) -> Dossier:
    """Ask no longer for the payment the dossier waits for (thôi yêu cầu nghĩa vụ tài chính); the clock runs again.

    ``legal`` is the ground in law, if there is one. Raises RequestNotOpen when it was paid in the meantime.
    """
    why, ground = said(reason), noted(legal, column="legal", longest=500)
    with changing(code, Verb.WAIVE_PAYMENT, actor=actor, version=version) as change:
        letter = _waited_for(change.dossier)
        _drop(change, letter.content["request"] if letter else "", reason=why)
        _go_on(change, why=why, legal=ground)
    return change.dossier


@transaction.atomic
def follow_payment(code: str, *, request: str) -> Dossier:
    """Bring a dossier in line with what the books say of a request: paid, cancelled or given back.

    Raises NothingToPay when the dossier knows it already: a message may be told again. Long after the end it is only
    noted, and nothing is opened again.
    """
    desk = DeskRecord.objects.select_for_update(of=("self",)).select_related("dossier")
    found = desk.filter(dossier__code=code).first()
    fee = next((fee for fee in fees_of(found.dossier) if fee.code == request), None) if found else None
    if found is None or fee is None:
        raise NothingToPay(dossier=code)
    verb = _verb_for(found.dossier, fee)
    with changing(code, verb, actor=system_actor("payments")) as change:
        change.data |= {"request": request, "fee": fee.state}
        if not _go_on(change, why=fee.closing_reason):
            raise NothingToPay(dossier=code)
    return change.dossier


def _verb_for(dossier: Dossier, fee: FeeRequestView) -> Verb:
    """What the news comes to: a wait that ends, a fee that is paid, or a mere note."""
    letter = _waited_for(dossier)
    is_waited_for = letter is not None and letter.content.get("request") == fee.code
    if is_waited_for and fee.state != OPEN:
        return Verb.CONFIRM_PAYMENT if fee.state == PAID else Verb.WAIVE_PAYMENT
    return Verb.NOTE_PAYMENT


def _go_on(change: Change, *, why: str = "", legal: str = "") -> bool:
    """Bring fee, way of payment and clock in line with the books; whether that changed anything."""
    is_news = follow_books(change.dossier)
    letter = _waited_for(change.dossier)
    if letter is None:
        return is_news
    fee = next((fee for fee in fees_of(change.dossier) if fee.code == letter.content.get("request")), None)
    if fee is not None and fee.state == OPEN:
        change.dossier.state = State.AWAITING_PAYMENT.value
        return is_news
    if fee is not None and fee.state == PAID:
        _answer(change, letter, {"way": fee.way, "paid_at": fee.paid_at.isoformat() if fee.paid_at else ""})
        change.start_clock(ground=Ground.PAYMENT, note=letter.number, at=fee.paid_at)
    else:
        _answer(change, letter, {"waived": True, "reason": why, "legal": legal})
        change.start_clock(
            ground=Ground.PAYMENT, note=letter.number, told={"note": PAYMENT_WAIVED, "legal": legal}
        )
    change.dossier.state = State.IN_PROGRESS.value
    return True


def _waited_for(dossier: Dossier) -> Letter | None:
    """The letter whose payment the clock stands still for; those of an earlier life of the dossier are over."""
    pauses = dossier.suspensions.filter(ground=Ground.PAYMENT, ended_at__isnull=True)
    numbers = list(pauses.values_list("note", flat=True))
    return dossier.letters.filter(kind=LetterKind.PAYMENT, number__in=numbers).last() if numbers else None


def _answer(change: Change, letter: Letter, answer: dict[str, Any]) -> None:
    letter.answered_at, letter.answered_by, letter.answer = change.now, change.actor.username, answer
    letter.save(update_fields=["answered_at", "answered_by", "answer"])


def _drop(change: Change, request: str, *, reason: str) -> None:
    """Cancel the request in the books; one that was cancelled there before stays as it is."""
    state = next((fee.state for fee in fees_of(change.dossier) if fee.code == request), "")
    if state == PAID:
        raise RequestNotOpen(request=request)
    if state == OPEN:
        drop_request(request, reason=reason, actor=change.actor)


def _require_sound_instant(paid_at: datetime | None, change: Change) -> None:
    """Nobody pays before the dossier is received, or ahead of time."""
    if paid_at is None or (paid_at.tzinfo and change.dossier.received_at <= paid_at <= change.now):
        return
    message = msgid("The time of payment must lie between the receipt of the dossier and now.")
    raise InputRefused([Problem(code="paid_at_impossible", message=message, column="paid_at")])


def _request_fee(change: Change, *, amount_dong: int, reason: str) -> str:
    return request_fee(
        dossier_code=change.dossier.code,
        unit_code=change.dossier.unit_code,
        counter_unit_code=change.desk.received_unit_code,
        amount_dong=amount_dong,
        reason=reason,
        actor=change.actor,
    )

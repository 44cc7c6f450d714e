"""A dossier that waits for a payment (chờ nghĩa vụ tài chính): the letter, the wait, and going on with the books.

Whether and how a fee was paid stands in the books of payments; a dossier follows them (`reconcile_with_books`).
"""

from __future__ import annotations

from typing import Any

from congtam.dossiers.domain.states import PAYMENT_WAIVED, State, SuspensionGround
from congtam.dossiers.fees.domain.fees import OPEN, PAID
from congtam.dossiers.fees.open_fees import fees_of, sync_fee_with_books
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.models import Dossier, Letter, LetterKind
from congtam.kernel.errors import DomainError, msgid


class NoOutstandingFee(DomainError):
    """No fee is outstanding."""

    code = "dossiers.no_outstanding_fee"
    message = msgid("No fee of dossier {dossier} is outstanding.")


def awaited_payment_letter(dossier: Dossier) -> Letter | None:
    """The letter whose payment the clock stands still for; those of an earlier life of the dossier are over."""
    pauses = dossier.suspensions.filter(ground=SuspensionGround.PAYMENT, ended_at__isnull=True)
    numbers = list(pauses.values_list("note", flat=True))
    return dossier.letters.filter(kind=LetterKind.PAYMENT, number__in=numbers).last() if numbers else None


def reconcile_with_books(change: DossierChange, *, why: str = "", legal: str = "") -> bool:
    """Bring fee, way of payment and clock in line with the books; whether that changed anything."""
    is_changed = sync_fee_with_books(change.dossier)
    letter = awaited_payment_letter(change.dossier)
    if letter is None:
        return is_changed
    fee = next((fee for fee in fees_of(change.dossier) if fee.code == letter.content.get("request")), None)
    if fee is not None and fee.state == OPEN:
        change.dossier.state = State.AWAITING_PAYMENT.value
        return is_changed
    if fee is not None and fee.state == PAID:
        _answer_letter(
            change, letter, {"way": fee.way, "paid_at": fee.paid_at.isoformat() if fee.paid_at else ""}
        )
        change.start_clock(ground=SuspensionGround.PAYMENT, note=letter.number, at=fee.paid_at)
    else:
        _answer_letter(change, letter, {"waived": True, "reason": why, "legal": legal})
        line_fields = {"note": PAYMENT_WAIVED, "legal": legal}
        change.start_clock(ground=SuspensionGround.PAYMENT, note=letter.number, line_fields=line_fields)
    change.dossier.state = State.IN_PROGRESS.value
    return True


def sync_with_fee_request(change: DossierChange, *, request: str, fee_state: str, reason: str) -> None:
    """Bring a dossier in line with what the books say of a request (theo sổ phí), whoever told them.

    ``fee_state`` is the state of the request and ``reason`` the one for which it was closed. Raises
    NoOutstandingFee when the dossier knows it already.
    """
    change.data |= {"request": request, "fee_state": fee_state}
    if not reconcile_with_books(change, why=reason):
        raise NoOutstandingFee(dossier=change.dossier.code)


def _answer_letter(change: DossierChange, letter: Letter, answer: dict[str, Any]) -> None:
    letter.answered_at, letter.answered_by, letter.answer = change.now, change.actor.username, answer
    letter.save(update_fields=["answered_at", "answered_by", "answer"])

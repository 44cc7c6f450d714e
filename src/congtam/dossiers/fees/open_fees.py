"""A dossier and the books of payments (yêu cầu nộp phí): what is asked for, taken in cash, no longer asked for."""

from __future__ import annotations

from datetime import datetime

from congtam.dossiers.domain.states import OPEN as OPEN_STATES
from congtam.dossiers.domain.states import PaymentWay
from congtam.dossiers.fees.domain.fees import OPEN, PAID, BookedFee, payment_way, total_fee
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.rows import is_former
from congtam.foundation.public import Actor, system_actor
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.payments.public import FeeRequestView, cancel_unchecked, fee_requests, lock_requests, pay_cash


def fees_of(dossier: Dossier) -> list[FeeRequestView]:
    """All that was ever asked for, also by offices the actor does not see."""
    return fee_requests([dossier.code], to=system_actor("dossiers"))


def booked_fee(fee: FeeRequestView) -> BookedFee:
    """What of a request decides how the dossier stands."""
    return BookedFee(state=fee.state, amount_dong=fee.amount_dong, way=fee.way)


def has_pending_fee(dossier: Dossier) -> bool:
    """Whether a fee is open, or one was paid that the dossier does not know of yet."""
    states = {fee.state for fee in fees_of(dossier)}
    return OPEN in states or (PAID in states and dossier.payment == PaymentWay.UNKNOWN)


def sync_fee_with_books(dossier: Dossier) -> bool:
    """Bring fee and way of payment of a dossier in line with the books; whether they were not."""
    fees = [booked_fee(fee) for fee in fees_of(dossier)]
    if not fees:
        return False
    before = dossier.payment, dossier.fee_dong
    dossier.payment, dossier.fee_dong = payment_way(fees).value, total_fee(fees)
    return before != (dossier.payment, dossier.fee_dong)


def note_unrecorded_payment(dossier: Dossier) -> bool:
    """Note the payment that an earlier version left out because the dossier had ended; whether there was one.

    Such a dossier is known by its digest of the first edition, which goes with its next change.
    """
    is_of_earlier_version = dossier.state not in OPEN_STATES and is_former(dossier.row_digest)
    return is_of_earlier_version and sync_fee_with_books(dossier)


def cancel_open_fees(dossier: Dossier, *, reason: str, actor: Actor) -> None:
    """Nobody pays for what ended without a result; ``reason`` stands in the books, as people there write."""
    lock_requests(dossier.code)
    for request in fees_of(dossier):
        if request.state == OPEN:
            cancel_unchecked(request.code, reason=reason, actor=actor)
    sync_fee_with_books(dossier)


def require_payable(dossier: Dossier, *, way: str, request: str, actor: Actor) -> None:
    """Raise InputRefused when a person says paid of what must be told by the bank, or is asked for elsewhere."""
    open_requests = [fee for fee in fees_of(dossier) if fee.state == OPEN]
    if request and request not in {each.code for each in open_requests}:
        raise NotFound(kind="fee request", key=request)
    if open_requests and way != PaymentWay.CASH:
        message = msgid("An online payment of a request is confirmed automatically when the bank reports it.")
        raise InputRefused([Problem(code="online_confirms_itself", message=message, column="way")])
    own = {each.code for each in fee_requests([dossier.code], to=actor)}
    if any(each.code not in own and request in {"", each.code} for each in open_requests):
        message = msgid("Another office requested this fee: it must be paid there or online.")
        raise InputRefused([Problem(code="fee_of_other_office", message=message, column="way")])


def take_cash(dossier: Dossier, *, request: str, actor: Actor, paid_at: datetime | None) -> None:
    """Settle with cash what is asked for in a dossier; with ``request`` only that one.

    Raises InputRefused when nothing is open any more: whoever stands at the counter must not be left without a receipt.
    """
    lock_requests(dossier.code)
    open_fees = [fee for fee in fees_of(dossier) if fee.state == OPEN and request in {"", fee.code}]
    if not open_fees:
        message = msgid(
            "There is no outstanding fee: it was paid or cancelled in the meantime. Do not collect any money."
        )
        raise InputRefused([Problem(code="no_fee_open", message=message, column="way")])
    for open_fee in open_fees:
        pay_cash(open_fee.code, amount_dong=open_fee.amount_dong, actor=actor, paid_at=paid_at)

"""What the books of payments come to for a dossier (tình trạng phí, lệ phí): one rule, however it hears of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from congtam.dossiers.domain.states import PaymentWay

OPEN: Final = "open"
PAID: Final = "paid"


@dataclass(frozen=True, kw_only=True)
class BookedFee:
    """A fee request of the dossier: open, paid, cancelled or refunded; ``way`` when it was paid."""

    state: str
    amount_dong: int
    way: str = ""


def payment_way(fees: Sequence[BookedFee]) -> PaymentWay:
    """How the fee of a dossier was paid, once it has been asked for.

    Not on record while anything is open; none when nothing of it stands, for it was cancelled or given back in full;
    online only when all of it was paid online, so that no figure of online payments says too much.

    >>> paid = BookedFee(state="paid", amount_dong=8000, way="online")
    >>> payment_way([paid, BookedFee(state="cancelled", amount_dong=9000)])
    <PaymentWay.ONLINE: 'online'>
    >>> payment_way([paid, BookedFee(state="open", amount_dong=9000)])
    <PaymentWay.UNKNOWN: 'unknown'>
    """
    states = {fee.state for fee in fees}
    if OPEN in states:
        return PaymentWay.UNKNOWN
    ways = {fee.way for fee in fees if fee.state == PAID}
    if not ways:
        return PaymentWay.NONE
    return PaymentWay.ONLINE if ways == {PaymentWay.ONLINE.value} else PaymentWay.CASH


def total_fee(fees: Sequence[BookedFee]) -> int:
    """The fee in đồng that stands: what is asked for still, and what was paid and kept.

    >>> total_fee([BookedFee(state="paid", amount_dong=8000), BookedFee(state="refunded", amount_dong=9000)])
    8000
    """
    return sum(fee.amount_dong for fee in fees if fee.state in {OPEN, PAID})

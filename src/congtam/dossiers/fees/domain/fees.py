"""What the books of payments come to for a dossier (tình trạng phí, lệ phí): one rule, however it hears of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from congtam.dossiers.domain.states import Payment

OPEN: Final = "open"
PAID: Final = "paid"


@dataclass(frozen=True, kw_only=True)
class Fee:
    """A fee request of the dossier: open, paid, cancelled or refunded; ``way`` when it was paid."""

    state: str
    amount_dong: int
    way: str = ""


def payment_of(fees: Sequence[Fee]) -> Payment:
    """How the fee of a dossier was paid, once it has been asked for.

    Not on record while anything is open; none when nothing of it stands, for it was cancelled or given back in full;
    online only when all of it was paid online, so that no figure of online payments says too much.

    >>> payment_of([Fee(state="paid", amount_dong=8000, way="online"), Fee(state="cancelled", amount_dong=9000)])
    <Payment.ONLINE: 'online'>
    >>> payment_of([Fee(state="paid", amount_dong=8000, way="online"), Fee(state="open", amount_dong=9000)])
    <Payment.UNKNOWN: 'unknown'>
    """
    states = {fee.state for fee in fees}
    if OPEN in states:
        return Payment.UNKNOWN
    ways = {fee.way for fee in fees if fee.state == PAID}
    if not ways:
        return Payment.NONE
    return Payment.ONLINE if ways == {Payment.ONLINE.value} else Payment.CASH


def fee_of(fees: Sequence[Fee]) -> int:
    """The fee in đồng that stands: what is asked for still, and what was paid and kept.

    >>> fee_of([Fee(state="paid", amount_dong=8000), Fee(state="refunded", amount_dong=9000)])
    8000
    """
    return sum(fee.amount_dong for fee in fees if fee.state in {OPEN, PAID})

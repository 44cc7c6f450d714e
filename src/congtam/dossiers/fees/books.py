"""Whether dossiers say of their fees what the books of payments say (đối chiếu phí, lệ phí)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Final

from congtam.dossiers.domain.states import OPEN as OPEN_STATES
from congtam.dossiers.domain.states import PaymentWay, State
from congtam.dossiers.fees.domain.fees import OPEN, BookedFee, payment_way
from congtam.dossiers.fees.open_fees import booked_fee
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.rows import is_former
from congtam.foundation.public import system_actor, waiting_messages
from congtam.payments.public import fee_requests

_CHUNK: Final = 2000


def dossiers_with_fee_mismatch() -> Iterator[str]:
    """The codes of dossiers received here whose way of payment is not that of the books, or that wait for nothing.

    Nothing is told while messages wait: what was paid this moment reaches its dossier with one of them. Nor where an
    earlier version of the program left a payment out because the dossier had ended (`note_unrecorded_payment`).
    """
    if waiting_messages():
        return
    received = Dossier.objects.filter(desk__isnull=False).order_by("pk")
    rows = received.only("code", "payment", "state", "row_digest").iterator(_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        fees = _fees_by_dossier([dossier.code for dossier in chunk])
        yield from (dossier.code for dossier in chunk if _contradicts(dossier, fees.get(dossier.code, [])))


def _contradicts(dossier: Dossier, fees: list[BookedFee]) -> bool:
    """Whether the dossier waits for nothing, or says otherwise than the books how its fee was paid."""
    if dossier.state == State.AWAITING_PAYMENT and all(fee.state != OPEN for fee in fees):
        return True
    if not fees or dossier.payment == payment_way(fees):
        return False
    is_left_out = dossier.payment == PaymentWay.UNKNOWN and dossier.state not in OPEN_STATES
    return not (is_left_out and is_former(dossier.row_digest))


def _fees_by_dossier(codes: list[str]) -> dict[str, list[BookedFee]]:
    by_code: dict[str, list[BookedFee]] = defaultdict(list)
    for view in fee_requests(codes, to=system_actor("dossiers")):
        by_code[view.dossier_code].append(booked_fee(view))
    return by_code

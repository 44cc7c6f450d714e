"""Whether dossiers say of their fees what the books of payments say (đối chiếu phí, lệ phí)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Final

from congtam.dossiers.domain.states import State
from congtam.dossiers.fees.domain.fees import OPEN, BookedFee, payment_way
from congtam.dossiers.fees.open_fees import booked_fee
from congtam.dossiers.models import Dossier
from congtam.foundation.public import system_actor, waiting_messages
from congtam.payments.public import fee_requests

_CHUNK: Final = 2000


def dossiers_with_fee_mismatch() -> Iterator[str]:
    """The codes of dossiers received here whose way of payment is not that of the books, or that wait for nothing.

    Nothing is told while messages wait: what was paid this moment reaches its dossier with one of them.
    """
    if waiting_messages():
        return
    received = Dossier.objects.filter(desk__isnull=False).order_by("pk")
    rows = received.values_list("code", "payment", "state").iterator(_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        fees = _fees_by_dossier([code for code, _payment, _state in chunk])
        for code, payment, state in chunk:
            dossier_fees = fees.get(code, [])
            is_waiting_without_fee = state == State.AWAITING_PAYMENT and all(
                fee.state != OPEN for fee in dossier_fees
            )
            if is_waiting_without_fee or (dossier_fees and payment != payment_way(dossier_fees)):
                yield code


def _fees_by_dossier(codes: list[str]) -> dict[str, list[BookedFee]]:
    by_code: dict[str, list[BookedFee]] = defaultdict(list)
    for view in fee_requests(codes, to=system_actor("dossiers")):
        by_code[view.dossier_code].append(booked_fee(view))
    return by_code

"""Noting what became of a fee (ghi nhận phí): done by the program whenever the books of payments tell of it."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.declaring import stays
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.waiting_payment import follow_fee
from congtam.kernel.errors import msgid

NOTE_PAYMENT: Final = DeskVerb(
    code="note_payment",
    name=msgid("Record the payment"),
    done=msgid("Fee change recorded"),
    icon="receipt",
    # What becomes of a fee is noted whenever it happens, also long after the end.
    transitions=stays(State),
    roles=(),
    is_automatic=True,
    apply=follow_fee,
    notify="note_payment",
)

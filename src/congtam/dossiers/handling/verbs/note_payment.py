"""Noting what became of a fee (ghi nhận phí): done by the program whenever the books of payments tell of it."""

from __future__ import annotations

from typing import Final

from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.declaring import identity_transitions
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.waiting_payment import sync_with_fee_request
from congtam.kernel.errors import msgid

NOTE_PAYMENT: Final = DeskVerb(
    code="note_payment",
    name=msgid("Record the payment"),
    done=msgid("Fee change recorded"),
    icon="receipt",
    # What becomes of a fee is noted whenever it happens, also long after the end.
    transitions=identity_transitions(State),
    roles=(),
    is_automatic=True,
    apply=sync_with_fee_request,
    notify="note_payment",
)

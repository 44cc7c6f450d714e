"""A fee request and a gateway that signs its messages, for the tests of gateways."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from congtam.foundation.public import Actor
from congtam.gateways.actions.callbacks import receive_callback
from congtam.gateways.domain.signing import signature
from congtam.payments.public import SettlementOutcome, request_fee

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def ask(actor: Actor) -> str:
    return request_fee(dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Lệ phí", actor=actor)


def message(request: str, *, amount: Any = 30_000, reference: str = "GD-1", paid_at: str = "") -> bytes:
    paid_at = paid_at or (NOW - timedelta(minutes=1)).isoformat()
    return json.dumps(
        {"reference": reference, "request": request, "amount": amount, "paid_at": paid_at}
    ).encode()


def call(secret: str, body: bytes, *, sent: datetime = NOW, given: str = "") -> SettlementOutcome:
    sent_at = str(int(sent.timestamp()))
    signed = given or signature(secret, sent_at=sent_at, body=body)
    return receive_callback("thu-nghiem", sent_at=sent_at, received_signature=signed, body=body)

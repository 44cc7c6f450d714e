"""Keeping the receipt of a figure that is published."""

from __future__ import annotations

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.indicators.domain.figure import Figure
from congtam.indicators.models import StoredReceipt


@transaction.atomic
def store(figure: Figure, *, actor: Actor) -> str:
    """Keep a figure's receipt (lưu biên nhận số liệu) and return its key; the same figure has the same key."""
    key = figure.digest
    _, is_new = StoredReceipt.objects.get_or_create(
        key=key,
        defaults={
            "code": figure.code,
            "unit_code": figure.unit,
            "content": figure.receipt,
            "stored_at": clock().now(),
            "stored_by": actor.username,
        },
    )
    if is_new:
        data = {"code": figure.code, "period": figure.period.text, "data_version": figure.data_version}
        record(actor, "figure.stored", kind="receipt", key=key, unit_code=figure.unit, data=data)
    return key

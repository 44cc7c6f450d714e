"""Keeping the receipt of a figure that is published."""

from __future__ import annotations

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.indicators.domain.composed_figure import ComposedFigure
from congtam.indicators.domain.figure import Figure
from congtam.indicators.models import StoredReceipt
from congtam.kernel.errors import DomainError, msgid


class FigureWithheld(DomainError):
    """Whoever publishes a figure must be able to see it."""

    code = "indicators.figure_withheld"
    message = msgid(
        "The figure {code} of {unit} rests on fewer than {count} rows that you may not see, or would give such a "
        "figure away. It cannot be published by you."
    )


@transaction.atomic
def store(figure: Figure, *, actor: Actor) -> str:
    """Keep a figure's receipt (lưu biên nhận số liệu) and return its key; the same figure has the same key.

    Of a composition the receipts of its parts are kept too, each under the digest that stands in the whole.

    FigureWithheld for a figure that the actor may not see.
    """
    if figure.is_withheld:
        raise FigureWithheld(code=figure.code, unit=figure.unit, count=figure.withheld_below)
    if isinstance(figure, ComposedFigure):
        for part in figure.made_of:
            if part.figure is not None:
                store(part.figure, actor=actor)
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

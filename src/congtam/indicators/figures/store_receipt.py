"""Keeping the receipt of a figure that is published, and checking that it is still the one that was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from congtam.foundation.public import Actor, clock, newest_sealed_entries, record
from congtam.foundation.sealing import Alteration, find_alterations
from congtam.indicators.domain.composed_figure import ComposedFigure
from congtam.indicators.domain.figure import Figure
from congtam.indicators.models import StoredReceipt
from congtam.kernel.errors import DomainError, msgid

KIND: Final = "receipt"


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
        after = _content_digest(figure.receipt)
        record(actor, "figure.stored", kind=KIND, key=key, unit_code=figure.unit, data=data, after=after)
    return key


def altered_receipts() -> Iterator[Alteration]:
    """Receipts whose content is not what the ledger sealed, and those it has no line of (kiểm tra biên nhận)."""
    yield from find_alterations(StoredReceipt.objects.all(), _find_alterations)


def _find_alterations(pks: Sequence[int]) -> dict[int, Alteration]:
    rows = list(StoredReceipt.objects.filter(pk__in=pks))
    lines = newest_sealed_entries(KIND, [row.key for row in rows])
    faults = {row.pk: (row.key, _fault_of(row, lines.get(row.key))) for row in rows}
    return {pk: Alteration(code=key, fault=fault) for pk, (key, fault) in faults.items() if fault}


def _fault_of(row: StoredReceipt, line: Mapping[str, Any] | None) -> str:
    """Lines of earlier versions hold no digest of the content: there the receipt must name its own key at least."""
    if line is None:
        return msgid("the ledger has no record of its creation")
    is_same = (
        line["after"] == _content_digest(row.content)
        if "after" in line
        else row.content.get("digest") == row.key
    )
    is_of_line = (row.code, row.unit_code) == (line.get("data", {}).get("code"), line["unit"])
    return "" if is_same and is_of_line else msgid("its content differs from the last ledger entry")


def _content_digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

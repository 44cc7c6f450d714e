"""Doing one thing with many dossiers (xử lý hàng loạt): each its own success or problem, each its own ledger row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from congtam.dossiers.handling.machine import DESK, resulting_dossier
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.foundation.lifecycle import NotDone
from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid

MOST: Final = 500


@dataclass(frozen=True, kw_only=True)
class BulkOutcome:
    """What became of each dossier."""

    verb: DeskVerb
    done: tuple[Dossier, ...]
    refused: tuple[NotDone, ...]


def perform_bulk(
    codes: Iterable[str],
    verb: DeskVerb,
    *,
    actor: Actor,
    versions: Mapping[str, int] | None = None,
    **data: Any,
) -> BulkOutcome:
    """Do the same with many dossiers; what cannot be done with one does not hold up the others."""
    chosen = sorted(set(codes))
    _require_bulk_verb(chosen, verb)
    if connection.in_atomic_block:
        _lock_all(chosen)
    outcome = DESK.perform_many(chosen, verb, actor=actor, versions=versions, data=data)
    return BulkOutcome(verb=verb, done=tuple(map(resulting_dossier, outcome.done)), refused=outcome.refused)


def _lock_all(codes: list[str]) -> None:
    """Inside a greater transaction: take all rows first and in one order, so that two of these never wait in a ring."""
    rows = DeskRecord.objects.filter(dossier__code__in=codes).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _require_bulk_verb(codes: list[str], verb: DeskVerb) -> None:
    if verb.bulk is None:
        message = msgid("“{verb}” can only be done with one dossier at a time.")
        data = {"verb": verb.code}
        raise InputRefused([Problem(code="verb_not_bulk", message=message, data=data, column="verb")])
    if not 0 < len(codes) <= MOST:
        message = msgid("Choose between 1 and {maximum} dossiers.")
        raise InputRefused(
            [Problem(code="bulk_count", message=message, data={"maximum": MOST}, column="codes")]
        )

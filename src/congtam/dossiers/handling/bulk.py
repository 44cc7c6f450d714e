"""Doing one thing with many dossiers (xử lý hàng loạt): each its own success or problem, each its own ledger row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.handling import endings, hand_overs, results, supplements
from congtam.dossiers.handling import payments as fees
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.foundation.public import Actor
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid

MOST: Final = 500
BULK: Final[Mapping[Verb, Callable[..., Dossier]]] = {
    Verb.HAND_OVER: hand_overs.hand_over,
    Verb.ACCEPT: hand_overs.accept,
    Verb.TAKE_BACK: hand_overs.take_back,
    Verb.SEND_BACK: hand_overs.send_back,
    Verb.ASSIGN: hand_overs.assign,
    Verb.APPROVE: results.approve,
    Verb.RETURN_RESULT: results.return_result,
    Verb.LAPSE: supplements.lapse,
    Verb.APOLOGISE: endings.apologise,
    Verb.STOP: endings.stop,
    Verb.REFUSE: endings.refuse,
    Verb.CONFIRM_PAYMENT: fees.confirm_payment,
}
"""The verbs that may be done with many dossiers at once: those that say the same about each."""


@dataclass(frozen=True, kw_only=True)
class BulkProblem:
    """A dossier with which it could not be done, and why."""

    code: str
    error: DomainError


@dataclass(frozen=True, kw_only=True)
class BulkOutcome:
    """What became of each dossier."""

    verb: Verb
    done: tuple[Dossier, ...]
    refused: tuple[BulkProblem, ...]


def bulk(
    codes: Iterable[str],
    verb: Verb,
    *,
    actor: Actor,
    versions: Mapping[str, int] | None = None,
    **fields: Any,
) -> BulkOutcome:
    """Do the same with many dossiers; what cannot be done with one does not hold up the others."""
    wanted = sorted(set(codes))
    _require_sound(wanted, verb)
    if connection.in_atomic_block:
        _lock(wanted)
    done: list[Dossier] = []
    refused: list[BulkProblem] = []
    for code in wanted:
        version = (versions or {}).get(code)
        try:
            with transaction.atomic():
                done.append(BULK[verb](code, actor=actor, version=version, **fields))
        except DomainError as error:
            refused.append(BulkProblem(code=code, error=error))
    return BulkOutcome(verb=verb, done=tuple(done), refused=tuple(refused))


def _lock(codes: list[str]) -> None:
    """Inside a greater transaction: take all rows first and in one order, so that two of these never wait in a ring."""
    rows = DeskRecord.objects.filter(dossier__code__in=codes).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _require_sound(codes: list[str], verb: Verb) -> None:
    if verb not in BULK:
        message = msgid("“{verb}” is done with one dossier at a time.")
        data = {"verb": verb.value}
        raise InputRefused([Problem(code="verb_not_bulk", message=message, data=data, column="verb")])
    if not 0 < len(codes) <= MOST:
        message = msgid("Choose between 1 and {most} dossiers.")
        raise InputRefused([Problem(code="bulk_count", message=message, data={"most": MOST}, column="codes")])

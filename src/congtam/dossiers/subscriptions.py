"""What dossiers do when something happens elsewhere (đăng ký sự kiện)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import connection

from congtam.dossiers.actions.announcing import TOPIC
from congtam.dossiers.actions.fees import confirm_payment
from congtam.dossiers.actions.linked import linked_among, resume_parent
from congtam.dossiers.domain.states import OPEN, State
from congtam.foundation.public import OutboxMessage, subscribe, system_actor
from congtam.kernel.errors import DomainError

logger = logging.getLogger(__name__)
SETTLED: Final = "payments.settled"
_ENDED: Final = frozenset(State) - OPEN


def declare() -> None:
    """Listen to payments and to the ends of linked dossiers."""
    subscribe(SETTLED)(on_settled)
    subscribe(TOPIC)(on_changed)


@contextmanager
def _yielding() -> Iterator[None]:
    """Rather be put off and told again than hold up a person who is changing one of these dossiers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def on_settled(messages: Sequence[OutboxMessage]) -> None:
    """A fee was paid: the dossier that waits for it goes on from that instant; told again, nothing happens."""
    with _yielding():
        for message in messages:
            _confirm(message.payload)


def _confirm(told: Mapping[str, Any]) -> None:
    try:
        confirm_payment(
            told["dossier_code"],
            way=told["way"],
            request=told["request"],
            paid_at=datetime.fromisoformat(told["paid_at"]),
            actor=system_actor("payments"),
        )
    except DomainError as error:
        # Paid before, ended, or not a dossier of this desk: the payment stands in the books of payments.
        logger.debug("payment %s changed nothing: %s", told["request"], error.code)


def on_changed(messages: Sequence[OutboxMessage]) -> None:
    """A linked dossier has ended: the one that waited for it goes on."""
    ended = [message.payload for message in messages if message.payload.get("state") in _ENDED]
    children = linked_among([code for told in ended for code in told.get("codes", ())])
    if not children:
        return
    with _yielding():
        for code in children:
            _resume(code)


def _resume(child_code: str) -> None:
    try:
        resume_parent(child_code, actor=system_actor("linked"))
    except DomainError as error:
        logger.info("the parent of %s was not resumed: %s", child_code, error.code)

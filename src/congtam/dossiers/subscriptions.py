"""What dossiers do when something happens elsewhere (đăng ký sự kiện)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from congtam.dossiers.domain.states import OPEN, WITH_RESULT, State
from congtam.dossiers.handling.parents_ended import affected_children, announce_parent_state
from congtam.dossiers.handling.reactions import child_dossiers_among, resume_parent, sync_dossier_with_payment
from congtam.dossiers.handling.verbs import REOPEN
from congtam.dossiers.record.announcing import TOPIC
from congtam.foundation.public import OutboxMessage, subscribe, system_actor
from congtam.kernel.errors import DomainError
from congtam.payments.public import CANCELLED, REFUNDED, SETTLED

logger = logging.getLogger(__name__)
_ENDED: Final = frozenset(State) - OPEN


def subscribe_handlers() -> None:
    """Listen to what becomes of fees and to the ends of linked dossiers."""
    for topic in (SETTLED, CANCELLED, REFUNDED):
        subscribe(topic)(sync_dossiers_with_fees)
    subscribe(TOPIC)(resume_waiting_dossiers)


@contextmanager
def _short_lock_timeout() -> Iterator[None]:
    """Rather be put off and told again than hold up a person who is changing one of these dossiers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def sync_dossiers_with_fees(messages: Sequence[OutboxMessage]) -> None:
    """A fee was paid, cancelled or given back: its dossier follows the books; told again, nothing happens."""
    with _short_lock_timeout():
        for message in messages:
            _sync_dossier_with_fee(
                str(message.payload["dossier_code"]), request=str(message.payload["request"])
            )


def _sync_dossier_with_fee(code: str, *, request: str) -> None:
    try:
        sync_dossier_with_payment(code, request=request)
    except DomainError as error:
        # Known already, or not a dossier of this desk: what was paid stands in the books of payments.
        logger.debug("fee %s changed nothing: %s", request, error.code)


def resume_waiting_dossiers(messages: Sequence[OutboxMessage]) -> None:
    """A linked dossier has ended: the one that waited for it goes on, and those opened for it are told."""
    _notify_children(messages)
    ended = [message.payload for message in messages if message.payload.get("state") in _ENDED]
    children = child_dossiers_among([code for payload in ended for code in payload.get("codes", ())])
    if not children:
        return
    with _short_lock_timeout():
        for code in children:
            _resume_parent_of(code)


def _notify_children(messages: Sequence[OutboxMessage]) -> None:
    """Whoever handles a dossier hears that the one it was opened for ended without a result, or goes on again."""
    turned = [message.payload for message in messages if _affects_children(message.payload)]
    children = affected_children([str(code) for payload in turned for code in payload.get("codes", ())])
    if not children:
        return
    with _short_lock_timeout():
        for code in children:
            announce_parent_state(code, actor=system_actor("linked"))


def _affects_children(payload: Mapping[str, Any]) -> bool:
    return payload.get("state") in _ENDED - WITH_RESULT or payload.get("verb") == REOPEN.code


def _resume_parent_of(child_code: str) -> None:
    try:
        resume_parent(child_code, actor=system_actor("linked"))
    except DomainError as error:
        logger.info("the parent of %s was not resumed: %s", child_code, error.code)

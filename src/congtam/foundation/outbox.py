"""The outbox: what happened is written with the change itself and delivered to its subscribers soon after.

A message is handled at least once and in the order of writing; handlers are idempotent. Those that ask for it hear of
a topic once for a whole batch, after all others. One dispatcher works at a time. A handler that fails puts its messages
off, longer each time, and is tried again: nothing is dropped. When they fail together once more, each is delivered
alone, so that one that cannot be handled blocks no other.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.db import connection, transaction

from congtam.foundation.domain.retries import RetryRule
from congtam.foundation.models import OutboxMessage
from congtam.foundation.statements import SqlStatement, execute
from congtam.foundation.time import real_clock

logger = logging.getLogger(__name__)
CHANNEL: Final = "congtam_outbox"
_PUBLISH: Final = (
    "WITH written AS (INSERT INTO foundation_outboxmessage"
    " (topic, key, payload, created_at, available_at, attempts, last_error)"
    " VALUES (%s, %s, %s, %s, %s, 0, '')) SELECT pg_notify(%s, '')"
)
_DISPATCHER_LOCK: Final = 0x0C06_7A11
_BATCH: Final = 2000
_RETRY: Final = RetryRule(first_wait=timedelta(seconds=1), longest_wait=timedelta(minutes=10))


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a subscriber hears."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, Any]


Handler = Callable[[Sequence[Message]], None]
_subscribers: dict[str, list[Handler]] = defaultdict(list)
_once_a_batch: dict[str, list[Handler]] = defaultdict(list)


def publish(topic: str, key: str, payload: Mapping[str, Any] | None = None) -> None:
    """Write that something happened, in the caller's transaction."""
    execute(outbox_statement(topic, key, payload))


def outbox_statement(topic: str, key: str, payload: Mapping[str, Any] | None = None) -> SqlStatement:
    """The statement that writes that something happened."""
    now, body = real_clock().now(), json.dumps(dict(payload or {}), ensure_ascii=False)
    return SqlStatement(_PUBLISH, (topic, key, body, now, now, CHANNEL))


def subscribe(topic: str, *, once_a_batch: bool = False) -> Callable[[Handler], Handler]:
    """Register a handler for a topic; it gets the waiting messages in order, many at once.

    `once_a_batch` is for what costs much at each call and reads what is stored now, not what the messages say: it is
    called after all other handlers, with all messages of the topic in the batch.
    """
    handlers = (_once_a_batch if once_a_batch else _subscribers)[topic]

    def add(handler: Handler) -> Handler:
        if handler not in handlers:
            handlers.append(handler)
        return handler

    return add


def drain_outbox() -> int:
    """Tell all waiting messages to their subscribers now; how many were handled.

    Another process that is already doing so is waited for, so that on return the messages written before the call
    have been handled (or postponed because their handler failed).
    """
    handled = 0
    while batch := dispatch_once():
        handled += batch
    return handled


def forget_handled(*, older_than: timedelta) -> int:
    """Delete messages that were handled longer ago than this; how many. Their content is in the ledger."""
    before = real_clock().now() - older_than
    deleted, _ = OutboxMessage.objects.filter(handled_at__lt=before).delete()
    return deleted


def count_waiting() -> int:
    """How many messages nobody has handled yet."""
    return OutboxMessage.objects.filter(handled_at__isnull=True).count()


def stuck_messages() -> list[OutboxMessage]:
    """Messages whose handler failed three times or more, with their last error."""
    return list(OutboxMessage.objects.filter(handled_at__isnull=True, attempts__gte=3).order_by("id")[:50])


def dispatch_once() -> int:
    """Tell one batch of what is waiting; how many were handled. Who follows the outbox rests between batches."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DISPATCHER_LOCK])
        now = real_clock().now()
        rows = OutboxMessage.objects.filter(handled_at__isnull=True, available_at__lte=now).order_by("id")[
            :_BATCH
        ]
        handled: dict[str, list[OutboxMessage]] = defaultdict(list)
        for topic, group in groupby(rows, key=attrgetter("topic")):
            handled[topic] += _dispatch_group(_subscribers.get(topic, ()), list(group))
        for topic in handled.keys() & _once_a_batch.keys():
            handled[topic] = _dispatch_group(_once_a_batch[topic], handled[topic])
    return sum(map(len, handled.values()))


def _dispatch_group(handlers: Sequence[Handler], rows: list[OutboxMessage]) -> list[OutboxMessage]:
    """Tell messages that failed before together once more, and if that fails again, each alone; those handled."""
    error = _call_handlers(handlers, rows)
    if error is None:
        return rows
    if len(rows) == 1 or not any(row.attempts for row in rows):
        _put_off([row.pk for row in rows], error)
        return []
    handled = []
    for row in rows:
        fault = _call_handlers(handlers, [row])
        if fault:
            _put_off([row.pk], fault)
        else:
            handled.append(row)
    return handled


def _call_handlers(handlers: Sequence[Handler], rows: list[OutboxMessage]) -> Exception | None:
    """Call the handlers; the fault of one that failed, and then none of them has done anything."""
    messages = [Message(id=row.pk, topic=row.topic, key=row.key, payload=row.payload) for row in rows]
    ids = [message.id for message in messages]
    try:
        with transaction.atomic():
            for handler in handlers if messages else ():
                handler(messages)
    except Exception as error:  # noqa: BLE001 - the job runner's boundary: the fault is kept with the messages
        logger.warning("outbox: %s failed for %d messages: %s", messages[0].topic, len(ids), error)
        return error
    OutboxMessage.objects.filter(pk__in=ids).update(handled_at=real_clock().now())
    return None


def _put_off(ids: list[int], error: Exception) -> None:
    now = real_clock().now()
    for row in OutboxMessage.objects.filter(pk__in=ids):
        wait = _RETRY.wait_after(row.attempts + 1)
        OutboxMessage.objects.filter(pk=row.pk).update(
            handled_at=None,
            attempts=row.attempts + 1,
            available_at=now + wait,
            # The first line only: the database puts the values of a row on those after it.
            last_error=f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:2000],
        )

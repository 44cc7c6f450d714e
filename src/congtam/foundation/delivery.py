"""At-least-once delivery with retries (gửi cho đến khi nhận), for every room that sends something out.

A delivery is a row (`Delivery`) written in the transaction of what it is about. It is waiting, then sent, or waiting
until a later time, or given up; one retry rule decides. A queue has one sender at a time. A sender that is killed
between sending and saving sends the row again, under the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db import connection, transaction

from congtam.foundation.domain.retries import RetryRule
from congtam.foundation.models.deliveries import Delivery, DeliveryState
from congtam.foundation.time import real_clock

__all__ = [
    "Delivery",
    "DeliveryState",
    "Queue",
    "RetryRule",
    "SendResult",
    "record_attempt",
    "requeue_delivery",
    "send_due",
]
_LOCK_SEED: Final = 0x0C06_7E8B
_Row = TypeVar("_Row", bound=Delivery)


@dataclass(frozen=True, kw_only=True)
class SendResult:
    """What came of one attempt."""

    is_sent: bool
    """The receiver has it."""
    error: str = ""
    is_final: bool = False
    """Not sent, and no later attempt can succeed."""
    is_saved: bool = False
    """Saved with `record_attempt` by the function that sent it, or of a row that is gone: nothing is left to save."""


@dataclass(frozen=True, kw_only=True)
class Queue(Generic[_Row]):
    """Deliveries that one sender at a time works through."""

    name: str
    """Senders with the same name exclude each other, over all processes."""
    next_due: Callable[[], _Row | None]
    """The row to send now; None ends the run. Looked up again before each attempt, so it may change meanwhile."""
    send: Callable[[_Row], SendResult]
    """Hand the row over; may set further columns, which are saved with the outcome."""
    retry: RetryRule
    most_attempts_per_run: int | None = None
    most_failures_in_a_row: int = 50
    """Then the receiver is taken to be away, and the run ends."""


def send_due(queue: Queue[_Row]) -> int:
    """Send what is due; how many were sent. Zero where another sender is at work.

    Call it outside a transaction: each outcome is saved at once.
    """
    sent = attempts = failures = 0
    with _sender_lock(queue.name) as is_alone:
        while (
            is_alone and attempts != queue.most_attempts_per_run and failures < queue.most_failures_in_a_row
        ):
            row = queue.next_due()
            if row is None:
                break
            result = queue.send(row)
            if not result.is_saved:
                record_attempt(row, result, queue.retry)
            attempts += 1
            sent += row.state == DeliveryState.SENT
            failures = failures + 1 if row.state == DeliveryState.WAITING else 0
    return sent


def record_attempt(row: Delivery, result: SendResult, retry: RetryRule) -> None:
    """Save what came of an attempt: sent, waiting until later, or given up; a row deleted meanwhile stays deleted."""
    now = real_clock().now()
    row.attempts += 1
    row.last_error = result.error
    if result.is_sent:
        row.state, row.done_at = DeliveryState.SENT, now
    elif result.is_final or retry.gives_up(attempts=row.attempts, age=now - row.created_at):
        row.state = DeliveryState.GIVEN_UP
    else:
        row.next_at = now + retry.wait_after(row.attempts)
    with transaction.atomic():
        if lock_row(row):
            row.save()


def lock_row(row: Delivery) -> bool:
    """Hold a row until the transaction ends; False where it was deleted.

    Between this and `record_attempt` in one transaction nobody withdraws the row.
    """
    same = type(row)._default_manager.filter(pk=row.pk)  # noqa: SLF001 - Django's own name for it
    return same.select_for_update().exists()


def requeue_delivery(row: Delivery) -> None:
    """Let a delivery that was sent or given up go out once more under its code; its age starts again."""
    now = real_clock().now()
    row.state, row.created_at, row.next_at = DeliveryState.WAITING, now, now
    row.save(update_fields=["state", "created_at", "next_at"])


@contextmanager
def _sender_lock(name: str) -> Iterator[bool]:
    """Whether nobody else sends from this queue; the lock goes with the connection, also when it is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, %s))", [name, _LOCK_SEED])
        is_held = bool(cursor.fetchone()[0])
        try:
            yield is_held
        finally:
            if is_held:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, %s))", [name, _LOCK_SEED])

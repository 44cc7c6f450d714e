"""Asking for a task (yêu cầu giao việc) without knowing the room that assigns tasks.

A lower room publishes `TaskRequested` in the transaction of the change that makes the task necessary; the room that
assigns tasks subscribes in `config/`. The outbox delivers at least once, so a subscriber creates at most one task for
each ``dedupe_key``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from congtam.foundation.domain.references import Ref
from congtam.foundation.outbox import Message, publish, subscribe

TOPIC: Final = "task.requested"


@dataclass(frozen=True, kw_only=True)
class TaskRequested:
    """A room asks that somebody does something about one of its things, until a day.

    ``wording`` is an English msgid, filled from ``data`` in the reader's language. ``role`` is empty where everybody of
    the unit may take the task.
    """

    kind: str
    subject: Ref
    wording: str
    unit_code: str
    dedupe_key: str
    data: Mapping[str, str | int] = field(default_factory=dict)
    due_on: date | None = None
    role: str = ""


def request_task(task: TaskRequested) -> None:
    """Publish the request in the caller's transaction."""
    publish(TOPIC, task.dedupe_key, _serialize_task(task))


def subscribe_to_task_requests(handler: Callable[[Sequence[TaskRequested]], None]) -> None:
    """Have the waiting requests passed to a handler, in order and many at once; it is idempotent by dedupe key."""

    @subscribe(TOPIC)
    def handle(messages: Sequence[Message]) -> None:
        handler([_parse_task(message) for message in messages])


def _serialize_task(task: TaskRequested) -> dict[str, Any]:
    return {
        "kind": task.kind,
        "subject": str(task.subject),
        "wording": task.wording,
        "data": dict(task.data),
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "unit_code": task.unit_code,
        "role": task.role,
    }


def _parse_task(message: Message) -> TaskRequested:
    payload = message.payload
    return TaskRequested(
        kind=payload["kind"],
        subject=Ref.parse(payload["subject"]),
        wording=payload["wording"],
        unit_code=payload["unit_code"],
        dedupe_key=message.key,
        data=payload["data"],
        due_on=date.fromisoformat(payload["due_on"]) if payload["due_on"] else None,
        role=payload["role"],
    )

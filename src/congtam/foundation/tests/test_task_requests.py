"""A lower room asks for a task, the outbox brings the request to whoever assigns tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.db import transaction

from congtam.foundation import outbox
from congtam.foundation.models import OutboxMessage
from congtam.foundation.public import clock, drain_outbox
from congtam.foundation.references import Ref
from congtam.foundation.task_requests import TOPIC, TaskRequested, request_task, subscribe_to_task_requests

pytestmark = pytest.mark.django_db

REPLY = TaskRequested(
    kind="documents.reply",
    subject=Ref("document", "125/UBND-NC"),
    wording="Answer document {number}",
    data={"number": "125/UBND-NC"},
    due_on=date(2026, 3, 12),
    unit_code="024",
    role="officer",
    dedupe_key="documents.reply:125/UBND-NC",
)
OPEN_ENDED = TaskRequested(
    kind="registers.review",
    subject=Ref("register_entry", "QPPL-7"),
    wording="Review this text",
    unit_code="026",
    dedupe_key="registers.review:QPPL-7",
)


@pytest.fixture
def tasks() -> Iterator[dict[str, TaskRequested]]:
    """The tasks of a subscriber that creates one for each key and fails at first where the unit is 026."""
    created: dict[str, TaskRequested] = {}
    failures: list[str] = []

    def create(requests: Sequence[TaskRequested]) -> None:
        for request in requests:
            if request.unit_code == "026" and not failures:
                failures.append(request.dedupe_key)
                raise ValueError("not now")
            created.setdefault(request.dedupe_key, request)

    subscribe_to_task_requests(create)
    yield created
    outbox._subscribers[TOPIC].clear()


def test_a_request_arrives_as_it_was_made(tasks: dict[str, TaskRequested]) -> None:
    request_task(REPLY)
    drain_outbox()
    assert tasks == {REPLY.dedupe_key: REPLY}


def test_a_request_of_an_undone_change_never_arrives(tasks: dict[str, TaskRequested]) -> None:
    with transaction.atomic():
        request_task(REPLY)
        transaction.set_rollback(True)
    drain_outbox()
    assert tasks == {}


def test_a_request_is_delivered_again_until_the_task_is_there_once(tasks: dict[str, TaskRequested]) -> None:
    request_task(OPEN_ENDED)
    request_task(OPEN_ENDED)
    drain_outbox()
    assert tasks == {}
    OutboxMessage.objects.update(available_at=clock().now())
    drain_outbox()
    assert tasks == {OPEN_ENDED.dedupe_key: OPEN_ENDED}

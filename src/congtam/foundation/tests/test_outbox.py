from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import transaction

from congtam.foundation import outbox
from congtam.foundation.models import OutboxMessage
from congtam.foundation.outbox import Message, drain_outbox, publish, subscribe
from congtam.foundation.time import clock
from congtam.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[str]]:
    keys: list[str] = []

    @subscribe("test.topic")
    def handler(messages: Sequence[Message]) -> None:
        keys.extend(message.key for message in messages)
        if any(message.payload.get("poison") for message in messages):
            raise ValueError("cannot digest this")

    yield keys
    outbox._subscribers["test.topic"].clear()


def test_messages_arrive_once_and_in_order(heard: list[str]) -> None:
    for key in "abc":
        publish("test.topic", key)
    assert drain_outbox() == 3
    assert drain_outbox() == 0
    assert heard == ["a", "b", "c"]


def test_a_change_that_is_undone_tells_nobody(heard: list[str]) -> None:
    with transaction.atomic():
        publish("test.topic", "a")
        transaction.set_rollback(True)
    drain_outbox()
    assert heard == []


def test_a_failed_message_is_kept_with_its_error_and_not_lost(heard: list[str]) -> None:
    publish("test.topic", "bad", {"poison": True})
    assert drain_outbox() == 0
    row = OutboxMessage.objects.get(key="bad")
    assert (row.handled_at, row.attempts, row.last_error) == (None, 1, "ValueError: cannot digest this")


def test_a_message_nobody_can_digest_holds_up_no_other(heard: list[str]) -> None:
    for key, payload in (("a", {}), ("bad", {"poison": True}), ("b", {})):
        publish("test.topic", key, payload)
    assert drain_outbox() == 0, "they came together and failed together"
    OutboxMessage.objects.update(available_at=clock().now())
    assert drain_outbox() == 2
    assert list(OutboxMessage.objects.filter(handled_at=None).values_list("key", flat=True)) == ["bad"]


def test_a_failing_topic_holds_up_no_other(heard: list[str]) -> None:
    publish("test.topic", "bad", {"poison": True})
    publish("other.topic", "good")
    assert drain_outbox() == 1


@pytest.fixture
def gathered() -> Iterator[list[str]]:
    calls: list[str] = []

    @subscribe("test.topic", once_a_batch=True)
    def handler(messages: Sequence[Message]) -> None:
        calls.append("".join(message.key for message in messages))
        if any(message.payload.get("too much") for message in messages):
            raise ValueError("cannot gather this")

    yield calls
    outbox._once_a_batch["test.topic"].clear()


def test_who_gathers_is_called_once_a_batch(heard: list[str], gathered: list[str]) -> None:
    for topic, key in (("test.topic", "a"), ("other.topic", "-"), ("test.topic", "b")):
        publish(topic, key)
    assert drain_outbox() == 3
    assert (heard, gathered) == (["a", "b"], ["ab"])


def test_what_failed_before_is_not_gathered(heard: list[str], gathered: list[str]) -> None:
    publish("test.topic", "bad", {"poison": True})
    assert (drain_outbox(), gathered) == (0, [])


def test_what_cannot_be_gathered_is_kept_and_holds_up_no_other(heard: list[str], gathered: list[str]) -> None:
    for key, payload in (("a", {}), ("bad", {"too much": True})):
        publish("test.topic", key, payload)
    assert drain_outbox() == 0
    OutboxMessage.objects.update(available_at=clock().now())
    assert drain_outbox() == 1
    row = OutboxMessage.objects.get(handled_at=None)
    assert (row.key, row.attempts, row.last_error) == ("bad", 2, "ValueError: cannot gather this")


def test_messages_wait_by_the_clock_of_the_installation(heard: list[str], frozen_clock: FixedClock) -> None:
    publish("test.topic", "a")
    assert drain_outbox() == 1
    assert heard == ["a"]


def test_only_what_was_handled_long_ago_is_forgotten(heard: list[str], frozen_clock: FixedClock) -> None:
    publish("test.topic", "old")
    drain_outbox()
    publish("test.topic", "waiting")
    frozen_clock.instant += timedelta(days=31)
    publish("test.topic", "new")
    assert outbox.forget_handled(older_than=timedelta(days=30)) == 1
    assert list(OutboxMessage.objects.order_by("pk").values_list("key", flat=True)) == ["waiting", "new"]

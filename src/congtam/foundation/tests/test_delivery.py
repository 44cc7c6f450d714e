"""Deliveries: sent at least once, later and later after a failure, given up at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from congtam.foundation.delivery import Queue, SendResult, record_attempt, requeue_delivery, send_due
from congtam.foundation.domain.retries import RetryRule
from congtam.foundation.models import DeliveryState, Notification, NotificationChannel
from congtam.foundation.time import clock
from congtam.kernel.clock import FixedClock
from congtam.testing.own_database import at_once, own_database

RULE = RetryRule(first_wait=timedelta(minutes=1), longest_wait=timedelta(minutes=4), max_attempts=5)


def written(key: str) -> Notification:
    now = clock().now()
    return Notification.objects.create(
        kind="test", channel=NotificationChannel.EMAIL, address="a@example.vn", subject_kind="test", subject_code=key,
        code=f"code of {key}", dedupe_key=key, created_at=now, next_at=now,
    )  # fmt: skip


def oldest_due() -> Notification | None:
    due = Notification.objects.filter(state=DeliveryState.WAITING, next_at__lte=clock().now())
    return due.order_by("pk").first()


def queue_of(send: Callable[[Notification], SendResult], **options: int) -> Queue[Notification]:
    return Queue(name="test", next_due=oldest_due, send=send, retry=RULE, **options)


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [
        pytest.param(
            RetryRule(first_wait=timedelta(seconds=30), longest_wait=timedelta(hours=2)),
            [30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200],
            id="doubled up to two hours",
        ),
        pytest.param(
            RetryRule(first_wait=timedelta(minutes=1), factor=4, longest_wait=timedelta(hours=6)),
            [60, 240, 960, 3840, 15360, 21600],
            id="four times, up to six hours",
        ),
        pytest.param(
            RetryRule(first_wait=timedelta(hours=3), longest_wait=timedelta(hours=2)), [7200], id="capped"
        ),
    ],
)
def test_waits_grow_to_a_limit(rule: RetryRule, seconds: list[int]) -> None:
    waits = [rule.wait_after(attempts).total_seconds() for attempts in range(1, len(seconds) + 1)]
    assert waits == seconds
    assert rule.wait_after(100_000) == rule.longest_wait


def test_a_rule_gives_up_by_number_or_by_age_or_never() -> None:
    by_age = RetryRule(
        first_wait=timedelta(1), longest_wait=timedelta(1), max_age=timedelta(hours=24), max_attempts=None
    )
    endless = RetryRule(first_wait=timedelta(1), longest_wait=timedelta(1))
    day = timedelta(hours=24)
    assert [RULE.gives_up(attempts=number, age=day) for number in (4, 5)] == [False, True]
    assert [by_age.gives_up(attempts=99, age=age) for age in (day / 2, day)] == [False, True]
    assert not endless.gives_up(attempts=10**6, age=day * 1000)


def test_what_was_taken_is_sent_once(db: None, frozen_clock: FixedClock) -> None:
    codes: list[str] = []

    def send(row: Notification) -> SendResult:
        codes.append(row.code)
        return SendResult(is_sent=True)

    rows = [written(key) for key in "abc"]
    assert send_due(queue_of(send)) == 3
    assert send_due(queue_of(send)) == 0
    assert codes == [row.code for row in rows]
    row = Notification.objects.get(dedupe_key="a")
    assert (row.state, row.attempts, row.done_at) == (DeliveryState.SENT, 1, frozen_clock.now())


def test_a_failure_waits_and_the_last_one_gives_up(db: None, frozen_clock: FixedClock) -> None:
    row = written("a")
    waits = []
    while row.state == DeliveryState.WAITING:
        begun = frozen_clock.now()
        assert send_due(queue_of(lambda _: SendResult(is_sent=False, error="no"))) == 0
        row.refresh_from_db()
        waits.append(int((row.next_at - begun).total_seconds() / 60))
        frozen_clock.instant = max(row.next_at, frozen_clock.instant)
    assert waits == [1, 2, 4, 4, 0]
    assert (row.state, row.attempts, row.last_error) == (DeliveryState.GIVEN_UP, 5, "no")
    requeue_delivery(row)
    assert send_due(queue_of(lambda _: SendResult(is_sent=True))) == 1
    assert Notification.objects.get().code == row.code


def test_a_hopeless_one_is_given_up_at_once_and_holds_up_nobody(db: None, frozen_clock: FixedClock) -> None:
    written("bad")
    written("good")

    def send(row: Notification) -> SendResult:
        return (
            SendResult(is_sent=False, error="impossible", is_final=True)
            if row.dedupe_key == "bad"
            else SendResult(is_sent=True)
        )

    assert send_due(queue_of(send)) == 1
    states = dict(Notification.objects.values_list("dedupe_key", "state"))
    assert states == {"bad": DeliveryState.GIVEN_UP, "good": DeliveryState.SENT}


def test_a_receiver_that_is_away_is_left_alone_for_now(db: None, frozen_clock: FixedClock) -> None:
    for key in "abcdef":
        written(key)
    send_due(queue_of(lambda _: SendResult(is_sent=False, error="away"), most_failures_in_a_row=2))
    assert Notification.objects.filter(attempts=1).count() == 2
    send_due(queue_of(lambda _: SendResult(is_sent=True), most_attempts_per_run=3))
    assert Notification.objects.filter(state=DeliveryState.SENT).count() == 3


def test_a_sender_killed_before_it_saves_sends_under_the_same_code(
    db: None, frozen_clock: FixedClock
) -> None:
    codes: list[str] = []

    def send(row: Notification) -> SendResult:
        codes.append(row.code)
        if len(codes) == 1:
            raise KeyboardInterrupt
        return SendResult(is_sent=True)

    written("a")
    with pytest.raises(KeyboardInterrupt):
        send_due(queue_of(send))
    assert send_due(queue_of(send)) == 1
    assert len(codes) == 2
    assert len(set(codes)) == 1


def test_age_decides_where_the_rule_says_so(db: None, frozen_clock: FixedClock) -> None:
    rule = RetryRule(first_wait=timedelta(1), longest_wait=timedelta(1), max_age=timedelta(hours=24))
    row = written("a")
    frozen_clock.advance(timedelta(hours=25))
    record_attempt(row, SendResult(is_sent=False, error="no"), rule)
    assert row.state == DeliveryState.GIVEN_UP


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: object) -> object:
    """A copy of the database, in which several connections really commit."""
    with django_db_blocker.unblock(), own_database("delivery"):  # type: ignore[attr-defined]
        yield


def test_many_senders_at_once_send_each_once(own: None, frozen_clock: FixedClock) -> None:
    sent: list[str] = []

    def send(row: Notification) -> SendResult:
        sent.append(row.dedupe_key)
        return SendResult(is_sent=True)

    for key in "abcdef":
        written(key)
    assert sum(at_once([lambda: send_due(queue_of(send))] * 4)) == 6
    assert sent == list("abcdef")

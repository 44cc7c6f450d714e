"""Rate limits: exact among many at once, filling evenly, forgotten when they say nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from congtam.foundation.models import RateLimitBucket
from congtam.foundation.rate_limits import RateLimit, forget_full_buckets, return_call, take
from congtam.kernel.clock import FixedClock
from congtam.testing.own_database import at_once, own_database

TEN = RateLimit.per(timedelta(minutes=10), name="test", burst=10)


def taken(count: int, subject: str = "a") -> int:
    """How many of so many tries were let through."""
    return sum(take(TEN, subject) is not None for _ in range(count))


def test_a_bucket_empties_and_fills_evenly(db: None, frozen_clock: FixedClock) -> None:
    assert taken(12) == 10
    assert taken(1, subject="b") == 1, "another subject has a bucket of its own"
    frozen_clock.advance(TEN.wait())
    assert taken(3) == 1
    frozen_clock.advance(timedelta(minutes=3))
    assert taken(9) == 3
    frozen_clock.advance(timedelta(days=1))
    assert taken(30) == 10


def test_several_calls_are_taken_together_or_not_at_all(db: None, frozen_clock: FixedClock) -> None:
    assert [take(TEN, "a", calls=4) for _ in range(3)] == [6, 2, None]
    assert take(TEN, "a", calls=2) == 0
    assert TEN.wait(4) == timedelta(minutes=4)


def test_a_call_that_is_given_back_can_be_made_again(db: None, frozen_clock: FixedClock) -> None:
    taken(10)
    return_call(TEN, "a")
    assert taken(3) == 1
    for _ in range(30):
        return_call(TEN, "a")
    assert taken(30) == 10
    return_call(TEN, "never seen")


def test_a_clock_set_back_stops_nobody_for_long(db: None, frozen_clock: FixedClock) -> None:
    taken(10)
    frozen_clock.advance(timedelta(hours=-2))
    assert taken(1) == 0
    frozen_clock.advance(timedelta(hours=2, minutes=1))
    assert taken(2) == 1


def test_only_full_buckets_are_forgotten_and_no_subject_is_stored(db: None, frozen_clock: FixedClock) -> None:
    taken(10, subject="203.0.113.9")
    taken(1, subject="203.0.113.10")
    frozen_clock.advance(timedelta(minutes=2))
    assert forget_full_buckets() == 1
    assert "203.0.113" not in RateLimitBucket.objects.get().key
    frozen_clock.advance(timedelta(minutes=9))
    assert forget_full_buckets() == 1


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database, in which several connections really commit."""
    with django_db_blocker.unblock(), own_database("rates"):
        yield


def test_many_at_once_are_counted_exactly(own: None, frozen_clock: FixedClock) -> None:
    assert sum(at_once([lambda: taken(1)] * 16)) == 10


def test_more_calls_than_a_bucket_holds_are_never_let_through(db: None, frozen_clock: FixedClock) -> None:
    assert take(TEN, "a", calls=11) is None
    assert take(TEN, "a", calls=10) == 0

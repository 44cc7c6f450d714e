"""Doing a thing once: the first result for everybody who comes with the key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from congtam.foundation.idempotency import KeyUsedOtherwise, StoredResult, carry_out_once, forget_old_keys
from congtam.kernel.clock import FixedClock
from congtam.testing.own_database import at_once, own_database


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def __call__(self) -> StoredResult:
        return StoredResult(body=f"result {next(self.numbers)}", status=201, headers={"ETag": "x"})


def test_the_second_gets_the_result_of_the_first(db: None, frozen_clock: FixedClock) -> None:
    work = Work()
    first = carry_out_once("clerk", "k", carry_out=work)
    second = carry_out_once("clerk", "k", carry_out=work)
    assert (first.body, first.is_replayed) == ("result 1", False)
    assert second == StoredResult(body="result 1", status=201, headers={"ETag": "x"}, is_replayed=True)
    assert carry_out_once("officer", "k", carry_out=work).body == "result 2", "keys belong to their account"


def test_a_key_used_for_something_else_is_refused(db: None, frozen_clock: FixedClock) -> None:
    carry_out_once("clerk", "k", carry_out=Work(), digest="a")
    with pytest.raises(KeyUsedOtherwise):
        carry_out_once("clerk", "k", carry_out=Work(), digest="b")


def test_what_failed_leaves_the_key_free(db: None, frozen_clock: FixedClock) -> None:
    def fail() -> StoredResult:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError), transaction.atomic():
        carry_out_once("clerk", "k", carry_out=fail)
    assert carry_out_once("clerk", "k", carry_out=Work()).body == "result 1"


def test_what_failed_is_taken_back_though_the_caller_goes_on(db: None, frozen_clock: FixedClock) -> None:
    def fail() -> StoredResult:
        carry_out_once("clerk", "inner", carry_out=Work())
        raise RuntimeError("no")

    with transaction.atomic(), pytest.raises(RuntimeError):
        carry_out_once("clerk", "outer", carry_out=fail)
    assert not carry_out_once("clerk", "outer", carry_out=Work()).is_replayed
    assert not carry_out_once("clerk", "inner", carry_out=Work()).is_replayed


def test_a_key_is_stored_for_a_day(db: None, frozen_clock: FixedClock) -> None:
    work = Work()
    carry_out_once("clerk", "k", carry_out=work)
    frozen_clock.advance(timedelta(hours=23))
    assert forget_old_keys() == 0
    assert carry_out_once("clerk", "k", carry_out=work).is_replayed
    frozen_clock.advance(timedelta(hours=2))
    assert carry_out_once("clerk", "k", carry_out=work, digest="other").body == "result 2"
    frozen_clock.advance(timedelta(hours=25))
    assert forget_old_keys() == 1


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database, in which several connections really commit."""
    with django_db_blocker.unblock(), own_database("idempotency"):
        yield


def test_six_at_once_are_carried_out_once(own: None, frozen_clock: FixedClock) -> None:
    work = Work()

    def send() -> str:
        with transaction.atomic():
            return carry_out_once("clerk", "k", carry_out=work).body

    assert set(at_once([send] * 6)) == {"result 1"}


def test_it_opens_a_transaction_where_there_is_none(own: None, frozen_clock: FixedClock) -> None:
    def fail() -> StoredResult:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        carry_out_once("clerk", "k", carry_out=fail)
    work = Work()

    def send() -> str:
        return carry_out_once("clerk", "k", carry_out=work).body

    assert set(at_once([send] * 6)) == {"result 1"}

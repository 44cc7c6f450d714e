"""One account that asks without end is stopped for a while; the others are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from congtam.api.allowance import AccountRate, clear_held_calls, rate_in_force, set_rate
from congtam.foundation.public import console_actor
from congtam.foundation.tokens import issue_token
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    clear_held_calls()
    yield
    clear_held_calls()


def caller(name: str) -> Client:
    token = issue_token(name, name="x", days=1, actor=console_actor())
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def statuses(client: Client, count: int) -> list[int]:
    return [client.get("/api/v1/consultations").status_code for _ in range(count)]


def test_whoever_asks_too_much_waits(frozen_clock: FixedClock, cast: Cast) -> None:
    set_rate(AccountRate(per_second=2, burst=12), actor=console_actor())
    clerk, officer = caller("clerk"), caller("officer")
    assert statuses(clerk, 13) == [200] * 12 + [429]
    refused = clerk.get("/api/v1/consultations")
    told = refused.json()
    assert (told["code"], told["title"]) == ("too_many_requests", "Too many requests")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["RateLimit-Policy"] == '"account";q=12;w=6'
    assert refused.headers["RateLimit"] == '"account";r=0'
    assert statuses(officer, 3) == [200] * 3
    frozen_clock.advance(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert statuses(clerk, 3) == [200] * 3


def test_it_holds_for_all_processes_and_tokens_of_an_account(frozen_clock: FixedClock, cast: Cast) -> None:
    set_rate(AccountRate(per_second=1, burst=8), actor=console_actor())
    first, second = caller("clerk"), caller("clerk")
    found = []
    for _ in range(6):
        found += statuses(first, 1)
        clear_held_calls()  # another process: it holds nothing yet
        found += statuses(second, 1)
    assert found.count(200) <= 8
    assert found[-1] == 429


def test_what_is_left_is_told_and_fills_again(frozen_clock: FixedClock, cast: Cast) -> None:
    set_rate(AccountRate(per_second=5, burst=100), actor=console_actor())
    clerk = caller("clerk")
    answer = clerk.get("/api/v1/consultations")
    assert answer.headers["RateLimit"] == '"account";r=99'
    statuses(clerk, 60)
    frozen_clock.advance(timedelta(minutes=1))
    assert clerk.get("/api/v1/consultations").headers["RateLimit"] == '"account";r=99'


def test_a_clock_set_back_stops_nobody(frozen_clock: FixedClock, cast: Cast) -> None:
    set_rate(AccountRate(per_second=1, burst=4), actor=console_actor())
    clerk = caller("clerk")
    assert statuses(clerk, 5)[-1] == 429
    frozen_clock.advance(timedelta(hours=-2))
    assert clerk.get("/api/v1/consultations").status_code == 429
    frozen_clock.advance(timedelta(hours=3))
    assert clerk.get("/api/v1/consultations").status_code == 200


def test_an_integration_may_hand_in_fifty_a_second_for_half_a_minute(cast: Cast) -> None:
    rate = rate_in_force()
    assert rate.burst + 30 * rate.per_second > 2 * 50 * 30


def test_a_stranger_is_told_nothing_of_it(client: Client, db: None) -> None:
    assert "RateLimit" not in client.get("/api/v1/dossiers").headers

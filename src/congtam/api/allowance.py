"""How much an account may ask of the API (hạn mức gọi API): so that one program gone wild leaves room for the others.

A rate limit (`foundation.rate_limits`) for each account. A process takes a handful of calls from its bucket at a time
and counts those by itself: the table is touched once in so many calls, and what is taken and not used is given up after
a few seconds, when the bucket has filled again anyway.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest

from congtam.api.problems import RequestRefused
from congtam.foundation.public import Actor, installation_notes, real_clock, record, set_installation_notes
from congtam.foundation.rate_limits import RateLimit, take
from congtam.kernel.errors import msgid

NOTE: Final = "api_allowance"
PER_SECOND, BURST = 200.0, 6000
HANDFUL: Final = 50
HOLD_TIME: Final = timedelta(seconds=5)
_LONGEST: Final = timedelta(minutes=5)


class TooManyCalls(RequestRefused):
    """The account has used up what it may ask in a short time."""

    code = "too_many_requests"
    message = msgid(
        "This account has sent too many requests. Wait {seconds} seconds, then send requests more slowly."
    )
    status = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True)
class AccountRate:
    """How many calls a second an account may make for long, and how many at once."""

    per_second: float = PER_SECOND
    burst: int = BURST

    @property
    def handful(self) -> int:
        """How many calls a process takes at a time."""
        return max(1, min(HANDFUL, self.burst // 4))

    @property
    def limit(self) -> RateLimit:
        """The rate as a limit for each account."""
        return RateLimit(name="api.account", per_second=self.per_second, burst=self.burst)

    @property
    def policy(self) -> str:
        """As the header RateLimit-Policy tells it: so many calls within so many seconds."""
        return f'"account";q={self.burst};w={math.ceil(self.burst / self.per_second)}'


@dataclass
class HeldCalls:
    """What a process holds of an account's allowance; when it was given nothing, it asks again only at the end."""

    rate: AccountRate
    calls: int
    left: int
    until: datetime
    is_refused: bool = False

    def is_good(self, now: datetime) -> bool:
        """Whether the bucket need not be looked at; a clock that was set back is not waited for."""
        return now < self.until <= now + _LONGEST and (self.is_refused or self.calls > 0)


_held: dict[str, HeldCalls] = {}
_lock = threading.Lock()


def rate_in_force() -> AccountRate:
    """The rate of this installation, as it was set, else the usual one."""
    note: Any = installation_notes().get(NOTE) or {}
    return AccountRate(per_second=note.get("per_second", PER_SECOND), burst=note.get("burst", BURST))


def set_rate(rate: AccountRate, *, actor: Actor) -> None:
    """Say how much every account of this installation may ask; in force within seconds."""
    set_installation_notes(**{NOTE: {"per_second": rate.per_second, "burst": rate.burst}})
    record(
        actor,
        "api.allowance_set",
        kind="installation",
        key=NOTE,
        data={"calls": rate.burst, "rate": rate.per_second},
    )


def consume_call(request: HttpRequest, username: str) -> None:
    """Count one call; raises TooManyCalls with the seconds to wait when there is none left."""
    now = real_clock().now()
    with _lock:
        held = _held.get(username)
        if held is None or not held.is_good(now):
            held = _held[username] = _reserve_calls(username, now)
        if not held.is_refused:
            held.calls -= 1
    request.congtam_allowance = held  # type: ignore[attr-defined]
    if held.is_refused:
        raise TooManyCalls(seconds=_seconds_until_reset(held, now))


def rate_limit_headers(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The headers that tell a caller how much it has left."""
    held: HeldCalls | None = getattr(request, "congtam_allowance", None)
    if held is None:
        return
    yield "RateLimit-Policy", held.rate.policy
    yield "RateLimit", f'"account";r={max(0, held.calls + held.left)}'
    if held.is_refused:
        yield "Retry-After", str(_seconds_until_reset(held, real_clock().now()))


def clear_held_calls() -> None:
    """Give up what this process holds, so that the next call looks into the bucket; for tests."""
    with _lock:
        _held.clear()


def _reserve_calls(username: str, now: datetime) -> HeldCalls:
    rate = rate_in_force()
    left = take(rate.limit, username, calls=rate.handful)
    if left is None:
        wait = rate.limit.wait(rate.handful)
        return HeldCalls(rate=rate, calls=0, left=0, until=now + wait, is_refused=True)
    return HeldCalls(rate=rate, calls=rate.handful, left=left, until=now + HOLD_TIME)


def _seconds_until_reset(held: HeldCalls, now: datetime) -> int:
    return max(1, math.ceil((held.until - now).total_seconds()))

"""Rate limits (giới hạn tần suất): how often somebody may do something, shared by all web processes.

A token bucket for each limit and subject: it holds ``burst`` calls at most and fills evenly. Taking calls is one
statement, so many at once are counted exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django.utils.crypto import salted_hmac

from congtam.foundation.models import RateLimitBucket
from congtam.foundation.time import real_clock

_FILLED: Final = (
    "least(%(burst)s::float8,"
    " b.calls + greatest(0, extract(epoch FROM excluded.at - b.at)::float8) * %(rate)s::float8)"
)
_TAKE: Final = (
    "INSERT INTO foundation_ratelimitbucket AS b (key, calls, at, full_at)"  # noqa: S608 - our own words
    " VALUES (%(key)s, %(burst)s::float8 - %(calls)s::float8, %(now)s,"
    " %(now)s::timestamptz + make_interval(secs => %(calls)s::float8 / %(rate)s::float8))"
    " ON CONFLICT (key) DO UPDATE SET at = greatest(b.at, excluded.at),"
    f" calls = {_FILLED} - %(calls)s::float8,"
    " full_at = greatest(b.at, excluded.at) + make_interval(secs =>"
    f" (%(burst)s::float8 - {_FILLED} + %(calls)s::float8) / %(rate)s::float8)"
    f" WHERE {_FILLED} >= %(calls)s::float8 RETURNING calls"
)
_RETURN: Final = (
    "UPDATE foundation_ratelimitbucket SET calls = least(%(burst)s::float8, calls + 1) WHERE key = %(key)s"
)


@dataclass(frozen=True, kw_only=True)
class RateLimit:
    """So many calls a second for long, and ``burst`` at once (giới hạn tần suất).

    >>> RateLimit.per(timedelta(minutes=10), name="lookup", burst=10).wait()
    datetime.timedelta(seconds=60)
    """

    name: str
    per_second: float
    burst: int

    @classmethod
    def per(cls, period: timedelta, *, name: str, burst: int) -> RateLimit:
        """So many calls at once, filled again evenly within the period."""
        return cls(name=name, burst=burst, per_second=burst / period.total_seconds())

    def wait(self, calls: int = 1) -> timedelta:
        """How long an empty bucket takes to hold this many calls; whole seconds, at least one."""
        return timedelta(seconds=max(1, math.ceil(calls / self.per_second)))


def take(limit: RateLimit, subject: str, *, calls: int = 1) -> int | None:
    """Take calls out of a subject's bucket: how many are left, or None, with nothing taken, when it holds too few."""
    if calls > limit.burst:
        return None
    numbers: dict[str, Any] = {
        "key": _bucket_key(limit, subject),
        "now": real_clock().now(),
        "burst": limit.burst,
        "rate": limit.per_second,
        "calls": calls,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, numbers)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def return_call(limit: RateLimit, subject: str) -> None:
    """Put one call back, for instance of a try that succeeded."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURN, {"burst": limit.burst, "key": _bucket_key(limit, subject)})


def forget_full_buckets() -> int:
    """Remove buckets that have filled again since they were last used; how many there were."""
    return int(RateLimitBucket.objects.filter(full_at__lt=real_clock().now()).delete()[0])


def _bucket_key(limit: RateLimit, subject: str) -> str:
    return salted_hmac("rate_limits", f"{limit.name}:{subject}", algorithm="sha256").hexdigest()

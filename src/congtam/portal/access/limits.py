"""How often a stranger may try (giới hạn số lần thử): counted in one statement, shared by all web processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.crypto import salted_hmac

from congtam.foundation.public import clock
from congtam.kernel.errors import DomainError, msgid
from congtam.portal.models import Attempt

_KEPT_SECONDS: Final = 24 * 3600


class TooManyTries(DomainError):
    """Somebody tried too often; ``minutes`` says when to come back."""

    code = "portal.too_many_tries"
    message = msgid("Too many tries. Please come back in {minutes} minutes.")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many tries in so many seconds, per subject."""

    name: str
    most: int
    seconds: int = 600


LOOKUP_BY_ADDRESS: Final = Limit(name="lookup.address", most=10)
LOOKUP_BY_CODE: Final = Limit(name="lookup.code", most=5)
DRAFT_BY_ADDRESS: Final = Limit(name="draft.address", most=20, seconds=3600)
FILES_BY_ADDRESS: Final = Limit(name="files.address", most=120, seconds=3600)
PRINT_BY_ADDRESS: Final = Limit(name="print.address", most=60, seconds=3600)
SEND_BY_ADDRESS: Final = Limit(name="send.address", most=10, seconds=3600)


def consume(*tries: tuple[Limit, str]) -> None:
    """Count a try under each limit; raises TooManyTries once one is used up. All are counted either way."""
    worst = 0
    now = clock().now().timestamp()
    for limit, subject in tries:
        window = _window(limit, now)
        if _count(limit, subject, window) > limit.most:
            worst = max(worst, int(window + limit.seconds - now) + 1)
    if worst:
        raise TooManyTries(minutes=-(-worst // 60))


def give_back(*tries: tuple[Limit, str]) -> None:
    """A try that succeeded costs nothing."""
    now = clock().now().timestamp()
    with connection.cursor() as cursor:
        for limit, subject in tries:
            cursor.execute(
                'UPDATE portal_attempt SET count = greatest(count - 1, 0) WHERE key = %s AND "window" = %s',
                [_key(limit, subject), _window(limit, now)],
            )


def forget_old() -> int:
    """Remove counters of past windows; how many there were."""
    oldest = int(clock().now().timestamp()) - _KEPT_SECONDS
    return int(Attempt.objects.filter(window__lt=oldest).delete()[0])


def _window(limit: Limit, now: float) -> int:
    return int(now // limit.seconds) * limit.seconds


def _count(limit: Limit, subject: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO portal_attempt (key, "window", count) VALUES (%s, %s, 1)'
            ' ON CONFLICT (key, "window") DO UPDATE SET count = portal_attempt.count + 1 RETURNING count',
            [_key(limit, subject), window],
        )
        return int(cursor.fetchone()[0])


def _key(limit: Limit, subject: str) -> str:
    return salted_hmac("portal.limits", f"{limit.name}:{subject}", algorithm="sha256").hexdigest()

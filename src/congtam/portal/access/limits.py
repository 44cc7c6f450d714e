"""How often a stranger may try (giới hạn số lần thử): the portal's rate limits, by address and by code."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from congtam.foundation.rate_limits import RateLimit, take
from congtam.foundation.rate_limits import return_call as give_back_call
from congtam.kernel.errors import DomainError, msgid


class TooManyTries(DomainError):
    """Somebody tried too often; ``minutes`` says when to come back."""

    code = "portal.too_many_tries"
    message = msgid("Too many attempts. Try again in {minutes} minutes.")


_TEN_MINUTES: Final = timedelta(minutes=10)
_HOUR: Final = timedelta(hours=1)
LOOKUP_BY_ADDRESS: Final = RateLimit.per(_TEN_MINUTES, name="portal.lookup.address", burst=10)
LOOKUP_BY_CODE: Final = RateLimit.per(_TEN_MINUTES, name="portal.lookup.code", burst=5)
DRAFT_BY_ADDRESS: Final = RateLimit.per(_HOUR, name="portal.draft.address", burst=20)
FILES_BY_ADDRESS: Final = RateLimit.per(_HOUR, name="portal.files.address", burst=120)
PRINT_BY_ADDRESS: Final = RateLimit.per(_HOUR, name="portal.print.address", burst=60)
SEND_BY_ADDRESS: Final = RateLimit.per(_HOUR, name="portal.send.address", burst=10)


def consume_tries(*tries: tuple[RateLimit, str]) -> None:
    """Count a try under each limit; raises TooManyTries once one is used up. The others are counted either way."""
    used_up = [limit for limit, subject in tries if take(limit, subject) is None]
    if used_up:
        # Until then the whole allowance is there again.
        wait = max(limit.wait(limit.burst) for limit in used_up)
        raise TooManyTries(minutes=math.ceil(wait / timedelta(minutes=1)))


def give_back_tries(*tries: tuple[RateLimit, str]) -> None:
    """A try that succeeded costs nothing."""
    for limit, subject in tries:
        give_back_call(limit, subject)

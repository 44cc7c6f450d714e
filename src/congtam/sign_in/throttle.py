"""Counting tries to sign in (đếm số lần thử); the rules are in `limits.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from congtam.foundation.rate_limits import RateLimit, return_call, take
from congtam.sign_in.limits import EVERYWHERE, Counted, counted

_NOTED: Final = RateLimit.per(timedelta(minutes=5), name="sign_in.noted", burst=1)
_ALL: Final = "all"


@dataclass(frozen=True, kw_only=True)
class Try:
    """One try to sign in, and what it was counted against."""

    limits: Counted
    is_global: bool

    def forgive(self) -> None:
        """It succeeded: it counts for nothing."""
        for limit, subject in self.limits:
            return_call(limit, subject)
        if self.is_global:
            return_call(EVERYWHERE, _ALL)


def begin_try(*, username: str, address: str, device: str) -> Try | None:
    """Count a try before the password is looked at; None when it must wait."""
    account = username.strip().lower()[:150]
    is_global = not device and take(EVERYWHERE, _ALL) is not None
    is_under_attack = not device and not is_global
    limits = counted(account=account, address=address, device=device, is_under_attack=is_under_attack)
    taken: list[tuple[RateLimit, str]] = []
    for limit, subject in limits:
        if take(limit, subject) is None:
            Try(limits=tuple(taken), is_global=is_global).forgive()
            return None
        taken.append((limit, subject))
    return Try(limits=limits, is_global=is_global)


def is_worth_noting(*, username: str, address: str) -> bool:
    """Whether a try that had to wait is recorded: once in five minutes, so that nobody fills the table."""
    return take(_NOTED, f"{address}:{username.strip().lower()[:150]}") is not None

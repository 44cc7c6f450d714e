"""What is required at sign-in from which day on (quy định đăng nhập)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

IDLE_MINUTES: Final = 30
SHORTEST_IDLE: Final = 5
LONGEST_IDLE: Final = 12 * 60
ROLES: Final = frozenset({"administrator", "unit_head", "leader"})
"""Who gives rights and reads the ledger, and who approves results."""


@dataclass(frozen=True, kw_only=True)
class SignInPolicy:
    """The rules in force from a day on (quy định đăng nhập)."""

    since: date
    roles: frozenset[str] = ROLES
    """Whoever holds one of them needs a second step."""
    idle_minutes: int = IDLE_MINUTES
    """After so many minutes without use a session ends."""

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> Self:
        """From the JSON it is stored as."""
        return cls(
            since=date.fromisoformat(stored["since"]),
            roles=frozenset(stored["roles"]),
            idle_minutes=int(stored["idle_minutes"]),
        )

    def as_data(self) -> dict[str, Any]:
        """As JSON, for storage and for the ledger."""
        return {
            "since": self.since.isoformat(),
            "roles": sorted(self.roles),
            "idle_minutes": self.idle_minutes,
        }


FIRST: Final = SignInPolicy(since=date.min)
"""Until an administrator decides otherwise."""


def policy_on(policies: Iterable[SignInPolicy], day: date) -> SignInPolicy:
    """The latest that has begun.

    >>> policy_on([], date(2026, 1, 1)) is FIRST
    True
    >>> policy_on([SignInPolicy(since=date(2026, 2, 1), idle_minutes=9)], date(2026, 2, 1)).idle_minutes
    9
    """
    begun = [policy for policy in policies if policy.since <= day]
    return max(begun, key=lambda policy: policy.since, default=FIRST)


def needs_second_step(policy: SignInPolicy, roles: Iterable[str], *, is_demonstration: bool) -> bool:
    """Whether an account with these roles needs one; a demonstration is entered by one password.

    >>> needs_second_step(FIRST, ["clerk"], is_demonstration=False)
    False
    >>> needs_second_step(FIRST, ["clerk", "leader"], is_demonstration=False)
    True
    >>> needs_second_step(FIRST, ["leader"], is_demonstration=True)
    False
    """
    return not is_demonstration and not policy.roles.isdisjoint(roles)

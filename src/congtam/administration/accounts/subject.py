"""An account as somebody meets it who cares for accounts (tài khoản được quản lý), and a change under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congtam.administration.accounts.giving import Reach
from congtam.foundation.account_changes import HeldRole
from congtam.foundation.lifecycle import Verb
from congtam.foundation.public import Account, Actor


@dataclass(frozen=True, kw_only=True)
class AccountInCare:
    """The account with its roles, and what the actor may give."""

    actor: Actor
    account: Account
    roles: tuple[HeldRole, ...]
    reach: Reach
    day: date

    @property
    def current_roles(self) -> tuple[HeldRole, ...]:
        """The roles that hold today or will hold."""
        return tuple(held for held in self.roles if not held.is_over(self.day))

    @property
    def shown_roles(self) -> tuple[HeldRole, ...]:
        """Those the actor may read of: over units within reach."""
        if self.reach.everything:
            return self.roles
        return tuple(held for held in self.roles if held.unit_code in self.reach.codes)

    @property
    def is_own(self) -> bool:
        """Whether it is the actor's own."""
        return self.account.username == self.actor.username

    @property
    def is_in_care(self) -> bool:
        """Whether the actor may give all that the account has: nobody changes an account mightier than their own."""
        return self.reach.may_give_all((held.role, held.unit_code) for held in self.current_roles)


@dataclass(kw_only=True)
class AccountChange:
    """An account under change; ``data`` goes to the ledger and names no person."""

    subject: AccountInCare
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """Its row."""
        return self.subject.account

    @property
    def actor(self) -> Actor:
        """Who changes it."""
        return self.subject.actor


AccountVerb = Verb[AccountInCare]

"""How the engine of life cycles reaches accounts (vòng đời tài khoản)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from congtam.administration.accounts.queries import find_account
from congtam.administration.accounts.subject import AccountChange, AccountInCare, AccountVerb
from congtam.foundation.account_changes import held_roles, lock_account_row
from congtam.foundation.lifecycle import ChangeNotice, Port
from congtam.foundation.public import Actor
from congtam.kernel.errors import msgid

ACTIVE: Final = "active"
CLOSED: Final = "closed"
BOTH: Final = {ACTIVE: ACTIVE, CLOSED: CLOSED}


class AccountPort(Port[AccountInCare, AccountChange]):
    """The adapter of accounts."""

    kind: ClassVar[str] = "account"
    topic: ClassVar[str] = "accounts.changed"
    states = {ACTIVE: msgid("active"), CLOSED: msgid("locked")}

    def find(self, key: str, *, actor: Actor) -> AccountInCare | None:
        """By user name, among the accounts the actor sees."""
        return find_account(key, actor=actor)

    def may(self, subject: AccountInCare, verb: AccountVerb) -> bool:  # noqa: ARG002 - the engine's signature
        """Whoever may give all the roles of an account cares for it, by whichever verb."""
        return subject.is_in_care

    def lock(self, subject: AccountInCare) -> AccountInCare:
        """The row itself, with its roles as they are now."""
        account = lock_account_row(subject.account.username)
        if account is None:
            raise self.not_found(subject.account.username)
        locked = replace(subject, account=account, roles=held_roles(account))
        if not locked.is_in_care:
            raise self.stale_error(subject)
        return locked

    def version(self, subject: AccountInCare) -> int:
        """A column."""
        return subject.account.version

    def state(self, subject: AccountInCare) -> str:
        """Whether one may sign in with it."""
        return ACTIVE if subject.account.is_active else CLOSED

    def key(self, subject: AccountInCare) -> str:
        """The user name."""
        return subject.account.username

    def begin(self, subject: AccountInCare, *, verb: AccountVerb, state: str) -> AccountChange:  # noqa: ARG002
        """The state is set at once."""
        subject.account.is_active = state == ACTIVE
        return AccountChange(subject=subject)

    def store(self, change: AccountChange) -> ChangeNotice:
        """The whole row."""
        change.account.version += 1
        change.account.save()
        return ChangeNotice(key=change.account.username, data=change.data)

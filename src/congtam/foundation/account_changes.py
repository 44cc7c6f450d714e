"""What is changed of an account, in the caller's transaction (thay đổi tài khoản): rights and ledger are the caller's.

Whoever cares for accounts asks the right, locks the row, changes it by these functions and writes the ledger line.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher

from congtam.foundation import tokens
from congtam.foundation.domain.roles import Actor, Role
from congtam.foundation.models import Account, RoleGrant, TokenEnd

_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for another when read from paper."""
_GROUPS: Final = 4
_ITERATIONS: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """A role of an account with its period (phân vai); ``until`` is the first day on which it no longer holds."""

    id: int
    role: Role
    unit_code: str
    since: date | None
    until: date | None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return (self.since is None or self.since <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether it ended before a day or on it."""
        return self.until is not None and self.until <= day


def lock_account_row(username: str) -> Account | None:
    """The account, its row locked until the transaction ends."""
    return Account.objects.select_for_update().filter(username=username).first()


def held_roles(account: Account) -> tuple[HeldRole, ...]:
    """All its roles, also those that are over or not yet begun; the latest first."""
    rows = sorted(
        account.role_grants.all(), key=lambda row: (row.valid.lower or date.min, row.pk), reverse=True
    )
    return tuple(_held_role(row) for row in rows)


def add_account(*, username: str, name: str, position: str, email: str) -> tuple[Account, str]:
    """A new account without roles, with a temporary password, which is returned (cấp tài khoản)."""
    account = Account(username=username, name=name, position=position, email=email)
    password = set_temporary_password(account)
    account.save()
    return account, password


def set_temporary_password(account: Account) -> str:
    """Give the account, unsaved, a password that its owner must replace; it is returned and stored nowhere."""
    password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(_GROUPS))
    account.password, account.has_temporary_password = _hash_random(password), True
    return password


def end_tokens_of(account: Account, *, is_closed: bool, actor: Actor) -> None:
    """End the tokens that rest on the password an account loses, or on the account itself."""
    because = TokenEnd.ACCOUNT_CLOSED if is_closed else TokenEnd.PASSWORD_CHANGED
    tokens.end_tokens(account.username, because=because, actor=actor)


def add_role(
    account: Account, *, role: Role, unit_code: str, since: date, until: date | None, note: str = ""
) -> HeldRole:
    """Give a role from a day on, until the day before ``until`` (phân vai)."""
    row = RoleGrant.objects.create(
        account=account, role=role, unit_code=unit_code, valid=(since, until), note=note
    )
    row.refresh_from_db()
    return _held_role(row)


def end_role(account: Account, held: HeldRole, *, until: date) -> None:
    """Let a role end: ``until`` is the first day without it. One that would never have begun is removed."""
    row = account.role_grants.get(pk=held.id)
    if held.since is not None and until <= held.since:
        row.delete()
        return
    row.valid = (held.since, until)
    row.save(update_fields=["valid"])


def _held_role(row: RoleGrant) -> HeldRole:
    return HeldRole(
        id=row.pk,
        role=Role(row.role),
        unit_code=row.unit_code,
        since=row.valid.lower,
        until=row.valid.upper,
        note=row.note,
    )


def _hash_random(password: str) -> str:
    """The hash of a random password: 79 random bits need no slow hash, and a whole office gets accounts at once.

    At the first sign-in Django hashes it anew as slowly as any other.
    """
    hasher = get_hasher("default")
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=_ITERATIONS)
    return hasher.encode(password, hasher.salt())

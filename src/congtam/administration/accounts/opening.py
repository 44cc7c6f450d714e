"""Opening accounts (cấp tài khoản)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from congtam.administration.accounts.details import PersonDetails, taken_usernames, username_problems
from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.role_orders import RoleOrder
from congtam.foundation.account_changes import add_account
from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.public import Account, Actor, record
from congtam.kernel.errors import InputRefused, Problem, msgid


@dataclass(frozen=True, kw_only=True)
class AccountOrder:
    """An account to be opened (yêu cầu cấp tài khoản)."""

    username: str
    details: PersonDetails
    roles: Sequence[RoleOrder]


@dataclass(frozen=True, kw_only=True)
class OpenedAccount:
    """An account that was opened, with the password its owner must replace; the only time it is seen."""

    username: str
    name: str
    password: str


@transaction.atomic
def open_accounts(orders: Sequence[AccountOrder], *, actor: Actor) -> list[OpenedAccount]:
    """Open accounts, all or none; raises InputRefused, and RoleNotYours beyond one's reach."""
    reach = reach_of(actor)
    require_confirmation(actor)
    opened = [_open_account(order, reach) for order in orders]
    for order in orders:
        roles = [f"{each.role}@{each.unit_code}" for each in order.roles]
        record(actor, "account.opened", kind="account", key=order.username, data={"roles": roles})
    return opened


def _open_account(order: AccountOrder, reach: Reach) -> OpenedAccount:
    problems = _username_problems(order)
    if not order.roles:
        problems.append(Problem(code="role_missing", message=msgid("Give at least one role."), column="role"))
    if problems:
        raise InputRefused(problems)
    for role in order.roles:
        role.require_reach(reach)
    account, password = _add_account(order)
    for role in order.roles:
        role.carry_out(account)
    return OpenedAccount(username=account.username, name=account.name, password=password)


def _add_account(order: AccountOrder) -> tuple[Account, str]:
    details = dict(order.details.fields())
    try:
        with transaction.atomic():
            return add_account(username=order.username, **details)
    except IntegrityError:
        # Somebody else took the name this very moment.
        raise InputRefused(_username_problems(order)) from None


def _username_problems(order: AccountOrder) -> list[Problem]:
    return list(username_problems(order.username, taken=taken_usernames([order.username])))

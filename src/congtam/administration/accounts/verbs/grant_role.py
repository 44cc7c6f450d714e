"""Giving a role over a unit for a period (phân vai)."""

from __future__ import annotations

from datetime import date
from typing import Final

from congtam.administration.accounts.forms import RoleForm
from congtam.administration.accounts.port import ACTIVE
from congtam.administration.accounts.role_orders import RoleOrder
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


def grant_role(
    account: AccountChange, *, role: str, unit: str, since: date, until: date | None = None, note: str = ""
) -> None:
    """Give the role from its first to its last day; raises InputRefused, and RoleNotYours beyond one's reach."""
    order = RoleOrder.read(role=role, unit=unit, since=since, until=until, note=note, actor=account.actor)
    order.check(account.subject)
    order.carry_out(account.account)
    account.data |= order.as_data()


GRANT_ROLE: Final = AccountVerb(
    code="grant_role",
    name=msgid("Give a role"),
    done=msgid("Role given"),
    icon="plus",
    order=15,
    transitions={ACTIVE: ACTIVE},
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    needs_confirmation=True,
    apply=grant_role,
    form=RoleForm,
)

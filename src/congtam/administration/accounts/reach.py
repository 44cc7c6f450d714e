"""Over which units an actor cares for accounts (phạm vi quản lý tài khoản)."""

from __future__ import annotations

from congtam.administration.accounts.giving import Reach
from congtam.administration.permissions import is_administrator, may_manage_accounts
from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import visible_units


def reach_of(actor: Actor) -> Reach:
    """The reach of an actor, by the roles valid today; raises NotAllowed for who has none."""
    if is_administrator(actor):
        return Reach(everything=True)
    if not may_manage_accounts(actor):
        raise NotAllowed(right="administration.accounts")
    return Reach(
        administered=visible_units(actor, Role.ADMINISTRATOR).codes,
        headed=visible_units(actor, Role.UNIT_HEAD).codes,
        own=frozenset(actor.units_with(Role.UNIT_HEAD)),
    )

"""Over which units a role is held, and by whom (đơn vị có người giữ vai trò)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from congtam.foundation.domain.roles import EVERYWHERE, Role
from congtam.foundation.models import RoleGrant


def holders_of_role(role: Role, *, unit_code: str, on: date) -> list[str]:
    """The names of active accounts that hold a role over exactly this unit on a day, in order."""
    grants = RoleGrant.objects.filter(role=role, unit_code=unit_code, valid__contains=on)
    names = grants.filter(account__is_active=True).order_by("account__username")
    return list(names.values_list("account__username", flat=True).distinct())


def units_with_role(*roles: Role, on: date) -> list[str]:
    """The units over which an active account holds one of the roles on a day."""
    grants = RoleGrant.objects.filter(role__in=roles, valid__contains=on, account__is_active=True)
    codes = grants.exclude(unit_code=EVERYWHERE).order_by("unit_code").values_list("unit_code", flat=True)
    return list(codes.distinct())


def holders_by_unit(*roles: Role, on: date) -> dict[str, list[str]]:
    """The user names of the active accounts that hold one of the roles on a day, by unit; those everywhere left out."""
    grants = RoleGrant.objects.filter(role__in=roles, valid__contains=on, account__is_active=True)
    rows = grants.exclude(unit_code=EVERYWHERE).order_by("unit_code", "account__username")
    holders: dict[str, list[str]] = defaultdict(list)
    for unit, username in rows.values_list("unit_code", "account__username").distinct():
        holders[unit].append(username)
    return dict(holders)

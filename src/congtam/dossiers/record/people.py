"""Who works where (cán bộ theo vai trò): the people a dossier can be handed to."""

from __future__ import annotations

from collections import Counter

from congtam.foundation.public import Account, Actor, Grant, Role, clock, display_names
from congtam.kernel.clock import local_day
from congtam.kernel.vietnamese import collation_key, fold
from congtam.org_units.public import visible_units

__all__ = ["display_names", "people_with_role", "unambiguous_names"]


def unambiguous_names() -> dict[str, str]:
    """What everybody with an account is called in a list that leaves the house; who share a name are told apart."""
    names = dict(Account.objects.exclude(name="").values_list("username", "name"))
    shared = Counter(names.values())
    return {
        username: f"{name} ({username})" if shared[name] > 1 else name for username, name in names.items()
    }


def usernames_by_name(text: str) -> list[str]:
    """The accounts of people whose name holds these words, without regard to diacritics."""
    folded = fold(text)
    names = Account.objects.exclude(name="").values_list("username", "name")
    return sorted(username for username, name in names if folded in fold(name))


def people_with_role(role: str, unit_code: str) -> list[tuple[str, str]]:
    """Accounts with a role over a unit today, as (username, name), in the order of the alphabet."""
    if role not in set(Role):
        return []
    today = local_day(clock().now())
    rows = Account.objects.filter(
        is_active=True, role_grants__role=role, role_grants__valid__contains=today
    ).values_list("username", "name", "role_grants__unit_code")
    suitable = {
        username: name or username
        for username, name, granted in rows
        if unit_code in visible_units(_actor_with_role(role, granted))
    }
    return sorted(suitable.items(), key=lambda pair: collation_key(pair[1]))


def _actor_with_role(role: str, unit_code: str) -> Actor:
    return Actor(username="", name="", grants=(Grant(role=Role(role), unit_code=unit_code),))

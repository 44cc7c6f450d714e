"""Who works where (cán bộ theo vai trò): the people a dossier can be handed to."""

from __future__ import annotations

from collections.abc import Iterable

from congtam.foundation.public import Account, Actor, Grant, Role, clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import visible_units


def people_with(role: str, unit_code: str) -> list[tuple[str, str]]:
    """Accounts with a role over a unit today, as (username, name), in the order of the alphabet."""
    if role not in set(Role):
        return []
    today = clock().now().astimezone(LOCAL).date()
    found = Account.objects.filter(
        is_active=True, role_grants__role=role, role_grants__valid__contains=today
    ).values_list("username", "name", "role_grants__unit_code")
    suitable = {
        username: name or username
        for username, name, granted in found
        if unit_code in visible_units(_only(role, granted))
    }
    return sorted(suitable.items(), key=lambda pair: collation_key(pair[1]))


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """The names of accounts; one that is no more keeps its user name."""
    wanted = {username for username in usernames if username}
    found = Account.objects.filter(username__in=wanted).values_list("username", "name")
    return {username: username for username in wanted} | {username: name for username, name in found if name}


def _only(role: str, unit_code: str) -> Actor:
    return Actor(username="", name="", grants=(Grant(role=Role(role), unit_code=unit_code),))

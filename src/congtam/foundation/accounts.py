"""From an account to the actor it is today, and the action that makes accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.http import HttpRequest

from congtam.foundation import audit
from congtam.foundation.confirmation import confirmation_of
from congtam.foundation.domain.roles import Actor, Grant, Role
from congtam.foundation.models import Account, RoleGrant
from congtam.foundation.time import clock
from congtam.kernel.clock import today


def actor_for(account: Account, *, on: date | None = None) -> Actor:
    """The account with the roles that are valid on a day (today)."""
    day = on or today(clock())
    rows = account.role_grants.filter(valid__contains=day).order_by("pk")
    grants = tuple(Grant(role=Role(row.role), unit_code=row.unit_code) for row in rows)
    return Actor(username=account.username, name=str(account), grants=grants)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; computed once a request. Pages without sign-in get an actor without roles."""
    cached = getattr(request, "congtam_actor", None)
    if isinstance(cached, Actor):
        return cached
    user = request.user
    actor = Actor(username="", name="")
    if isinstance(user, Account):
        actor = replace(actor_for(user), confirmation=confirmation_of(request))
    request.congtam_actor = actor  # type: ignore[attr-defined]
    return actor


@transaction.atomic
def create_or_update_account(
    *,
    username: str,
    name: str,
    password: str,
    grants: Iterable[Grant],
    actor: Actor,
    position: str = "",
    is_demonstration: bool = False,
) -> Account:
    """Make an account with roles from today on, or bring an existing one to this state (cấp tài khoản)."""
    account, _ = Account.objects.get_or_create(username=username)
    account.name, account.position, account.is_demonstration = name, position, is_demonstration
    account.is_active = True
    account.version += 1
    account.set_password(password)
    account.save()
    account.role_grants.all().delete()
    start = today(clock())
    for grant in grants:
        RoleGrant.objects.create(
            account=account, role=grant.role, unit_code=grant.unit_code, valid=(start, None)
        )
    roles = [f"{row.role}@{row.unit_code}" for row in account.role_grants.all()]
    audit.record(actor, "account.opened", kind="account", key=username, data={"roles": roles})
    return account

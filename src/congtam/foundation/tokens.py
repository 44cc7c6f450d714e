"""Tokens with which programs act as an account (mã truy cập API)."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet

from congtam.foundation import audit
from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.domain.roles import Actor, Confirmation, Grant, Role, system_actor
from congtam.foundation.models import Account, ApiToken, TokenEnd
from congtam.foundation.row_seals import reseal
from congtam.foundation.time import clock, real_clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, NotAllowed, NotFound, msgid

PREFIX: Final = "ct_"
LONGEST_DAYS: Final = 366
ENDED_SHOWN: Final = timedelta(days=30)
_FIND: Final = (
    "SELECT t.id, t.last_used_on, t.is_privileged, a.username, coalesce(nullif(a.name, ''), a.username),"
    " coalesce((SELECT json_agg(json_build_array(g.role, g.unit_code) ORDER BY g.id)"
    " FROM foundation_rolegrant g WHERE g.account_id = a.id AND g.valid @> %s::date), '[]')"
    " FROM foundation_apitoken t JOIN foundation_account a ON a.id = t.account_id"
    " WHERE t.digest = %s AND t.revoked_at IS NULL AND t.valid_until > %s AND a.is_active"
)


class TokenLifeWrong(DomainError):
    """A token lives at least a day and at most a year."""

    code = "tokens.life_wrong"
    message = msgid("Enter a validity of 1 to {longest} days.")


class TokenNameMissing(DomainError):
    """A token needs a name by which its owner knows it again."""

    code = "tokens.name_missing"
    message = msgid("Enter a name that says which program uses the token.")


@transaction.atomic
def issue_token(username: str, *, name: str, days: int, actor: Actor, is_privileged: bool = False) -> str:
    """Make a token for an account and return it, the only time it can be seen (cấp mã truy cập).

    With a privileged one a program may also do what a person must confirm.
    """
    require_confirmation(actor)
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenLifeWrong(longest=LONGEST_DAYS)
    if not name.strip():
        raise TokenNameMissing
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound(kind="account", key=username)
    token, now = PREFIX + secrets.token_urlsafe(32), real_clock().now()
    ApiToken.objects.create(
        account=account,
        name=name.strip()[:100],
        digest=hash_token(token),
        created_at=now,
        created_by=actor.username,
        valid_until=now + timedelta(days=days),
        is_privileged=is_privileged,
    )
    data = {"name": name.strip()[:100], "days": days, **({"privileged": True} if is_privileged else {})}
    audit.record(actor, "token.issued", kind="account", key=username, data=data)
    return token


@transaction.atomic
def revoke_token(username: str, *, name: str, actor: Actor) -> int:
    """Make the tokens of an account that bear a name worthless from now on; how many there were."""
    count = end_tokens(username, because=TokenEnd.REVOKED, actor=actor, name=name) if name else 0
    if not count:
        raise NotFound(kind="token", key=name)
    return count


@transaction.atomic
def end_tokens(username: str, *, because: TokenEnd, actor: Actor, name: str = "") -> int:
    """End the tokens of an account, or those of a name, before their time (chấm dứt mã); how many there were."""
    alive = ApiToken.objects.filter(account__username=username, revoked_at__isnull=True)
    alive = alive.filter(name=name) if name else alive
    names = sorted(set(alive.values_list("name", flat=True)))
    ended = list(alive.values_list("pk", flat=True))
    count = alive.update(revoked_at=real_clock().now(), ended_because=because)
    if count:
        reseal(ApiToken, ended)
        data = {"names": names, "count": count, "because": because.value}
        audit.record(actor, "token.revoked", kind="account", key=username, data=data)
    return count


def list_tokens(username: str) -> list[ApiToken]:
    """The tokens of an account: those that work, newest first, then those that ended within the last days."""
    now = real_clock().now()
    recent = now - ENDED_SHOWN
    tokens = ApiToken.objects.filter(account__username=username).exclude(revoked_at__lt=recent)
    shown = tokens.exclude(valid_until__lt=recent).order_by("-created_at")
    return sorted(shown, key=lambda token: not token.works_at(now))


def list_all_tokens(*, to: Actor) -> list[ApiToken]:
    """Every token that works, for an administrator of the whole installation."""
    return list(_active_tokens(to).select_related("account").order_by("account__username", "-created_at"))


def count_all_tokens(*, to: Actor) -> int:
    """How many tokens work, for an administrator of the whole installation."""
    return _active_tokens(to).count()


def authenticate_token(token: str) -> Actor | None:
    """Who a token acts as, with the roles valid today; None for a token that is unknown, old or ended.

    The token of an account without any role is ended: who gave up an office does not find it open again later.
    """
    if not token.startswith(PREFIX):
        return None
    now, day = real_clock().now(), today(real_clock())
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [today(clock()), hash_token(token), now])
        row = cursor.fetchone()
        if row is None:
            return None
        key, used_on, is_privileged, username, name, grants = row
        if used_on != day:
            cursor.execute("UPDATE foundation_apitoken SET last_used_on = %s WHERE id = %s", [day, key])
    pairs = json.loads(grants) if isinstance(grants, str) else grants
    held = tuple(Grant(role=Role(role), unit_code=unit) for role, unit in pairs)
    if not held:
        end_tokens(username, because=TokenEnd.NO_ROLE_LEFT, actor=system_actor("tokens"))
        return None
    confirmation = Confirmation.FRESH if is_privileged else Confirmation.TOKEN
    return Actor(username=username, name=name, grants=held, confirmation=confirmation)


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _active_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of all accounts that work; raises NotAllowed for all but administrators of the installation."""
    if not actor.administers_everything:
        raise NotAllowed(right="foundation.tokens")
    return ApiToken.objects.filter(revoked_at__isnull=True, valid_until__gt=real_clock().now())

"""The open sessions of an account, and ending them (phiên đăng nhập)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from congtam.foundation.public import Account, Actor, real_clock
from congtam.kernel.errors import NotFound
from congtam.sign_in.events import Visitor, note_event
from congtam.sign_in.models import EventKind, SignInSession
from congtam.sign_in.policy import policy_in_force, require_administrator

_LIFE: Final = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def open_session(account: Account, *, session_key: str, method: str, visitor: Visitor) -> SignInSession:
    """Note a session that has just begun."""
    now = real_clock().now()
    return SignInSession.objects.create(
        account=account,
        session_key=session_key,
        signed_in_at=now,
        seen_at=now,
        method=method[:60],
        address=visitor.address[:50],
        agent=visitor.agent[:300],
    )


def touch_session(session_id: int, *, session_key: str) -> bool:
    """Note that a session is in use; False for one that was ended elsewhere."""
    rows = SignInSession.objects.filter(pk=session_id)
    return bool(rows.update(seen_at=real_clock().now(), session_key=session_key))


def sessions_of(account: Account) -> list[SignInSession]:
    """The sessions that are still open, the one used last first."""
    now = real_clock().now()
    idle = timedelta(minutes=policy_in_force().idle_minutes)
    rows = SignInSession.objects.filter(account=account, signed_in_at__gt=now - _LIFE, seen_at__gt=now - idle)
    return list(rows.order_by("-seen_at"))


def close_session(session_id: int) -> None:
    """Forget a session whose person signed out."""
    SignInSession.objects.filter(pk=session_id).delete()


@transaction.atomic
def end_session(session_id: int, *, owner: Account, actor: Actor, visitor: Visitor) -> None:
    """End one session (kết thúc phiên): the person's own, or any for an administrator; raises NotFound."""
    if owner.username != actor.username:
        require_administrator(actor)
    row = SignInSession.objects.select_for_update().filter(pk=session_id, account=owner).first()
    if row is None:
        raise NotFound(kind="session", key=str(session_id))
    SessionStore(row.session_key).delete()
    row.delete()
    note_event(EventKind.SESSION_ENDED, owner, visitor=visitor, actor=actor, subject=actor.username)


@transaction.atomic
def end_other_sessions(account: Account, *, but: int | None, actor: Actor, visitor: Visitor) -> int:
    """End all sessions of one's own but this one; how many there were."""
    rows = SignInSession.objects.select_for_update().filter(account=account).exclude(pk=but or 0)
    count = 0
    for row in rows:
        SessionStore(row.session_key).delete()
        row.delete()
        count += 1
    if count:
        note_event(EventKind.SESSION_ENDED, account, visitor=visitor, actor=actor, subject=actor.username)
    return count


def forget_sessions(account: Account, *, but: int | None = None) -> None:
    """Take the sessions of an account off the list: a new password or an administrator has ended them."""
    SignInSession.objects.filter(account=account).exclude(pk=but or 0).delete()


def forget_old_sessions() -> int:
    """Remove sessions that are over (dọn phiên đã hết); how many there were."""
    return int(SignInSession.objects.filter(signed_in_at__lt=real_clock().now() - _LIFE).delete()[0])

"""Notifying people (thông báo): written with the change itself, delivered soon after, each only once.

A room declares its kinds (`notification_kinds`), calls `notify` or `notify_all` in the transaction of the change, and
need not care for time, retries or mail servers.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from congtam.foundation.domain.references import Ref
from congtam.foundation.domain.roles import Actor
from congtam.foundation.jobs import send_notifications
from congtam.foundation.mailing import build_mail, send_mails
from congtam.foundation.models import DeliveryState, Notification, NotificationChannel
from congtam.foundation.notification_kinds import (
    NotificationText,
    declare_notification,
    is_declared,
    render_notification,
)
from congtam.foundation.time import clock, real_clock
from congtam.kernel.errors import NotFound
from congtam.kernel.input.texts import is_storable

__all__ = [
    "DeliveryState",
    "Digest",
    "NewNotification",
    "Notification",
    "NotificationChannel",
    "NotificationText",
    "Recipient",
    "Ref",
    "build_mail",
    "declare_notification",
    "is_declared",
    "mark_read",
    "notify",
    "notify_all",
    "render_notification",
    "send_mails",
    "unread_summary",
    "withdraw",
]


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who is notified: an account, or somebody without one by an e-mail address; exactly one of both."""

    username: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        if bool(self.username) == bool(self.email):
            raise ValueError("a recipient is an account or an e-mail address")


@dataclass(frozen=True, kw_only=True)
class NewNotification:
    """What is to be said to whom. Equal ``dedupe_key``, channel and recipient: it is written once."""

    kind: str
    to: Recipient
    subject: Ref
    dedupe_key: str
    channels: tuple[NotificationChannel, ...] = (NotificationChannel.EMAIL,)
    not_before: datetime | None = None
    due_at: datetime | None = None
    """By when the person must act; afterwards a digest lists it as late."""
    unit_code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if NotificationChannel.DESK in self.channels and not self.to.username:
            raise ValueError("a notification is shown at the desk of an account, not of an e-mail address")
        if not is_storable(self.dedupe_key):
            raise ValueError("a dedupe key has no NUL and no half of a surrogate pair")


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What a person has not read (tổng hợp thông báo): past its due time, and the rest; the earliest due first."""

    late: list[Notification]
    waiting: list[Notification]


def notify(
    kind: str,
    *,
    to: Recipient,
    subject: Ref,
    dedupe_key: str,
    channels: tuple[NotificationChannel, ...] = (NotificationChannel.EMAIL,),
    not_before: datetime | None = None,
    due_at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Notify one person, in the caller's transaction; see `NewNotification`."""
    new = NewNotification(
        kind=kind,
        to=to,
        subject=subject,
        dedupe_key=dedupe_key,
        channels=channels,
        not_before=not_before,
        due_at=due_at,
        data=data or {},
    )
    notify_all([new])


def notify_all(notifications: Iterable[NewNotification]) -> None:
    """Write notifications in the caller's transaction and have them sent; those written before are left out.

    They are written in the order of their keys, so that two callers with the same ones wait for each other instead of
    locking each other out. Call it once for all that a change has to say, with keys that sort as things happened: mails
    go out in the order in which they were written.
    """
    rows = sorted((row for new in notifications for row in _notification_rows(new)), key=_uniqueness_key)
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if settings.CONGTAM_SENDS_EMAIL and any(row.channel == NotificationChannel.EMAIL for row in rows):
        send_notifications.defer()


def _uniqueness_key(row: Notification) -> tuple[str, str, str, str]:
    """What a notification is written once for."""
    return (row.dedupe_key, row.channel, row.username, row.address)


def _notification_rows(new: NewNotification) -> Iterator[Notification]:
    if not is_declared(new.kind):
        raise ValueError(f"nobody declared notifications of the kind {new.kind}")
    now = clock().now()
    start = max(now, new.not_before or now)
    for channel in new.channels:
        is_shown = channel == NotificationChannel.DESK
        yield Notification(
            code=str(uuid.uuid4()),
            kind=new.kind,
            channel=channel,
            username=new.to.username,
            address=new.to.email,
            subject_kind=new.subject.kind,
            subject_code=new.subject.code,
            unit_code=new.unit_code,
            data=dict(new.data),
            dedupe_key=new.dedupe_key,
            due_at=new.due_at,
            created_at=real_clock().now(),
            # Mails go out in real time: after as long a wait as the offices' clock says.
            next_at=real_clock().now() + (start - now),
            # A row is all the desk needs: it is shown from then on.
            state=DeliveryState.SENT if is_shown else DeliveryState.WAITING,
            done_at=start if is_shown else None,
        )


def withdraw(subject: Ref, *, kind: str) -> int:
    """Take back what nobody needs any more, such as reminders of a task that is done; how many there were.

    Once it returned, none of them goes out, unless the transaction is rolled back: it waits for a mail that the mail
    server is taking at the moment (which then is sent, and not counted); one whose text is being written is taken back.
    """
    rows = Notification.objects.filter(subject_kind=subject.kind, subject_code=subject.code, kind=kind)
    open_rows = rows.filter(
        Q(state=DeliveryState.WAITING) | Q(channel=NotificationChannel.DESK, read_at=None)
    )
    return int(open_rows.delete()[0])


def unread_summary(actor: Actor) -> Digest:
    """What waits for a person at the desk, and what of it is late."""
    now = clock().now()
    rows = list(_own_notifications(actor).filter(read_at=None).order_by("due_at", "done_at", "pk"))
    late = [row for row in rows if row.due_at is not None and row.due_at < now]
    return Digest(late=late, waiting=[row for row in rows if row not in late])


def mark_read(code: str, *, actor: Actor) -> None:
    """Note that a person has read a notification; raises NotFound for one that is not theirs."""
    row = _own_notifications(actor).filter(code=code).first()
    if row is None:
        raise NotFound(kind="notification", key=code)
    if row.read_at is None:
        row.read_at = clock().now()
        row.save(update_fields=["read_at"])


def _own_notifications(actor: Actor) -> QuerySet[Notification]:
    """What is shown to a person by now."""
    own = Notification.objects.filter(channel=NotificationChannel.DESK, username=actor.username)
    return own.filter(done_at__lte=clock().now()).exclude(username="")

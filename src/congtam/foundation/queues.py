"""What waits in the outbox, in the queue of jobs and among the mails, and what a person does about it (hàng đợi).

The right is asked by the caller; each change is on record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Min, Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from congtam.foundation.audit import record
from congtam.foundation.delivery import requeue_delivery
from congtam.foundation.domain.roles import Actor
from congtam.foundation.models import DeliveryState, Notification, NotificationChannel, OutboxMessage
from congtam.foundation.time import real_clock
from congtam.kernel.errors import NotFound

SHOWN: Final = 50
WORKER_SILENT_SECONDS: Final = 60
_ABANDON_JOB: Final = (
    "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'failed' RETURNING id"
)


@dataclass(frozen=True, kw_only=True)
class QueueState:
    """How a queue stands (tình trạng hàng đợi)."""

    waiting: int
    failing: int
    oldest_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class FailingItem:
    """Something that failed (việc bị lỗi): what it is, how often it was tried, and why it failed."""

    id: int
    name: str
    key: str
    attempts: int
    at: datetime | None
    error: str
    is_waiting: bool
    """Whether it is tried again by itself."""


def outbox_state() -> QueueState:
    """Messages nobody has handled yet."""
    rows = OutboxMessage.objects.filter(handled_at__isnull=True)
    return QueueState(
        **rows.aggregate(
            waiting=Count("pk"), failing=Count("pk", filter=Q(attempts__gt=0)), oldest_at=Min("created_at")
        )
    )


def failing_messages() -> list[FailingItem]:
    """Messages whose handler failed, the oldest first."""
    rows = OutboxMessage.objects.filter(handled_at__isnull=True, attempts__gt=0).order_by("pk")[:SHOWN]
    return [
        FailingItem(
            id=row.pk,
            name=row.topic,
            key=row.key,
            attempts=row.attempts,
            at=row.available_at,
            error=row.last_error,
            is_waiting=True,
        )
        for row in rows
    ]


@transaction.atomic
def retry_message(message_id: int, *, actor: Actor) -> None:
    """Let a message be handled at once (thử lại)."""
    row = _lock_message(message_id)
    row.available_at = real_clock().now()
    row.save(update_fields=["available_at"])
    record(actor, "outbox.retried", kind="outbox", key=str(message_id), data=_message_facts(row))


@transaction.atomic
def give_up_message(message_id: int, *, actor: Actor) -> None:
    """Handle a failing message no longer (bỏ qua); its error stays with it until it is cleared away."""
    row = _lock_message(message_id)
    row.handled_at = real_clock().now()
    row.save(update_fields=["handled_at"])
    record(actor, "outbox.given_up", kind="outbox", key=str(message_id), data=_message_facts(row))


def mail_state() -> QueueState:
    """E-mails that wait or were given up."""
    mails = Notification.objects.filter(channel=NotificationChannel.EMAIL)
    waiting = Q(state=DeliveryState.WAITING)
    return QueueState(
        **mails.aggregate(
            waiting=Count("pk", filter=waiting),
            failing=Count("pk", filter=Q(state=DeliveryState.GIVEN_UP)),
            oldest_at=Min("created_at", filter=waiting),
        )
    )


def failing_mails() -> list[FailingItem]:
    """E-mails that failed, those given up first; the address is not shown."""
    mails = Notification.objects.filter(channel=NotificationChannel.EMAIL).exclude(state=DeliveryState.SENT)
    rows = mails.filter(attempts__gt=0).order_by("state", "pk")[:SHOWN]
    return [
        FailingItem(
            id=row.pk,
            name=row.kind,
            key=f"{row.subject_kind} {row.subject_code}",
            attempts=row.attempts,
            at=row.next_at,
            error=row.last_error,
            is_waiting=row.state == DeliveryState.WAITING,
        )
        for row in rows
    ]


@transaction.atomic
def retry_mail(notification_id: int, *, actor: Actor) -> None:
    """Send an e-mail once more (gửi lại)."""
    row = _lock_mail(notification_id)
    requeue_delivery(row)
    record(actor, "mail.retried", kind="notification", key=row.code)


@transaction.atomic
def give_up_mail(notification_id: int, *, actor: Actor) -> None:
    """Send an e-mail no more (thôi gửi)."""
    row = _lock_mail(notification_id)
    row.state = DeliveryState.GIVEN_UP
    row.save(update_fields=["state"])
    record(actor, "mail.given_up", kind="notification", key=row.code)


def job_state() -> QueueState:
    """Jobs that wait or run, and those that failed."""
    waiting = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    # A periodic job is deferred when its minute has come: what waits for a later time is no backlog.
    due = waiting.exclude(scheduled_at__gt=real_clock().now())
    failing = ProcrastinateJob.objects.filter(status="failed").count()
    oldest = ProcrastinateEvent.objects.filter(job__in=due.values("pk"), type="deferred").aggregate(
        at=Min("at")
    )
    return QueueState(waiting=due.count(), failing=failing, oldest_at=oldest["at"])


def failing_jobs() -> list[FailingItem]:
    """Jobs that failed, the newest first; why stands in the log of the worker."""
    rows = list(ProcrastinateJob.objects.filter(status="failed").order_by("-pk")[:SHOWN])
    events = ProcrastinateEvent.objects.filter(job__in=[row.pk for row in rows], type="failed")
    failed_at = dict(events.order_by("at").values_list("job_id", "at"))
    return [
        FailingItem(
            id=row.pk,
            name=row.task_name,
            key=" ".join(f"{name}={value}" for name, value in row.args.items())[:200],
            attempts=row.attempts + 1,
            at=failed_at.get(row.pk),
            error="",
            is_waiting=False,
        )
        for row in rows
    ]


@transaction.atomic
def retry_job(job_id: int, *, actor: Actor) -> None:
    """Do a failed job once more (chạy lại); every job bears being run again."""
    row = _lock_job(job_id)
    app.job_manager.retry_job_by_id(job_id, real_clock().now())
    record(actor, "job.retried", kind="job", key=str(job_id), data={"task": row.task_name})


@transaction.atomic
def give_up_job(job_id: int, *, actor: Actor) -> None:
    """Do a failed job no more (bỏ việc)."""
    row = _lock_job(job_id)
    with connection.cursor() as cursor:
        cursor.execute(_ABANDON_JOB, [job_id])
    record(actor, "job.given_up", kind="job", key=str(job_id), data={"task": row.task_name})


def worker_seen_at() -> datetime | None:
    """When a worker last said that it runs; None where none does."""
    return (
        ProcrastinateWorker.objects.order_by("-last_heartbeat")
        .values_list("last_heartbeat", flat=True)
        .first()
    )


def _lock_message(message_id: int) -> OutboxMessage:
    rows = OutboxMessage.objects.select_for_update().filter(handled_at__isnull=True, attempts__gt=0)
    row = rows.filter(pk=message_id).first()
    if row is None:
        raise NotFound(kind="message", key=str(message_id))
    return row


def _message_facts(row: OutboxMessage) -> Mapping[str, Any]:
    return {"topic": row.topic, "key": row.key, "attempts": row.attempts}


def _lock_mail(notification_id: int) -> Notification:
    mails = Notification.objects.select_for_update().filter(channel=NotificationChannel.EMAIL)
    row = mails.exclude(state=DeliveryState.SENT).filter(pk=notification_id).first()
    if row is None:
        raise NotFound(kind="notification", key=str(notification_id))
    return row


def _lock_job(job_id: int) -> ProcrastinateJob:
    row: ProcrastinateJob | None = (
        ProcrastinateJob.objects.select_for_update().filter(pk=job_id, status="failed").first()
    )
    if row is None:
        raise NotFound(kind="job", key=str(job_id))
    return row

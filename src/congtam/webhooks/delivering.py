"""From the outbox to the subscribers (chuyển thông báo): each message once per subscriber, in order, until it is taken.

A delivery is a row written in the transaction that takes the message from the outbox, so none is lost or written twice.
It may be sent twice, when the program is killed between sending and noting it; its code is then the same.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from congtam.foundation.delivery import DeliveryState, Queue, RetryRule, SendResult, send_due
from congtam.foundation.public import Actor, Grant, OutboxMessage, Role, real_clock
from congtam.org_units.public import visible_units
from congtam.webhooks.models import Webhook, WebhookDelivery
from congtam.webhooks.sending import DELIVERY, SIGNATURE, TOPIC, post, signature_header, standard_headers

TOPICS: Final = ("dossiers.changed", "dossiers.filing_changed")
TEST: Final = "webhooks.test"
PAYLOAD_VERSION: Final = 1
"""Raised when a field of a message goes or changes its meaning; new fields may come at any time."""
RETRY: Final = RetryRule(
    first_wait=timedelta(seconds=30), longest_wait=timedelta(hours=2), max_age=timedelta(hours=24)
)
MOST_AT_ONCE: Final = 200


def write_deliveries(messages: Sequence[OutboxMessage]) -> list[str]:
    """Write what is to be sent for these messages; the keys of the subscriptions that have something new."""
    now, rows = real_clock().now(), []
    for webhook in Webhook.objects.filter(is_active=True):
        subscription_filter = _SubscriptionFilter(webhook)
        rows += [
            _new_delivery(webhook, message, now)
            for message in messages
            if subscription_filter.accepts(message)
        ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return sorted({row.webhook.key for row in rows})


class _SubscriptionFilter:
    """Which messages a subscription takes: its topics, its units; what names no unit goes to who has all."""

    def __init__(self, webhook: Webhook) -> None:
        self.topics = set(webhook.topics)
        self.everything = not webhook.unit_code
        reader = Actor(
            username="", name="", grants=(Grant(role=Role.OBSERVER, unit_code=webhook.unit_code or "-"),)
        )
        self.units = visible_units(reader)

    def accepts(self, message: OutboxMessage) -> bool:
        """Whether the message goes to the subscription."""
        if message.topic not in self.topics:
            return False
        return self.everything or message.payload.get("unit", "") in self.units


def _new_delivery(webhook: Webhook, message: OutboxMessage, now: datetime) -> WebhookDelivery:
    code = str(uuid.uuid4())
    payload = {
        "id": code,
        "version": PAYLOAD_VERSION,
        "topic": message.topic,
        "key": message.key,
        "written_at": now.isoformat().replace("+00:00", "Z"),
        "data": dict(message.payload),
    }
    return WebhookDelivery(
        code=code,
        webhook=webhook,
        message_id=message.id,
        topic=message.topic,
        key=message.key,
        body=json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        created_at=now,
        next_at=now,
    )


def create_test_delivery(webhook: Webhook) -> WebhookDelivery:
    """Write a message that says nothing, to try out a receiver; it goes before what waits."""
    first = webhook.deliveries.order_by("message_id").values_list("message_id", flat=True).first() or 0
    message = OutboxMessage(id=min(first, 0) - 1, topic=TEST, key=webhook.key, payload={})
    row = _new_delivery(webhook, message, real_clock().now())
    row.save()
    return row


def due_webhooks() -> list[str]:
    """The keys of active subscriptions whose next message is due."""
    due = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=real_clock().now())
    return list(due.filter(webhook__is_active=True).values_list("webhook__key", flat=True).distinct())


def deliver(key: str) -> int:
    """Send what waits for a subscription, oldest first, until one is not taken; how many were."""
    webhook = _active_webhook(key)
    if webhook is None:
        return 0
    queue = Queue(
        name=f"webhooks.{webhook.pk}",
        next_due=lambda: _next_due(key),
        send=_send_delivery,
        retry=RETRY,
        most_attempts_per_run=MOST_AT_ONCE,
    )
    return send_due(queue)


def _active_webhook(key: str) -> Webhook | None:
    return Webhook.objects.filter(key=key, is_active=True).first()


def _next_due(key: str) -> WebhookDelivery | None:
    """The oldest waiting message if it is due: one that is not holds up those behind it.

    The subscription is read anew: it may be switched off by now, name another address or sign with another secret.
    """
    webhook = _active_webhook(key)
    if webhook is None:
        return None
    oldest = webhook.deliveries.filter(state=DeliveryState.WAITING).order_by("message_id").first()
    if oldest is None or oldest.next_at > real_clock().now():
        return None
    oldest.webhook = webhook
    return oldest


def signing_secrets(webhook: Webhook) -> list[str]:
    """The secrets that sign now: the newest first, then those before it whose time is not over."""
    return [webhook.secret, *(one["secret"] for one in previous_signing_secrets(webhook))]


def previous_signing_secrets(webhook: Webhook) -> list[dict[str, str]]:
    """The secrets before the newest that sign besides, the latest first, each with its end."""
    now = real_clock().now()
    return [one for one in webhook.previous_secrets if now < datetime.fromisoformat(one["until"])]


def _send_delivery(delivery: WebhookDelivery) -> SendResult:
    body, secrets, now = delivery.body.encode(), signing_secrets(delivery.webhook), real_clock().now()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "CongTam-Webhook/1",
        DELIVERY: delivery.code,
        TOPIC: delivery.topic,
        SIGNATURE: signature_header(secrets, body, at=int(now.timestamp())),
        **standard_headers(secrets, body, code=delivery.code, at=now),
    }
    attempt = post(delivery.webhook.url, body, headers)
    delivery.last_status, delivery.last_answer = attempt.status, attempt.text
    return SendResult(is_sent=attempt.is_accepted, error=attempt.error)


def serialize_delivery(delivery: WebhookDelivery) -> dict[str, Any]:
    """A delivery as people and programs read it."""
    names = (
        "code", "topic", "key", "state", "attempts", "created_at", "next_at", "done_at", "last_status", "last_answer",
        "last_error",
    )  # fmt: skip
    return {name: getattr(delivery, name) for name in names}

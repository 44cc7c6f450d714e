"""Sending beside the web server (việc gửi chạy nền)."""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate.contrib.django import app

from congtam.foundation.public import OutboxMessage, job, subscribe
from congtam.webhooks.delivering import TOPICS, deliver, due_webhooks, write_deliveries


@job(name="exchange.deliver_webhook")
def deliver_webhook(key: str) -> None:
    """Send what waits for one subscription."""
    deliver(key)


@app.periodic(cron="* * * * *")
@app.task(name="exchange.retry_webhooks", queueing_lock="exchange.retry_webhooks", pass_context=False)
def retry_webhooks(timestamp: int) -> None:  # noqa: ARG001 - what a periodic task is given
    """Send what is due again."""
    for key in due_webhooks():
        deliver(key)


def enqueue_deliveries(messages: Sequence[OutboxMessage]) -> None:
    """Write the deliveries of messages with the outbox's own transaction, and ask for them to be sent."""
    for key in write_deliveries(messages):
        deliver_webhook.defer(key=key)


def declare() -> None:
    """Listen to the topics one may subscribe to."""
    for topic in TOPICS:
        subscribe(topic)(enqueue_deliveries)

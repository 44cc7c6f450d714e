"""Who is told of changes over HTTP, and what was sent to whom (webhook: đăng ký nhận thông báo)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from congtam.foundation.delivery import Delivery, DeliveryState


class WebhookHost(models.Model):
    """A host to which messages may be sent (máy chủ được phép)."""

    host = models.TextField(unique=True)
    may_be_private = models.BooleanField(default=False)
    """Whether it may lie at a private address or on this machine: the inside of somebody's network."""
    allowed_by = models.TextField()
    allowed_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_webhookhost"
        constraints = [models.CheckConstraint(condition=~Q(host=""), name="exchange_webhook_host_not_blank")]

    def __str__(self) -> str:
        return self.host


class Webhook(models.Model):
    """A subscription (đăng ký nhận thông báo): which topics of which units go to which address."""

    key = models.TextField(unique=True)
    name = models.TextField()
    url = models.TextField()
    topics = models.JSONField(default=list)
    unit_code = models.TextField(default="", blank=True)
    """This unit and all below it; empty: everything."""
    secret = models.TextField()
    """Signs every message; kept in words, for a signature needs it."""
    previous_secrets = models.JSONField(default=list, blank=True)
    """[{secret, until}]: those before it sign besides for a while, until the receiver has taken up the new one."""
    version = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    created_by = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_webhook"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(url=""), name="exchange_webhook_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.url}"


class WebhookDelivery(Delivery):
    """One message to one subscriber (lượt gửi), written with the outbox and sent in order."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.BigIntegerField()
    topic = models.TextField()
    key = models.TextField(default="", blank=True)
    """What the message is about: the code of a dossier or of a filing."""
    body = models.TextField()
    last_status = models.IntegerField(null=True, blank=True)
    last_answer = models.TextField(default="", blank=True)

    class Meta:
        db_table = "exchange_webhookdelivery"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "message_id"], name="exchange_webhook_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="exchange_webhook_delivery_state_valid"
            ),
        ]
        indexes = [
            models.Index(
                F("webhook"), F("message_id"), name="exchange_webhook_waiting", condition=Q(state="waiting")
            ),
            models.Index(F("webhook"), F("key"), name="exchange_webhook_by_key"),
        ]

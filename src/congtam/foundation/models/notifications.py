from __future__ import annotations

from django.db import models
from django.db.models import Q

from congtam.foundation.models.deliveries import Delivery, DeliveryState


class NotificationChannel(models.TextChoices):
    """How a notification reaches a person (kênh thông báo)."""

    EMAIL = "email"
    DESK = "desk"
    """Shown to the person who signed in."""


class Notification(Delivery):
    """One message to one person over one channel (thông báo).

    To an account (``username``), or to somebody without one by an e-mail address (``address``).
    """

    kind = models.TextField()
    """Which texts it has; see `notification_kinds`."""
    channel = models.TextField()
    username = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)
    """Personal: it goes with the row some time after the mail was sent."""
    subject_kind = models.TextField()
    subject_code = models.TextField()
    unit_code = models.TextField(default="", blank=True)
    """The unit whose administrators see how it fared."""
    data = models.JSONField(default=dict, blank=True)
    """What its texts need beside the subject; nothing personal."""
    dedupe_key = models.TextField()
    due_at = models.DateTimeField(null=True, blank=True)
    """By when the person must act, if so."""
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key", "channel", "username", "address"], name="notification_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="notification_state_valid"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=NotificationChannel.values), name="notification_channel_valid"
            ),
            models.CheckConstraint(
                condition=Q(username="", channel=NotificationChannel.EMAIL) & ~Q(address="")
                | ~Q(username="") & Q(address=""),
                name="notification_one_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(done_at__isnull=False),
                name="notification_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="notification_waiting", condition=Q(state="waiting")),
            models.Index(fields=["subject_kind", "subject_code"], name="notification_subject"),
            models.Index(
                fields=["username"], name="notification_unread", condition=Q(channel="desk", read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_code}"

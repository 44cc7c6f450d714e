"""What applicants are told by e-mail (thông báo qua thư điện tử)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q


class NoticeState(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Notice(models.Model):
    """One message to one recipient; a change told twice makes one notice."""

    source = models.TextField()
    """What it is about: the outbox message or the filing."""
    recipient = models.TextField()
    dossier_code = models.TextField()
    unit_code = models.TextField(default="", blank=True)
    verb = models.TextField()
    dossier_state = models.TextField(default="", blank=True)
    state = models.TextField(default=NoticeState.WAITING.value)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    """Not tried before."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "recipient"], name="portal_notice_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in NoticeState]),
                name="portal_notice_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="portal_notice_sent_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="portal_notice_waiting", condition=Q(state="waiting")),
            models.Index(fields=["dossier_code"], name="portal_notice_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_code} {self.verb}"

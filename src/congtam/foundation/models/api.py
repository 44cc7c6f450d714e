from __future__ import annotations

from datetime import datetime

from django.db import models

from congtam.foundation.models.accounts import Account


class TokenEnd(models.TextChoices):
    """Why a token ended before its time (lý do hết hiệu lực)."""

    REVOKED = "revoked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word, no password
    ACCOUNT_CLOSED = "account_closed"
    NO_ROLE_LEFT = "no_role_left"


class ApiToken(models.Model):
    """A key with which a program acts as an account (mã truy cập API); the token itself is never kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token; a token has 256 random bits, so nothing slower is needed."""
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(default="", blank=True)
    is_privileged = models.BooleanField(default=False)
    """Whether a program may give rights, refund, sign, publish and erase with it."""
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="api_token_named"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True)
                | models.Q(ended_because__in=["", *TokenEnd.values]),
                name="api_token_end_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.name}"

    def works_at(self, now: datetime) -> bool:
        """Whether it was neither ended nor too old, at an instant."""
        return self.revoked_at is None and self.valid_until > now


class IdempotencyKey(models.Model):
    """A request that must not be carried out twice, with the answer it got (khóa chống lặp)."""

    username = models.CharField(max_length=150)
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    status = models.IntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["username", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return f"{self.username} {self.key}"

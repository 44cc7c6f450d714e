"""How often something was tried of late (số lần thử)."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """Tries under one key in one window of time; the key is a keyed digest, no address or code is kept."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    """When the window began, in seconds since 1970."""
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="portal_attempt_once")]
        indexes = [models.Index(fields=["window"], name="portal_attempt_window")]

    def __str__(self) -> str:
        return f"{self.window} {self.count}"

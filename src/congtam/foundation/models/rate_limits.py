from __future__ import annotations

from django.db import models


class RateLimitBucket(models.Model):
    """How many calls somebody has left under a rate limit (hạn mức còn lại); an unlogged table, full after a crash."""

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed digest of limit and subject: no address, code or account is stored."""
    calls = models.FloatField()
    at = models.DateTimeField()
    """When ``calls`` was right; since then the bucket has been filling."""

    full_at = models.DateTimeField()
    """When it will have filled; then the row says nothing any more."""

    class Meta:
        indexes = [models.Index(fields=["full_at"], name="rate_limit_bucket_full")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.calls}"

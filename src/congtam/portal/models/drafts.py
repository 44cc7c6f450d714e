"""An application somebody is still writing (hồ sơ đang soạn)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac


def browser_digest(browser: str) -> str:
    """What is kept of a browser's own key."""
    return salted_hmac("portal.browser", browser, algorithm="sha256").hexdigest()


class Draft(models.Model):
    """What a person has entered so far; it opens only with its key and from the browser that began it."""

    key = models.CharField(max_length=43, unique=True)
    browser_digest = models.CharField(max_length=64)
    procedure_code = models.TextField()
    answers = models.JSONField(default=dict, blank=True)
    """By name of the field, as typed: texts, of the procedure's own form lists and rows too."""
    form_snapshot = models.JSONField(default=dict, blank=True)
    """What the form asked when the application was begun: {digest, labels by name}."""
    files = models.JSONField(default=list, blank=True)
    """[{key, position, name, digest, media_type, size, is_borrowed}]"""
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    filing_code = models.TextField(default="", blank=True)
    """The filing it became; empty until it is sent."""

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="portal_draft_expiry")]
        constraints = [
            models.UniqueConstraint(
                fields=["filing_code"], condition=~Q(filing_code=""), name="portal_draft_one_filing"
            ),
        ]

    def __str__(self) -> str:
        return self.procedure_code

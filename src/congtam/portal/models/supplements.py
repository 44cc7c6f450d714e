"""What an applicant sent in online after being asked for it (hồ sơ bổ sung trực tuyến)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q


class OfferState(StrEnum):
    """How far an offer has come."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SupplementOffer(models.Model):
    """Papers sent by the applicant; the clerk takes them or says what is still wrong."""

    key = models.CharField(max_length=43, unique=True)
    dossier_code = models.TextField()
    unit_code = models.TextField()
    note = models.TextField(default="", blank=True)
    files = models.JSONField(default=list)
    """[{name, digest, media_type, size}]"""
    form = models.JSONField(default=dict, blank=True)
    """The electronic form as it was corrected: ``{"form": {…}, "changes": [{label, before, after}]}``, or empty."""
    state = models.TextField(default=OfferState.WAITING.value)
    sent_at = models.DateTimeField()
    """When accepted, the clock runs again from here."""
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_code"], condition=Q(state="waiting"), name="portal_offer_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | Q(state="accepted", answered_at__isnull=False)
                | (Q(state="declined", answered_at__isnull=False) & ~Q(reason="")),
                name="portal_offer_answered_or_waiting",
            ),
        ]
        indexes = [models.Index(fields=["unit_code", "sent_at"], name="portal_offer_unit")]

    def __str__(self) -> str:
        return f"{self.dossier_code} {self.state}"

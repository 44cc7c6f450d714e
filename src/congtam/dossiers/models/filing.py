"""What people file online, and the work lists an account keeps (hồ sơ nộp trực tuyến, bộ lọc đã lưu)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class Filing(models.Model):
    """An application filed online that the desk has not taken or turned down yet, or has (hồ sơ nộp trực tuyến)."""

    code = models.TextField(unique=True, db_collation="C")
    lookup_secret = models.TextField()
    unit_code = models.TextField()
    procedure_code = models.TextField()
    procedure_name = models.TextField()
    field_name = models.TextField(default="", blank=True)
    case_kind = models.TextField(default="", blank=True)
    applicant = models.JSONField(default=dict)
    """The fields of `Party`, as the applicant gave them."""
    form = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)
    """[{position, name, digest, media_type, size}]"""
    return_way = models.TextField(default="online")
    state = models.TextField(default="submitted")
    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    dossier_code = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", answered_at__isnull=True, dossier_code="")
                | (Q(state="accepted", answered_at__isnull=False) & ~Q(dossier_code=""))
                | (Q(state="declined", answered_at__isnull=False, dossier_code="") & ~Q(reason="")),
                name="dossiers_filing_answered_or_waiting",
            ),
            models.UniqueConstraint(
                fields=["dossier_code"], condition=~Q(dossier_code=""), name="dossiers_filing_received_once"
            ),
        ]
        indexes = [
            models.Index(
                F("unit_code"),
                F("answer_due_at"),
                name="dossiers_filing_waiting",
                condition=Q(state="submitted"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SavedView(models.Model):
    """A work list a person keeps by name (bộ lọc đã lưu)."""

    account = models.TextField()
    name = models.TextField()
    query = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("account"), Upper("name"), name="dossiers_saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="dossiers_saved_view_named"),
        ]

    def __str__(self) -> str:
        return self.name

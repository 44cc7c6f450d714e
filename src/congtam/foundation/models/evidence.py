from __future__ import annotations

from django.db import models
from django.db.models import Q

from congtam.foundation.domain.evidence import EvidenceForm
from congtam.foundation.models.files import StoredFile


class EvidencePiece(models.Model):
    """One piece of evidence of a subject (minh chứng); once the evidence is frozen, a trigger refuses any change."""

    subject_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    form = models.CharField(max_length=10)
    ref = models.CharField(max_length=161, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="evidence")
    digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    clause = models.CharField(max_length=200, blank=True)
    attached_by = models.CharField(max_length=150)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_code", "position"], name="evidence_position_once"
            ),
            models.CheckConstraint(
                name="evidence_form_valid", condition=Q(form__in=[form.value for form in EvidenceForm])
            ),
            models.CheckConstraint(
                name="evidence_file_has_its_file",
                condition=Q(form=EvidenceForm.FILE.value, file__isnull=False)
                | Q(~Q(form=EvidenceForm.FILE.value), file__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_code}#{self.position}"


class EvidenceSeal(models.Model):
    """That the evidence of a subject is frozen, and its digest (niêm phong minh chứng); written once."""

    subject_kind = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    frozen_by = models.CharField(max_length=150)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_code"], name="evidence_frozen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_code}"

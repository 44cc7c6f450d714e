"""How people found the handling of their dossier (đánh giá việc giải quyết)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q


class Overall(StrEnum):
    """The answer everybody gives (mức độ hài lòng)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"


class Rating(models.Model):
    """One rating of one dossier, given once by whoever holds its slip."""

    dossier_code = models.TextField(unique=True)
    unit_code = models.TextField()
    procedure_code = models.TextField(default="", blank=True)
    overall = models.TextField()
    answers = models.JSONField(default=dict, blank=True)
    """Points 0–2 by number of the question; unanswered ones are absent."""
    comment = models.TextField(default="", blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(overall__in=[answer.value for answer in Overall]),
                name="portal_rating_overall_known",
            ),
        ]
        indexes = [models.Index(fields=["unit_code", "-rated_at"], name="portal_rating_unit")]

    def __str__(self) -> str:
        return f"{self.dossier_code} {self.overall}"

"""The table of limits on which catalogues disagree."""

from __future__ import annotations

from typing import Final, Self

from django.db import models
from django.db.models import Q

from congtam.procedures.models.catalogue import Procedure

DECIDED: Final = ("kept", "taken")
"""States of a conflict somebody decided: for the limit in force, or for that of the other catalogue."""


class LimitConflictQuerySet(models.QuerySet["LimitConflict"]):
    """Sets of conflicts by what became of them."""

    def open(self) -> Self:
        """Those that wait for a decision."""
        return self.filter(state="open")

    def decided(self) -> Self:
        """Those somebody decided; the others closed by themselves or with an edit."""
        return self.filter(state__in=DECIDED)


class LimitConflict(models.Model):
    """Two catalogues that state different limits for a procedure (thời hạn khác nhau giữa hai nguồn).

    Both sides are kept as they were read, with file and day; the one in force stays until somebody decides.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="limit_conflicts")
    catalogue = models.CharField(max_length=300)
    """Which catalogue disagrees; a newer edition of it replaces what it said before."""
    recorded_limits = models.JSONField()
    recorded_source = models.CharField(max_length=300, blank=True)
    recorded_on = models.DateField(null=True)
    recorded_digest = models.CharField(max_length=64)
    incoming_limits = models.JSONField()
    incoming_source = models.CharField(max_length=300)
    incoming_on = models.DateField()
    incoming_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default="open")
    noted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    ground = models.CharField(max_length=500, blank=True)

    objects = LimitConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "catalogue"], name="limit_conflict_open_once", condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="limit_conflict_state",
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=[*DECIDED, "agreed", "replaced", "entered"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="limit_conflict_decided_by_somebody",
                condition=~Q(state__in=[*DECIDED]) | (~Q(decided_by="") & ~Q(ground="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.catalogue}"

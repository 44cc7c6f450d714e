"""Tables of the decisions that announce procedures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Announcement(models.Model):
    """A decision that announces procedures (quyết định công bố)."""

    code = models.CharField(max_length=80, unique=True)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=1000)
    issuer = models.CharField(max_length=20)
    """Whose decision: ``province`` or ``ministry``; their due dates differ."""
    signed_on = models.DateField()
    effective_on = models.DateField()
    legal_effective_on = models.DateField(null=True)
    """The newest day on which a legal text behind it takes effect (ngày hiệu lực của căn cứ pháp lý)."""
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "signed_on"], name="announcement_number_once"),
            models.CheckConstraint(name="announcement_number_not_blank", condition=~Q(number="")),
            models.CheckConstraint(
                name="announcement_effective_not_before_signed", condition=Q(effective_on__gte=F("signed_on"))
            ),
        ]
        indexes = [models.Index(fields=["-signed_on", "-id"], name="announcement_newest")]

    def __str__(self) -> str:
        return self.number


class AnnouncedProcedure(models.Model):
    """A procedure of a decision (thủ tục được công bố) and the day on which it was made public."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="procedures")
    procedure_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    """``new``, ``amended``, ``replaced`` or ``abolished``."""
    made_public_on = models.DateField(null=True)
    made_public_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "procedure_code"], name="announced_procedure_once"
            ),
        ]
        indexes = [
            models.Index(fields=["procedure_code"], name="announced_procedure_code"),
            models.Index(
                fields=["announcement"],
                name="announced_not_public",
                condition=Q(made_public_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.procedure_code

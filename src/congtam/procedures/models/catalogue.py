"""Tables of the catalogue of procedures."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from congtam.procedures.domain.time_limits import TimeUnit


class Procedure(models.Model):
    """A code of the national catalogue (thủ tục hành chính); what it says has versions."""

    code = models.CharField(max_length=40, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="procedure_code_not_blank", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What the catalogue said about a procedure in a period (phiên bản thủ tục)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    valid = DateRangeField()
    name = models.CharField(max_length=2000)
    search_key = models.TextField()
    sort_key = models.TextField()
    field_name = models.CharField(max_length=300, blank=True)
    levels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    issuing_agency = models.CharField(max_length=500, blank=True)
    executing_agency = models.TextField(blank=True)
    decision = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    by_hand = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    """The parts that were entered here and that an import leaves alone."""
    limits_source = models.CharField(max_length=300, blank=True)
    """The file or decision the limits come from; empty: not recorded, or there are none."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="procedure_version_one_at_a_time",
                expressions=[("procedure", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="procedure_version_valid_not_empty", condition=~Q(valid__isempty=True)
            ),
            models.CheckConstraint(name="procedure_version_name_not_blank", condition=~Q(name="")),
        ]
        indexes = [
            GinIndex(OpClass(F("search_key"), name="gin_trgm_ops"), name="procedure_version_search"),
            models.Index(fields=["sort_key", "id"], name="procedure_version_order"),
            models.Index(fields=["field_name"], name="procedure_version_field"),
        ]

    def __str__(self) -> str:
        return self.name


class ProcedureLimit(models.Model):
    """The time limit of a version for one channel (thời hạn giải quyết); unread ones keep their text only."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="limits")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, blank=True)
    case_kind = models.CharField(max_length=40, blank=True)
    latest_receipt = models.TimeField(null=True)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    unit = models.CharField(max_length=20, blank=True)
    raw_text = models.TextField(blank=True)
    reason = models.CharField(max_length=30, blank=True)
    conditions = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="procedure_limit_position"),
            models.CheckConstraint(
                name="procedure_limit_read_or_reasoned",
                condition=Q(amount__gte=0, unit__in=[unit.value for unit in TimeUnit], reason="")
                | (Q(amount__isnull=True, unit="") & ~Q(reason="")),
            ),
        ]


class RequiredPaper(models.Model):
    """A paper the applicant must hand in (thành phần hồ sơ)."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    group = models.TextField(blank=True)
    originals = models.PositiveSmallIntegerField(null=True)
    copies = models.PositiveSmallIntegerField(null=True)
    certified = models.PositiveSmallIntegerField(null=True)
    is_required = models.BooleanField(default=True)
    case_kind = models.CharField(max_length=40, blank=True)
    form_digest = models.CharField(max_length=64, blank=True)
    form_name = models.CharField(max_length=255, blank=True)
    filled_online = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="required_paper_position")
        ]


class ProcedureFee(models.Model):
    """A fee of a version (phí, lệ phí); the amount only where the text says one plainly."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    amount_dong = models.BigIntegerField(null=True)
    raw_text = models.TextField(blank=True)
    name = models.CharField(max_length=300, blank=True)
    case_kind = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="procedure_fee_position"),
            models.CheckConstraint(
                name="procedure_fee_not_negative",
                condition=Q(amount_dong__isnull=True) | Q(amount_dong__gte=0),
            ),
        ]

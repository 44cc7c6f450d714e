"""Tables of the internal processes."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from congtam.procedures.models.catalogue import Procedure


class InternalProcess(models.Model):
    """Who does what in how many hours (quy trình nội bộ), in a period; ``unit_code`` empty: in every unit."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="processes")
    unit_code = models.CharField(max_length=40, blank=True)
    valid = DateRangeField()
    code = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    steps = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="internal_process_one_at_a_time",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    ("unit_code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="internal_process_valid_not_empty", condition=~Q(valid__isempty=True)
            ),
            models.CheckConstraint(name="internal_process_has_steps", condition=~Q(steps=[])),
        ]

    def __str__(self) -> str:
        return self.code

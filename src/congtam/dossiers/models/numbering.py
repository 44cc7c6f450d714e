"""How dossiers are numbered (mã hồ sơ): rules and agency codes as dated data, and the counter of each day."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class NumberRule(models.Model):
    """The pattern of a dossier number in a period (quy tắc đánh mã hồ sơ), with its legal source."""

    pattern = models.TextField()
    """Placeholders: {agency}, {day} (yymmdd), {n:04}; one such rule holds on any day."""
    valid = DateRangeField()
    source = models.TextField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="dossiers_number_rule_one_at_a_time", expressions=[("valid", RangeOperators.OVERLAPS)]
            ),
            models.CheckConstraint(
                name="dossiers_number_rule_valid_not_empty", condition=~Q(valid__isempty=True)
            ),
        ]

    def __str__(self) -> str:
        return self.pattern


class AgencyCode(models.Model):
    """The identification code of a unit in a period (mã định danh cơ quan), the first part of its dossier numbers."""

    unit_code = models.TextField()
    agency = models.TextField()
    valid = DateRangeField()
    source = models.TextField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="dossiers_agency_code_one_at_a_time",
                expressions=[("unit_code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="dossiers_agency_code_one_unit",
                expressions=[("agency", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} = {self.agency}"


class NumberCounter(models.Model):
    """The last number given under an agency code on a day; its row lock makes numbers unique and without gaps."""

    agency = models.TextField()
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="dossiers_number_counter_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.day} {self.last}"

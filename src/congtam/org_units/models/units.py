"""Tables of the units through time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from congtam.org_units.domain.kinds import KINDS


class OrgUnit(models.Model):
    """A code under which a unit is known (đơn vị); what the code means has periods, see the versions."""

    code = models.CharField(max_length=35, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="org_unit_code_not_blank", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.code


class UnitVersion(models.Model):
    """Name, kind and parent of a unit in a period (thông tin đơn vị theo thời gian)."""

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=250)
    kind = models.CharField(max_length=30)
    parent = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="versions_below"
    )
    valid = DateRangeField()
    legal_source = models.CharField(max_length=300, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="unit_version_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(name="unit_version_valid_not_empty", condition=~Q(valid__isempty=True)),
            models.CheckConstraint(name="unit_version_not_own_parent", condition=~Q(unit=F("parent"))),
            models.CheckConstraint(name="unit_version_name_not_blank", condition=~Q(name="")),
            models.CheckConstraint(
                name="unit_version_coordinates_plausible",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
            ),
            models.CheckConstraint(name="unit_version_kind_valid", condition=Q(kind__in=list(KINDS))),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A unit, or a part of it, was taken over by another on a day (kế thừa đơn vị).

    A deferred trigger holds that the weights of one predecessor and day sum to 1.
    """

    predecessor = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="handed_over")
    successor = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="taken_over")
    on_date = models.DateField()
    weight = models.DecimalField(max_digits=11, decimal_places=10)
    whole = models.BooleanField()
    only_forward = models.BooleanField(default=False)
    legal_source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on_date"], name="succession_once"),
            models.CheckConstraint(name="succession_weight_share", condition=Q(weight__gt=0, weight__lte=1)),
            models.CheckConstraint(name="succession_whole_is_one", condition=Q(whole=False) | Q(weight=1)),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class UnitBoundary(models.Model):
    """The area of a unit while a version holds (ranh giới), from a file that the installation loaded."""

    version = models.OneToOneField(UnitVersion, on_delete=models.CASCADE, related_name="boundary")
    rings = models.JSONField()
    """[[[longitude, latitude], …], …] in degrees; holes are rings too."""
    source = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.version)

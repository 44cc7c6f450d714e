from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from congtam.inspections.domain.states import LISTED, PackState


class PackQuerySet(models.QuerySet["InspectionPack"]):
    """Named sets of packs."""

    def of_units(self, codes: frozenset[str]) -> Self:
        return self.filter(unit_code__in=codes)

    def listed(self) -> Self:
        return self.filter(state__in=LISTED)

    def newest_first(self) -> Self:
        return self.order_by("-prepared_at", "-pk")


class InspectionPack(models.Model):
    """What an inspector takes along (bộ số liệu kiểm tra): written once; the digest tells whether it is whole.

    The content never changes; ``state`` says who reads it. ``office_code`` is the unit in whose name it was prepared,
    empty where that is the whole installation.
    """

    key = models.CharField(max_length=120, unique=True)
    unit_code = models.CharField(max_length=35)
    unit_name = models.CharField(max_length=200)
    period_start = models.DateField()
    period_end = models.DateField()
    seed = models.BigIntegerField()
    map_on = models.DateField()
    prepared_by = models.CharField(max_length=150)
    prepared_by_name = models.CharField(max_length=200, blank=True)
    prepared_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    office_code = models.CharField(max_length=35, blank=True, default="")
    state = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in PackState], default=PackState.DRAFT.value
    )
    version = models.PositiveIntegerField(default=1)
    state_at = models.DateTimeField(null=True)
    state_by_name = models.CharField(max_length=200, blank=True, default="")
    state_reason = models.CharField(max_length=500, blank=True, default="")

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "office_code"], name="inspection_pack_once_per_office"),
            models.CheckConstraint(
                name="inspection_pack_period_runs_forward", condition=Q(period_end__gt=F("period_start"))
            ),
            models.CheckConstraint(name="inspection_pack_seed_not_negative", condition=Q(seed__gte=0)),
        ]
        indexes = [models.Index(fields=["unit_code", "-prepared_at"], name="inspection_pack_unit")]

    def __str__(self) -> str:
        return self.key


class PackFile(models.Model):
    """A document made of a pack (văn bản của bộ số liệu), kept by its digest."""

    pack = models.ForeignKey(InspectionPack, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "format"], name="inspection_pack_file_once"),
        ]

    def __str__(self) -> str:
        return self.name

"""Counted parts kept in the database, and receipts of figures that were published."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from congtam.indicators.domain.definitions import Target
from congtam.indicators.domain.set_targets import TargetRow


def _digest_half_field() -> models.DecimalField[Any, Any]:
    """One half of a digest sum, modulo 2^64."""
    return models.DecimalField(max_digits=20, decimal_places=0, default=0)


class Cell(models.Model):
    """The parts of one indicator for one unit and month (ô số liệu), under the unit code of the rows themselves."""

    definition = models.TextField()
    unit_code = models.TextField()
    month = models.DateField()
    numerator = models.DecimalField(max_digits=38, decimal_places=6)
    denominator = models.DecimalField(max_digits=38, decimal_places=6)
    numerator_high = _digest_half_field()
    numerator_low = _digest_half_field()
    denominator_high = _digest_half_field()
    denominator_low = _digest_half_field()

    class Meta:
        db_table = "indicators_cell"
        constraints = (
            models.UniqueConstraint(fields=["unit_code", "month", "definition"], name="indicators_cell_once"),
        )

    def __str__(self) -> str:
        return f"{self.definition} {self.unit_code} {self.month}"


class CellState(models.Model):
    """Which data version and which definitions the cells of a fact stand for."""

    fact = models.TextField(unique=True)
    data_version = models.BigIntegerField()
    definitions_digest = models.TextField()

    class Meta:
        db_table = "indicators_cellstate"

    def __str__(self) -> str:
        return f"{self.fact}@{self.data_version}"


class CachedResult(models.Model):
    """Parts that were counted on the lake once and hold for one data version; may be emptied at any time."""

    key = models.TextField(primary_key=True)
    fact = models.TextField()
    data_version = models.BigIntegerField()
    parts = models.JSONField()

    class Meta:
        db_table = "indicators_cachedresult"
        indexes = (models.Index(fields=["fact", "data_version"], name="indicators_cached_version"),)

    def __str__(self) -> str:
        return self.key


class StoredReceipt(models.Model):
    """The receipt of a figure that a report or a page has published (biên nhận số liệu); never changed."""

    key = models.TextField(unique=True)
    code = models.TextField()
    unit_code = models.TextField()
    content = models.JSONField()
    stored_at = models.DateTimeField()
    stored_by = models.TextField()

    class Meta:
        db_table = "indicators_storedreceipt"

    def __str__(self) -> str:
        return self.key


class SetByDecision(models.Model):
    """A value that a decision sets for a unit and what is below it, or for a kind of unit, while it is in force.

    Never changed: it is withdrawn and entered anew. An empty unit means every unit; an empty kind, every kind.
    """

    key = models.TextField(unique=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    unit_code = models.TextField(blank=True, default="")
    unit_kind = models.TextField(blank=True, default="")
    valid = DateRangeField()
    decision = models.TextField()
    decided_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

    def as_row(self, about: str) -> TargetRow:
        """The row by which the value nearest to a unit is found; ``about`` says of what it is a value."""
        target = Target(
            value=float(self.value),
            source=self.decision,
            valid_from=self.valid.lower,
            valid_until=self.valid.upper,
        )
        return TargetRow(indicator=about, target=target, unit_code=self.unit_code, unit_kind=self.unit_kind)


class SetParameter(SetByDecision):
    """A value that expressions look up (tham số), for units or a kind of unit, while it is in force."""

    code = models.TextField()
    name = models.TextField()
    measure = models.TextField()

    class Meta:
        db_table = "indicators_setparameter"
        constraints = (
            models.CheckConstraint(
                name="indicators_parameter_rests_on_decision", condition=~models.Q(decision="")
            ),
            models.CheckConstraint(
                name="indicators_parameter_valid_not_empty", condition=~models.Q(valid__isempty=True)
            ),
            models.CheckConstraint(
                name="indicators_parameter_for_somebody", condition=~models.Q(unit_code="", unit_kind="")
            ),
            ExclusionConstraint(
                name="indicators_parameter_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("unit_code", RangeOperators.EQUAL),
                    ("unit_kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        )


class SetTarget(SetByDecision):
    """A target that a decision set for units (chỉ tiêu được giao): a unit and what is below it, or a kind of unit."""

    indicator = models.TextField()

    class Meta:
        db_table = "indicators_settarget"
        constraints = (
            models.CheckConstraint(
                name="indicators_target_rests_on_decision", condition=~models.Q(decision="")
            ),
            models.CheckConstraint(
                name="indicators_target_valid_not_empty", condition=~models.Q(valid__isempty=True)
            ),
            models.CheckConstraint(
                name="indicators_target_for_somebody", condition=~models.Q(unit_code="", unit_kind="")
            ),
            ExclusionConstraint(
                name="indicators_target_one_at_a_time",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    ("unit_code", RangeOperators.EQUAL),
                    ("unit_kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        )

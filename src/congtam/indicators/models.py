"""Counted parts kept in the database, and receipts of figures that were published."""

from __future__ import annotations

from typing import Any

from django.db import models


def _half() -> models.DecimalField[Any, Any]:
    """One half of a digest sum, modulo 2^64."""
    return models.DecimalField(max_digits=20, decimal_places=0, default=0)


class Cell(models.Model):
    """The parts of one indicator for one unit and month (ô số liệu), under the unit code of the rows themselves."""

    definition = models.TextField()
    unit_code = models.TextField()
    month = models.DateField()
    numerator = models.DecimalField(max_digits=38, decimal_places=6)
    denominator = models.DecimalField(max_digits=38, decimal_places=6)
    numerator_high = _half()
    numerator_low = _half()
    denominator_high = _half()
    denominator_low = _half()

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

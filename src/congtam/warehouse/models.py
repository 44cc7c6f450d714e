"""What the database knows of the warehouse."""

from __future__ import annotations

from django.db import models


class WarehouseTable(models.Model):
    """The data version of a fact that readers use (phiên bản dữ liệu): readers need not open the lake's log.

    ``folder`` is the folder it lies in, empty for the one that has the fact's name: a rebuild moves both at once.
    """

    fact = models.TextField(unique=True)
    version = models.BigIntegerField()
    folder = models.TextField(default="", db_default="")
    row_count = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "warehouse_table"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(version__gte=0), name="warehouse_table_version_from_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(row_count__gte=0), name="warehouse_table_rows_from_zero"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact}@{self.version}"

"""Where money is transferred to: the bank accounts of units."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class BankAccount(models.Model):
    """The account fees of a unit are transferred to (tài khoản thu phí)."""

    unit_code = models.TextField()
    bank_bin = models.TextField()
    number = models.TextField()
    holder = models.TextField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="payments_account_one_at_a_time",
                expressions=[("unit_code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(bank_bin__regex=r"^\d{6}$"), name="payments_account_bin"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9A-Z]{4,19}$"), name="payments_account_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.bank_bin} {self.number}"

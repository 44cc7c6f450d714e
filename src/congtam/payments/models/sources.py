"""Where money comes through: gateways, bank accounts, what gateways told us, their daily files."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q


class Gateway(models.Model):
    """A payment gateway we have an agreement with (cổng thanh toán)."""

    name = models.TextField(unique=True)
    address = models.TextField()
    """Where the payer is sent."""
    secret = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z][a-z0-9-]{1,30}$"), name="payments_gateway_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


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


class Callback(models.Model):
    """A message of a gateway as it came, with what we made of it (thông báo của cổng thanh toán)."""

    gateway = models.TextField()
    reference = models.TextField(default="", blank=True)
    request_code = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    outcome = models.TextField()

    class Meta:
        indexes = [models.Index(F("gateway"), F("received_at").desc(), name="payments_callbacks_latest")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference} {self.outcome}"


class Statement(models.Model):
    """The list of a day a gateway sends (tệp đối soát ngày)."""

    gateway = models.TextField()
    day = models.DateField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day"], name="payments_statement_of_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day}"


class StatementLine(models.Model):
    """One line of the day, or what it lacks, and how it compares with our own books (dòng đối soát)."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    row = models.IntegerField(null=True, blank=True)
    reference = models.TextField()
    request_code = models.TextField(default="", blank=True)
    amount_dong = models.BigIntegerField(null=True, blank=True)
    own_amount_dong = models.BigIntegerField(null=True, blank=True)
    unit_code = models.TextField(default="", blank=True)
    outcome = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "reference"], name="payments_statement_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.outcome}"

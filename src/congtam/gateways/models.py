"""The tables of gateways: those we have an agreement with, their messages, their daily files (cổng thanh toán).

The tables keep the names they had when payments held them.
"""

from __future__ import annotations

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
        db_table = "payments_gateway"
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z][a-z0-9-]{1,30}$"), name="payments_gateway_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Callback(models.Model):
    """A message of a gateway as it came, with what we made of it (thông báo của cổng thanh toán)."""

    gateway = models.TextField()
    reference = models.TextField(default="", blank=True)
    request_code = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    outcome = models.TextField()

    class Meta:
        db_table = "payments_callback"
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
        db_table = "payments_statement"
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
        db_table = "payments_statementline"
        constraints = [
            models.UniqueConstraint(fields=["statement", "reference"], name="payments_statement_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.outcome}"

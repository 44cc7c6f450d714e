"""What is asked for, what was paid, what was given back."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q


class RequestState(StrEnum):
    """Where a fee request stands (trạng thái yêu cầu nộp phí)."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Way(StrEnum):
    """How it was paid (hình thức thanh toán)."""

    CASH = "cash"
    ONLINE = "online"


class FeeRequest(models.Model):
    """A fee asked for in a dossier (yêu cầu nộp phí, lệ phí)."""

    code = models.TextField(unique=True, db_collation="C")
    dossier_code = models.TextField(db_index=True)
    unit_code = models.TextField()
    counter_unit_code = models.TextField(default="", blank=True)
    """Where the dossier was handed in, when that is another unit: its counter may take the cash too."""
    amount_dong = models.BigIntegerField()
    reason = models.TextField()
    state = models.TextField(default=RequestState.OPEN.value)
    requested_at = models.DateTimeField()
    requested_by = models.TextField()
    due_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    """When it was paid; null while open."""
    closing_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="payments_request_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]),
                name="payments_request_state_valid",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "refunded"]) | Q(settled_at__isnull=False),
                name="payments_request_paid_has_instant",
            ),
        ]
        indexes = [
            models.Index(F("unit_code"), F("requested_at").desc(), F("id").desc(), name="payments_of_unit"),
            models.Index(
                F("counter_unit_code"), name="payments_of_counter", condition=~Q(counter_unit_code="")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Payment(models.Model):
    """Money that came in (khoản thanh toán); at most one of a request counts, whatever came twice is given back."""

    code = models.TextField(unique=True, db_collation="C")
    request = models.ForeignKey(FeeRequest, on_delete=models.PROTECT, related_name="payments")
    way = models.TextField()
    gateway = models.TextField(default="", blank=True)
    reference = models.TextField(default="", blank=True)
    """The gateway's own number of the transaction; with its name it is unique for all time."""
    amount_dong = models.BigIntegerField()
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    counts = models.BooleanField()
    """Whether it settles the request; false for what came in twice or in another amount."""
    receipt_number = models.TextField(default="", blank=True)
    counter_unit_code = models.TextField(default="", blank=True)
    """The unit whose counter took the cash and holds it (quầy thu); empty for what came online."""

    class Meta:
        indexes = [
            models.Index(
                F("counter_unit_code"), F("paid_at"), name="payments_cash_of_counter", condition=Q(way="cash")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference"], condition=~Q(reference=""), name="payments_reference_once"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(counts=True), name="payments_request_settled_once"
            ),
            models.UniqueConstraint(
                fields=["receipt_number"],
                condition=~Q(receipt_number=""),
                name="payments_receipt_number_once",
            ),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="payments_amount_positive"),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="payments_way_valid"
            ),
            models.CheckConstraint(
                condition=Q(way="cash", gateway="", reference="")
                | (Q(way="online") & ~Q(gateway="") & ~Q(reference="")),
                name="payments_online_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Refund(models.Model):
    """Money given back (hoàn trả): requested by one person, completed by another."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_dong = models.BigIntegerField()
    reason = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.TextField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.TextField(default="", blank=True)
    reference = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="payments_refund_positive"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="payments_refund_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_by="") | ~Q(done_by=F("requested_by")), name="payments_refund_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount_dong}"


class RefusedRefund(models.Model):
    """Money that was asked back and is not given back (không hoàn trả), with the reason people gave."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refused_refunds")
    amount_dong = models.BigIntegerField()
    reason = models.TextField()
    refused_at = models.DateTimeField()
    refused_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="payments_refused_refund_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount_dong}"


class ReceiptCounter(models.Model):
    """The last number of a unit's receipts for money in a year (số biên lai)."""

    unit_code = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "year"], name="payments_receipt_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.year} {self.last}"

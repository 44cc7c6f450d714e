from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One line of the audit ledger (nhật ký): written once, never changed; a trigger refuses anything else."""

    stream = models.CharField(max_length=80)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    unit_code = models.CharField(max_length=35, blank=True)
    text = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "position"], name="audit_entry_position_once")
        ]
        indexes = [
            models.Index(fields=["kind", "key", "at"], name="audit_entry_subject"),
            models.Index(fields=["actor", "at"], name="audit_entry_actor"),
            models.Index(fields=["at", "id"], name="audit_entry_time"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.position} {self.verb}"


class LedgerLeaf(models.Model):
    """Where a line of the ledger stands in the tree over all streams (lá của cây Merkle); filled when it is anchored.

    Not by its own number: lines are numbered when they are written and seen when they are committed, in another order.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.position} {self.entry}"


class LedgerSuccession(models.Model):
    """A stream that was closed and goes on under another name (chuỗi kế tiếp), with what its head was."""

    stream = models.CharField(max_length=80, primary_key=True)
    successor = models.CharField(max_length=80, unique=True)
    head = models.CharField(max_length=64)
    size = models.BigIntegerField()
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stream} → {self.successor}"


class OutboxMessage(models.Model):
    """Something that happened and that others must hear of; written with the change itself (hộp thư đi)."""

    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    available_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(handled_at__isnull=True), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"

from __future__ import annotations

from django.db import models


class DeliveryState(models.TextChoices):
    """How far a delivery has come (tình trạng gửi); stored and sent by the API under these names."""

    WAITING = "waiting"
    """Not sent yet; not tried before ``next_at``."""
    SENT = "sent"
    """The receiver has it."""
    GIVEN_UP = "given_up"
    """Tried as often as the retry rule allows."""


class Delivery(models.Model):
    """Something that must reach one receiver at least once (lượt gửi).

    A room that sends has a table of its own with these columns; `foundation.delivery` moves its rows along.
    """

    code = models.TextField(unique=True)
    """Goes out with every attempt, so that the receiver recognises a repetition."""
    state = models.TextField(default=DeliveryState.WAITING)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

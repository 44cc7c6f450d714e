from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """A day that differs from the weekly pattern (ngày nghỉ, ngày làm bù), with its legal source."""

    class Kind(models.TextChoices):
        DAY_OFF = "day_off"
        MAKE_UP = "make_up"
        HALF_DAY = "half_day"

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class WorkingDay(models.Model):
    """How many working days there have been up to and including a day: the difference of two is a duration."""

    day = models.DateField(primary_key=True)
    ordinal = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day} = {self.ordinal}"

from __future__ import annotations

from typing import Final

from django.db import models

WORKING_DAY_TABLE: Final = "foundation_workingday"
"""The table of running counts of working days, for facts that measure in SQL."""


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
    changed_by = models.TextField(default="", blank=True)
    """Empty for a day that came with the program."""
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "foundation_calendarday"

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class WorkingDay(models.Model):
    """How many working days there have been up to and including a day: the difference of two is a duration."""

    day = models.DateField(primary_key=True)
    ordinal = models.IntegerField()

    class Meta:
        db_table = WORKING_DAY_TABLE

    def __str__(self) -> str:
        return f"{self.day} = {self.ordinal}"


class OfficeHoursRule(models.Model):
    """Office hours that apply from a day on (giờ làm việc theo mùa), with the decision that sets them."""

    since = models.DateField(unique=True)
    spans = models.JSONField()
    """[["07:00", "11:30"], ["13:30", "17:00"]]"""
    source = models.CharField(max_length=300)
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_officehoursrule"

    def __str__(self) -> str:
        return f"{self.since} {self.spans}"


class CalendarChange(models.Model):
    """One correction of the calendar (lần điều chỉnh lịch nghỉ): never changed, only added to."""

    key = models.TextField(unique=True)
    at = models.DateTimeField()
    actor = models.TextField()
    legal = models.TextField()
    """The legal sources of all its days, each once."""
    days = models.JSONField(default=list)
    """[{day, before: {kind, reason, source} or null, after: the same}]"""
    hours = models.JSONField(default=list, blank=True)
    """[{since, before: spans or null, after: spans or null, source}]"""
    is_applied = models.BooleanField(default=False)
    """The due dates of all open dossiers have been worked out anew."""

    class Meta:
        db_table = "foundation_calendarchange"

    def __str__(self) -> str:
        return self.key


class CalendarEffect(models.Model):
    """What a correction moved (hạn trả bị dời): the due date of one subject, by the context that owns it."""

    change = models.ForeignKey(CalendarChange, on_delete=models.CASCADE, related_name="effects")
    subject = models.TextField()
    """The code of the dossier."""
    name = models.TextField(default="", blank=True)
    unit_code = models.TextField(default="", blank=True)
    old = models.DateTimeField(null=True, blank=True)
    new = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "foundation_calendareffect"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "subject"], name="foundation_calendar_effect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.old} → {self.new}"

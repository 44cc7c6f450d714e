"""What the database works out of a dossier (biểu thức trên hồ sơ)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from congtam.dossiers.domain.states import OPEN, Verdict
from congtam.dossiers.models import Suspension, stopped_in_time


def local_time(instant: Combinable) -> Func:
    """An instant by the clock of the dossier's own time zone, to the second."""
    template = "timezone(%(expressions)s)::timestamp(0)"
    return Func(F("time_zone"), instant, template=template, output_field=DateTimeField())


def local_day(instant: Combinable) -> Func:
    """The day of an instant in the dossier's own time zone."""
    template = "timezone(%(expressions)s)::date"
    return Func(F("time_zone"), instant, template=template, output_field=DateField())


class _Earlier(Func):
    """Whether the first day lies before the second."""

    template = "(%(expressions)s)"
    arg_joiner = " < "
    output_field = BooleanField()


def verdict(now: datetime) -> Case:
    """How a dossier stands to its due instant: what ``verdict_by_instant`` says, worked out by the database.

    A dossier whose clock was stopped in time is not overdue, however long it stands still.
    """
    early = _Earlier(local_day(F("finished_at")), local_day(F("due_at")))
    rules: Sequence[tuple[Any, Verdict]] = (
        (Q(due_at__isnull=True), Verdict.NO_LIMIT),
        (Q(finished_at__isnull=True) & ~Q(state__in=sorted(OPEN)), Verdict.NO_LIMIT),
        (Q(finished_at__isnull=True, due_at__gte=now), Verdict.RUNNING),
        (Q(stopped_in_time(), finished_at__isnull=True), Verdict.RUNNING),
        (Q(finished_at__isnull=True), Verdict.OVERDUE),
        (Q(finished_at__gt=F("due_at")), Verdict.LATE),
        (early, Verdict.EARLY),
    )
    cases = [When(condition, then=Value(result.value)) for condition, result in rules]
    return Case(*cases, default=Value(Verdict.ON_TIME.value), output_field=TextField())


def is_stopped() -> Exists:
    """Whether the clock of a dossier stands still now."""
    return Exists(Suspension.objects.filter(dossier=OuterRef("pk"), ended_at__isnull=True))

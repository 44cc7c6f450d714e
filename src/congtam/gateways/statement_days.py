"""Which days of which gateway were compared with our books, and which were not (tình hình đối soát theo ngày)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from congtam.foundation.public import Actor, clock
from congtam.gateways import permissions
from congtam.gateways.models import Gateway, Statement
from congtam.kernel.clock import today
from congtam.payments.public import has_online_payments_before, online_payment_counts

DAYS_SHOWN: Final = 31
AGREES: Final = ("matched", "settled")
"""Outcomes of a line that needs nobody's attention."""


@dataclass(frozen=True, kw_only=True)
class StatementDay:
    """One day of one gateway: what our books hold of it, and what its daily file said, if it came."""

    gateway: str
    day: date
    payment_count: int
    read_at: datetime | None = None
    read_by: str = ""
    agreeing: int = 0
    differing: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether the day is over, and its file was not read in."""
        return self.read_at is None and self.day < today(clock())


def statement_days(*, to: Actor) -> list[StatementDay]:
    """The last days of each gateway since the first on which money came or a file was read in, the latest first.

    A day without money in our books stands there too: perhaps its messages never came. For who compares the books of
    the whole installation; raises NotAllowed for others.
    """
    permissions.require_everywhere(to, *permissions.MAY_RECONCILE)
    since = today(clock()) - timedelta(days=DAYS_SHOWN - 1)
    counts = online_payment_counts(since, to=to)
    agreeing_lines = Q(lines__outcome__in=AGREES)
    read = Statement.objects.filter(day__gte=since).annotate(
        agreeing=Count("lines", filter=agreeing_lines),
        differing=Count("lines", filter=~agreeing_lines & Q(lines__isnull=False)),
    )
    days = {
        (one.gateway, one.day): StatementDay(
            gateway=one.gateway,
            day=one.day,
            payment_count=counts.pop((one.gateway, one.day), 0),
            read_at=one.imported_at,
            read_by=one.imported_by,
            agreeing=one.agreeing,
            differing=one.differing,
        )
        for one in read
    }
    for (gateway, day), count in counts.items():
        days[gateway, day] = StatementDay(gateway=gateway, day=day, payment_count=count)
    for gateway in {*Gateway.objects.values_list("name", flat=True), *(name for name, _day in days)}:
        recorded_days = [day for name, day in days if name == gateway]
        first = since if _has_history(gateway, since, to=to) else min(recorded_days, default=today(clock()))
        for day in _days_between(first, today(clock())):
            days.setdefault((gateway, day), StatementDay(gateway=gateway, day=day, payment_count=0))
    return sorted(days.values(), key=lambda each: (-each.day.toordinal(), each.gateway))


def _has_history(gateway: str, before: date, *, to: Actor) -> bool:
    paid = has_online_payments_before(gateway, before, to=to)
    return paid or Statement.objects.filter(gateway=gateway, day__lt=before).exists()


def _days_between(first: date, until: date) -> Iterator[date]:
    """The days from the first on that are over."""
    while first < until:
        yield first
        first += timedelta(days=1)

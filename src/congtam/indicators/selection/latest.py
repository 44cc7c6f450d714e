"""The newest month of which there is something to show (tháng có số liệu gần nhất)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Max, Q

from congtam.indicators.counting.scopes import unit_scope
from congtam.indicators.models import Cell
from congtam.kernel.periods import Period

_EVER = Period(date(1990, 1, 1), date(2100, 1, 1))


def latest_month(unit: str) -> date | None:
    """The newest month with rows of a unit, and of everything while it was below the unit; None without rows."""
    until: dict[date, set[str]] = defaultdict(set)
    for share in unit_scope(unit, _EVER, None).shares:
        until[share.until].add(share.unit_code)
    condition = Q(pk__in=[])
    for end, codes in until.items():
        condition |= Q(unit_code__in=codes, month__lt=end)
    newest_month: date | None = Cell.objects.filter(condition).aggregate(newest=Max("month"))["newest"]
    return newest_month

"""The newest month of which there is something to show (tháng có số liệu gần nhất)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from congtam.indicators.models import Cell
from congtam.indicators.scopes import unit_scope
from congtam.kernel.periods import Period

_EVER = Period(date(1990, 1, 1), date(2100, 1, 1))


def latest_month(unit: str) -> date | None:
    """The newest month with rows of a unit and everything below it at any time; None without rows."""
    codes = {share.unit_code for share in unit_scope(unit, _EVER, None).shares}
    found: date | None = Cell.objects.filter(unit_code__in=codes).aggregate(newest=Max("month"))["newest"]
    return found

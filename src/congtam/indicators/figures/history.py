"""Units directly below with how much their months differ (độ phân tán theo tháng), for intervals and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from congtam.foundation.public import Actor, clock
from congtam.indicators.counting.evaluation import evaluate, window_of
from congtam.indicators.counting.scopes import child_scope, require_visible
from congtam.indicators.counting.visibility import RowsNotVisible, require_rows_visible
from congtam.indicators.domain.chance import DISPERSION_MONTHS, history_months, month_dispersion
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.building import definitions_by_fact
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.kernel.statistics.counts import Counts

ByChild = Mapping[str, Sequence[tuple[str, Figure]]]
"""Figures by code of the indicator, in the order of the units."""


def with_month_dispersion(
    by_code: ByChild, *, unit: str, period: Period, to: Actor, map_on: date | None = None
) -> dict[str, list[tuple[str, Figure]]]:
    """The same figures; intervals of rates allow for how much the months of each unit differ beyond chance.

    Where months before the period hold rows that the actor may not see, the intervals stay the plain ones.
    """
    rates = [code for code, pairs in by_code.items() if pairs and pairs[0][1].definition.is_share]
    months = [month for month in history_months(period, DISPERSION_MONTHS) if month.end <= today(clock())]
    factors: dict[tuple[str, str], float] = {}
    if rates and months:
        try:
            factors = _dispersions(rates, months, unit=unit, to=to, map_on=map_on)
        except RowsNotVisible:
            factors = {}
    return {
        code: [
            (child, replace(figure, dispersion=factors[code, child]) if (code, child) in factors else figure)
            for child, figure in pairs
        ]
        for code, pairs in by_code.items()
    }


def _dispersions(
    codes: Sequence[str], months: Sequence[Period], *, unit: str, to: Actor, map_on: date | None
) -> dict[tuple[str, str], float]:
    """φ by indicator and unit directly below."""
    require_visible(unit, to)
    scopes = {window_of(month): child_scope(unit, month, map_on) for month in months}
    counts: dict[tuple[str, str], dict[date, Counts]] = {}
    for definitions, version in definitions_by_fact(codes, months[-1].last_day):
        require_rows_visible(definitions, scopes, version=version, to=to)
        for (code, window), by_child in evaluate(definitions, scopes, version=version).items():
            for child, parts in by_child.items():
                if parts.denominator:
                    total = float(parts.denominator)
                    counted = Counts(min(float(parts.numerator), total), total)
                    counts.setdefault((code, child), {})[window.period.start] = counted
    return {key: month_dispersion(by_month) for key, by_month in counts.items()}

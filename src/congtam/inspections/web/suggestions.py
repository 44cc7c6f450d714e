"""What the form offers before anything is typed: units, periods, a seed (gợi ý)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congtam.foundation.public import Actor, clock
from congtam.inspections.actions.prepare import USUAL_SAMPLE
from congtam.inspections.permissions import MAY_PREPARE
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.org_units.public import UnitNode, tree, visible_units

QUARTERS_BACK = 6
YEARS_BACK = 2


@dataclass(frozen=True)
class ChoiceOption:
    """A value of the form and how it reads."""

    value: str
    label: str


def unit_choices(actor: Actor) -> list[ChoiceOption]:
    """The units whose inspection the actor may prepare: those of today, then those of the last years."""
    visible = visible_units(actor, *MAY_PREPARE)
    day = today(clock())
    nodes: dict[str, UnitNode] = {}
    for on in (day, *(date(day.year - back, 6, 30) for back in range(YEARS_BACK + 1))):
        for node in tree(on).values():
            nodes.setdefault(node.code, node)
    return [ChoiceOption(node.code, node.name) for node in nodes.values() if node.code in visible]


def period_choices(language: str) -> list[ChoiceOption]:
    """The last quarters and years, newest first."""
    quarter = last_quarter(today(clock()))
    periods = [quarter]
    for _ in range(QUARTERS_BACK - 1):
        periods.append(periods[-1].previous())
    year = today(clock()).year
    periods += [Period.of_year(year - back) for back in range(YEARS_BACK + 1)]
    return [ChoiceOption(period.text, period.label(language)) for period in periods]


def last_quarter(day: date) -> Period:
    """The quarter that ended last before the day.

    >>> last_quarter(date(2026, 3, 31)).text
    '2025-Q4'
    """
    return Period.of_months(day.year, (day.month - 1) // 3 * 3 + 1, 3).previous()


def initial_values(query: Mapping[str, str]) -> dict[str, str | int]:
    """What the form starts with; the address may name unit and period."""
    day = today(clock())
    return {
        "unit": query.get("unit", ""),
        "period": query.get("period", "") or last_quarter(day).text,
        "seed": int(f"{day:%Y%m%d}"),
        "sample_size": USUAL_SAMPLE,
    }

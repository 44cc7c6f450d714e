"""What a reader has chosen (kỳ, bản đồ đơn vị): read from the address, written back into every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext

from congtam.foundation.public import clock
from congtam.indicators.selection.latest import latest_month
from congtam.kernel.clock import today
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.periods import parse_period
from congtam.kernel.periods import DAY, Period, PeriodMalformed
from congtam.org_units import public as org_units
from congtam.ui.public import current_language

OWN: Final = "own"
"""The part of an address that leaves out what is below the unit."""


@dataclass(frozen=True, kw_only=True)
class FigureChoice:
    """A period, and the day of the map of units; no day means that every row is shown under the units of its time.

    ``is_own`` leaves out what is below the unit: only rows recorded at the unit itself.
    """

    period: Period
    map_on: date | None = None
    latest: date | None = None
    is_own: bool = False

    @property
    def query(self) -> str:
        """The choice as the query part of an address."""
        pairs = {"period": self.period.text}
        if self.map_on:
            pairs["map"] = self.map_on.isoformat()
        if self.is_own:
            pairs[OWN] = "1"
        return urlencode(pairs)

    def with_period(self, period: Period) -> FigureChoice:
        """The same map, another period."""
        return replace(self, period=period)

    @property
    def tree_day(self) -> date:
        """The day whose tree of units is shown."""
        return self.map_on or self.period.last_day


def read_choice(query: Mapping[str, str], *, unit: str) -> FigureChoice:
    """Read the choice; without one, the year of the newest month with rows of the unit.

    Raises PeriodMalformed for what is neither a period nor two dates.
    """
    latest = latest_month(unit)
    period = _requested_period(query) or Period.of_year((latest or today(clock())).year)
    map_on, is_own = _requested_map(query.get("map", "")), query.get(OWN) == "1"
    return FigureChoice(period=period, map_on=map_on, latest=latest, is_own=is_own)


def _requested_period(query: Mapping[str, str]) -> Period | None:
    """Two dates, both included as people mean them, go before the named period."""
    first, last = query.get("from", ""), query.get("to", "")
    if first or last:
        return Period(_parse_day(first), _parse_day(last) + DAY)
    text = query.get("period", "")
    return parse_period(text) if text else None


def _requested_map(text: str) -> date | None:
    return min(_parse_day(text), org_units.latest_nameable_day()) if text else None


def _parse_day(text: str) -> date:
    try:
        return parse_day(text)
    except DayMalformed:
        raise PeriodMalformed(text=text) from None


def filter_bar(choice: FigureChoice) -> dict[str, Any]:
    """What the form of the choice shows."""
    return {
        "period": choice.period,
        "period_label": choice.period.label(current_language()),
        "groups": _period_groups(choice),
        "first": choice.period.start.isoformat(),
        "last": choice.period.last_day.isoformat(),
        "maps": _map_choices(choice),
        "is_own": choice.is_own,
        "earlier": choice.with_period(choice.period.previous()).query,
        "later": choice.with_period(_next_period(choice.period)).query,
    }


def _next_period(period: Period) -> Period:
    if period.is_compared_once:
        return period.shift_by(12)
    if period.is_whole_months:
        return period.shift_by(period.month_count)
    return Period(period.end, period.end + (period.end - period.start))


def _period_groups(choice: FigureChoice) -> list[dict[str, Any]]:
    """Named periods of the chosen year and the newest one with rows, and the year before each."""
    years = sorted({choice.period.last_day.year, (choice.latest or choice.period.start).year})
    years = sorted({*years, years[-1] - 1, years[0] - 1}, reverse=True)
    named = {
        gettext("Years"): [Period.of_year(year) for year in years],
        gettext("Half years and nine months"): [
            period
            for year in years
            for period in (
                Period.of_months(year, 7, 6),
                Period.of_months(year, 1, 9),
                Period.of_months(year, 1, 6),
            )
        ],
        gettext("Quarters"): [Period.of_months(year, month, 3) for year in years for month in (10, 7, 4, 1)],
        gettext("Months"): [
            Period.of_months(year, month) for year in years[:2] for month in range(12, 0, -1)
        ],
    }
    is_named = any(choice.period in periods for periods in named.values())
    groups = [] if is_named else [_period_group(gettext("Selected"), [choice.period], choice)]
    return groups + [_period_group(name, periods, choice) for name, periods in named.items()]


def period_groups(period: Period) -> list[dict[str, Any]]:
    """The named periods a page offers around one, which is marked; for the forms of other rooms."""
    return _period_groups(FigureChoice(period=period))


def _period_group(name: str, periods: list[Period], choice: FigureChoice) -> dict[str, Any]:
    options = [
        {"value": one.text, "label": one.label(current_language()), "is_chosen": one == choice.period}
        for one in periods
    ]
    return {"name": name, "options": options}


def _map_choices(choice: FigureChoice) -> list[dict[str, Any]]:
    """The maps one can choose: of the rows' own time, of before and after each change of the tree."""
    changes = org_units.nameable_change_days()
    days = [changes[0] - DAY, *changes] if changes else []
    if choice.map_on and choice.map_on not in days:
        days.append(choice.map_on)
    own_time = {
        "value": "",
        "label": gettext("Units at the time of each dossier"),
        "is_chosen": choice.map_on is None,
    }
    return [own_time] + [
        {
            "value": day.isoformat(),
            "label": gettext("Units as of {day}").format(day=f"{day:%d/%m/%Y}"),
            "is_chosen": day == choice.map_on,
        }
        for day in sorted(days)
    ]

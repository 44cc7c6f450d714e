"""The units of a person with their headline figures (số liệu đơn vị của tôi)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from congtam.foundation.public import EVERYWHERE, Actor, Grant, Role, clock
from congtam.home.web.attention import OVERDUE
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure
from congtam.kernel.clock import today
from congtam.kernel.periods import DAY, Period, shift_months
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

MOST_UNITS: Final = 6
RECEIVED: Final = "dossiers.received"
HEADLINES: Final = (RECEIVED, "dossiers.on_time_rate", "dossiers.online_filing_rate", OVERDUE)
TREND_MONTHS: Final = 13
LIKELY_YEARS: Final = 3
YEARS_BACK: Final = 20


def own_units(actor: Actor) -> list[str]:
    """The units of a person's roles; for who has a role everywhere, the roots of the newest trees with dossiers.

    Who looks after the whole installation works for none of its units: that role alone shows no figures.
    """
    installation = Grant(role=Role.ADMINISTRATOR, unit_code=EVERYWHERE)
    codes = [grant.unit_code for grant in actor.grants if grant != installation]
    if EVERYWHERE in codes or actor.is_console:
        days = [today(clock()), *(change - DAY for change in org_units.nameable_change_days())]
        codes = [root.code for day in days for root in org_units.tree(day).roots]
    return [code for code in dict.fromkeys(codes) if org_units.is_registered_unit(code)][:MOST_UNITS]


def newest_year(code: str, actor: Actor) -> Period:
    """The newest year in which the unit received dossiers, else this year; the last years are tried first."""
    this_year = today(clock()).year
    years = [Period.of_year(this_year - back) for back in range(YEARS_BACK)]
    for group in (years[:LIKELY_YEARS], years[LIKELY_YEARS:]):
        figures = indicators.figures_of_periods([RECEIVED], unit=code, periods=group, to=actor)
        for year in group:
            if figures[year][RECEIVED].denominator:
                return year
    return years[0]


def restricted_unit_context(code: str, hidden: indicators.RowsNotVisible) -> dict[str, Any]:
    """What is shown of a unit where its figures hold rows that the person may not see."""
    return {
        "name": org_units.unit_name(code, today(clock())),
        "url": reverse("org_units:detail", args=[code]),
        "kind": "",
        "period": hidden.format_message(gettext),
    }


def unit_summary(code: str, actor: Actor) -> dict[str, Any]:
    """One unit with the headline figures of the newest year that has dossiers; ``figures_by_code`` has all of them."""
    try:
        return _unit_context(code, actor)
    except indicators.RowsNotVisible as hidden:
        return restricted_unit_context(code, hidden)


def _unit_context(code: str, actor: Actor) -> dict[str, Any]:
    period = newest_year(code, actor)
    months = _trend_months(period)
    definitions = indicators.definitions(period.last_day)
    ask = partial(indicators.figures_of_periods, unit=code, to=actor)
    monthly = ask([one.code for one in definitions if one.is_additive], periods=[period, *months])
    figures = monthly[period] | ask([OVERDUE], periods=[period])[period]
    version = org_units.find_version(code, period.last_day)
    return {
        "name": org_units.unit_name(code, period.last_day),
        "kind": org_units.find_kind(version.kind).name(current_language()) if version else "",
        "url": f"{reverse('indicators:unit', args=[code])}?period={period.text}",
        "period": period.label(current_language()),
        "tiles": [
            _figure_tile(figures, one, [monthly[month][one] for month in months if one in monthly[month]])
            for one in HEADLINES
        ],
        "shared": indicators.shared_figures_note(figures.values()),
        "figures_by_code": figures,
    }


def _trend_months(period: Period) -> list[Period]:
    last = period.last_day.replace(day=1)
    return [Period.month_of(shift_months(last, -back)) for back in range(TREND_MONTHS - 1, -1, -1)]


def _figure_tile(figures: Mapping[str, Figure], code: str, trend: list[Figure]) -> dict[str, Any]:
    figure = figures[code]
    definition = figure.definition
    without = indicators.without_due_date_text(figure, figures.get(definition.without_due_date))
    values = [None if one.value is None else float(one.value) for one in trend]
    return {
        "label": definition.name.in_language(current_language()),
        "value": value_text(figure),
        "tone": {True: "good", False: "bad", None: ""}[figure.meets_target],
        "url": figure_url(figure),
        "trend": values if any(value is not None for value in values) else None,
        "trend_label": "",
        "target": figure.target.value if figure.target else None,
        "facts": [without] if without else [],
    }


def value_text(figure: Figure) -> str:
    """A share as per cent, a count as a whole number."""
    write = ui.rate if figure.definition.is_share else ui.amount
    return write(figure.value, current_language())


def figure_url(figure: Figure) -> str:
    """The page of a figure, with the dossiers behind it."""
    return f"{reverse('indicators:figure', args=[figure.code, figure.unit])}?period={figure.period.text}"

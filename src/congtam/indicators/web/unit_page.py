"""The page of a unit (trang đơn vị): its figures, its children, its places."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, Role, actor_of
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure
from congtam.indicators.scopes import require_visible
from congtam.indicators.web import wording
from congtam.indicators.web.choices import Choice, filter_bar, language, read_choice
from congtam.indicators.web.links import figure_url, unit_url
from congtam.indicators.web.places import places
from congtam.indicators.web.units import unit_header, unit_name
from congtam.kernel.periods import Period, shift_months

MAY_PREPARE = (Role.INSPECTOR, Role.REFORM_OFFICER, Role.LEADER, Role.ADMINISTRATOR)
"""Who is offered the preparation of an inspection."""
FIRST_CHOICE = "dossiers.on_time_rate"
TREND_MONTHS = 13
FEW_CASES = 30
"""Below so many rows a rate says little; the table marks it instead of ranking it blindly."""


@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """All figures of a unit in a period."""
    actor = actor_of(request)
    require_visible(code, actor)
    choice = read_choice(request.GET, unit=code)
    indicator = request.GET.get("indicator", FIRST_CHOICE)
    context = {
        "unit": unit_header(code, choice, actor),
        "bar": filter_bar(choice),
        "query": choice.query,
        "indicator": indicator,
        "tiles": tiles(code, choice, actor),
        "children": children(indicator, code, choice, to=actor),
        "map": places(indicator, code, choice, to=actor),
        "may_prepare": actor.has_role(*MAY_PREPARE),
        "indicators": _indicator_options(choice, indicator),
    }
    return render(request, "indicators/unit.html", context)


def trend_months(period: Period) -> list[Period]:
    """The last thirteen months of a period: the newest beside the same month of the year before."""
    first_of_last = period.last_day.replace(day=1)
    starts = [shift_months(first_of_last, -back) for back in range(TREND_MONTHS - 1, -1, -1)]
    return [Period.month_of(start) for start in starts]


def tiles(unit: str, choice: Choice, actor: Actor) -> list[dict[str, Any]]:
    """Every indicator in force as a tile; only those that add up over months get a small trend."""
    known = indicators.definitions(choice.period.last_day)
    codes = [one.code for one in known]
    year_before = choice.period.same_period_last_year()
    found = indicators.figures_of_periods(
        codes, unit=unit, periods=[choice.period, year_before], to=actor, map_on=choice.map_on
    )
    trends = indicators.trends(
        [one.code for one in known if one.is_additive],
        unit=unit,
        months=trend_months(choice.period),
        to=actor,
        map_on=choice.map_on,
    )
    return [
        wording.tile(
            found[choice.period][code],
            before=found[year_before][code],
            trend=trends.get(code, []),
            url=figure_url(code, unit, choice),
        )
        for code in codes
    ]


def children(indicator: str, unit: str, choice: Choice, *, to: Actor) -> dict[str, Any]:
    """The same figure for every unit directly below."""
    found = indicators.by_child(indicator, unit=unit, period=choice.period, to=to, map_on=choice.map_on)
    definition = indicators.definition(indicator)
    rows = [child_row(code, figure, choice) | (_own() if code == unit else {}) for code, figure in found]
    shares = [wording.as_float(figure.value) or 0 for _, figure in found]
    return {
        "rows": rows,
        "definition": definition,
        "name": definition.name.of(language()),
        "is_share": definition.is_share,
        "out_of": definition.out_of_words.of(language()),
        "maximum": 1.0 if definition.is_share else max(shares, default=0) or 1.0,
    }


def _own() -> dict[str, str]:
    """The line of what is recorded under the unit itself must not look like one more child."""
    return {"name": gettext("Recorded under the unit itself"), "url": ""}


def child_row(code: str, figure: Figure, choice: Choice) -> dict[str, Any]:
    """One line of the table of children."""
    return {
        "code": code,
        "name": unit_name(code, choice.tree_day),
        "url": unit_url(code, choice, figure.code),
        "figure_url": figure_url(figure.code, code, choice),
        "value": wording.value_text(figure.definition, figure.value),
        "share": wording.as_float(figure.value),
        "target": figure.target.value if figure.target else None,
        "numerator": wording.number(figure.numerator),
        "denominator": wording.number(figure.denominator),
        "interval": wording.interval_text(figure),
        "tone": wording.tone(figure),
        "has_few": figure.definition.is_share and 0 < figure.denominator < FEW_CASES,
    }


def _indicator_options(choice: Choice, chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": one.code, "label": one.name.of(language()), "is_chosen": one.code == chosen}
        for one in indicators.definitions(choice.period.last_day)
    ]

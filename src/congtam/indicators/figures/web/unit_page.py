"""The page of a unit (trang đơn vị): its figures, its children, its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, actor_of, clock
from congtam.indicators.counting import apportioning
from congtam.indicators.counting.scopes import require_visible
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.chance import (
    DISPERSION_MONTHS,
    Process,
    history_months,
    missed_targets,
    process_of,
    with_dispersion,
)
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.web.children import children_table
from congtam.indicators.figures.web.headline import alarm_note, group_tiles, headline
from congtam.indicators.figures.web.map_points import has_places, place_map_context
from congtam.indicators.figures.web.ranks import rank_sentence
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice, filter_bar, read_choice
from congtam.indicators.selection.links import figure_url, unit_url
from congtam.indicators.selection.slots import FIGURES_LINKS, UnitInPeriod
from congtam.indicators.selection.units import unit_header
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units
from congtam.ui.public import current_language

FIRST_CHOICE = "dossiers.on_time_rate"
TREND_MONTHS = 13


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
        **tiles(code, choice, actor),
        "children": children_table(indicator, code, choice, to=actor, sort=request.GET.get("sort", "")),
        "map_url": map_url(indicator, code, choice),
        "whole_map": largest_visible_map_link(indicator, code, choice, actor=actor),
        "links": FIGURES_LINKS.offers(UnitInPeriod(unit=code, period=choice.period), to=actor),
        "indicators": _indicator_options(choice, indicator),
    }
    return render(request, "indicators/unit.html", context)


@require_GET
def unit_map(request: HttpRequest, code: str) -> HttpResponse:
    """The places below a unit, fetched once the page is there: they are asked for parent by parent."""
    actor = actor_of(request)
    require_visible(code, actor)
    choice = read_choice(request.GET, unit=code)
    indicator = request.GET.get("indicator", FIRST_CHOICE)
    return render(
        request, "indicators/part/map.html", {"map": place_map_context(indicator, code, choice, to=actor)}
    )


def map_url(indicator: str, unit: str, choice: FigureChoice) -> str:
    """Where the map is fetched from; empty for a unit without two places below it."""
    node = org_units.tree(choice.tree_day).get(unit)
    if node is None or not has_places(node):
        return ""
    return f"{reverse('indicators:unit_map', args=[unit])}?{choice.query}&indicator={indicator}"


def largest_visible_map_link(
    indicator: str, unit: str, choice: FigureChoice, *, actor: Actor
) -> dict[str, str] | None:
    """The map of the largest unit above that the reader may see (bản đồ toàn tỉnh); None where there is none."""
    visible = org_units.visible_units(actor)
    above = (node for node in org_units.tree(choice.tree_day).ancestors(unit) if node.code in visible)
    top = next((node for node in above if has_places(node)), None)
    return {"name": top.name, "url": f"{unit_url(top.code, choice, indicator)}#map"} if top else None


def tiles(unit: str, choice: FigureChoice, actor: Actor) -> dict[str, Any]:
    """One number with a sentence, and every other indicator in force as a tile of its group.

    Only those that add up over months get a small trend. With why numbers were rounded.
    """
    definitions = shipped.definitions(choice.period.last_day)
    last_year, months = choice.period.same_period_last_year(), history_months(choice.period, TREND_MONTHS)
    by_period = _count_figures(definitions, unit, choice, actor=actor)
    before = by_period[last_year]
    now = {
        code: with_dispersion(one, _process(code, choice, by_period)) if one.definition.is_additive else one
        for code, one in by_period[choice.period].items()
    }
    shown = {
        one.code: wording.tile(
            now[one.code],
            before=before[one.code],
            trend=[by_period[month][one.code] for month in months] if one.is_additive else [],
            url=figure_url(one.code, unit, choice),
            without=now.get(one.without_due_date),
        )
        for one in definitions
    }
    missed = missed_targets(now)
    for code, tile in shown.items():
        if now[code].definition.is_share:
            tile["tone"] = "bad" if code in missed.alarms else ""
    first = now[FIRST_CHOICE]
    return {
        "alarm_note": alarm_note(missed),
        "headline": headline(
            first,
            before=before[FIRST_CHOICE],
            without=now.get(first.definition.without_due_date),
            tile=shown[FIRST_CHOICE],
            rank=rank_sentence(first, choice, to=actor),
        ),
        "groups": group_tiles((code, tile) for code, tile in shown.items() if code != FIRST_CHOICE),
        "shared": apportioning.shared_figures_note(now.values()),
    }


def _process(code: str, choice: FigureChoice, by_period: Mapping[Period, Mapping[str, Figure]]) -> Process:
    months = history_months(choice.period, DISPERSION_MONTHS)
    return process_of([by_period[month][code] for month in months], today=today(clock()))


def _count_figures(
    definitions: Sequence[Definition], unit: str, choice: FigureChoice, *, actor: Actor
) -> dict[Period, dict[str, Figure]]:
    """The figures of the period and of last year's; those that add up over months also of the months of the trend."""
    periods = [choice.period, choice.period.same_period_last_year()]
    ask = partial(queries.figures_of_periods, unit=unit, to=actor, map_on=choice.map_on)
    additive = [one.code for one in definitions if one.is_additive]
    by_period = ask(additive, periods=[*periods, *history_months(choice.period, DISPERSION_MONTHS)])
    others = [one.code for one in definitions if not one.is_additive]
    for period, figures in ask(others, periods=periods).items():
        by_period[period] |= figures
    return by_period


def _indicator_options(choice: FigureChoice, chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "value": one.code,
            "label": one.name.in_language(current_language()),
            "is_chosen": one.code == chosen,
        }
        for one in shipped.definitions(choice.period.last_day)
    ]

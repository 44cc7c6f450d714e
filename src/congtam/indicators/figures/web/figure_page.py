"""The page of one figure (trang số liệu): its value, its receipt, its meaning, its course, its parts, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from congtam.foundation.public import Actor, actor_of, clock
from congtam.indicators.counting.apportioning import shared_note
from congtam.indicators.counting.scopes import require_visible
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.chance import (
    HISTORY_MONTHS,
    INSTANT_MONTHS,
    Process,
    history_months,
    process_of,
    with_dispersion,
)
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.web.children import children_table
from congtam.indicators.figures.web.part_lines import band_text, part_lines
from congtam.indicators.figures.web.process_parts import interval_note, process_context
from congtam.indicators.figures.web.rows_page import rows_context
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice, filter_bar, read_choice
from congtam.indicators.selection.links import figure_url, unit_url
from congtam.indicators.selection.units import unit_header
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.org_units.public import unit_name
from congtam.ui import public as ui
from congtam.ui.public import current_language


@require_GET
def figure(request: HttpRequest, indicator: str, unit: str) -> HttpResponse:
    """One figure with everything needed to trust it."""
    actor = actor_of(request)
    require_visible(unit, actor)
    choice = read_choice(request.GET, unit=unit)
    by_period = _count_figures(indicator, unit, choice, actor=actor)
    process = _process(indicator, by_period, choice)
    shown = with_dispersion(by_period[choice.period], process)
    context = {
        "unit": unit_header(unit, choice, actor),
        "unit_url": unit_url(unit, choice, indicator),
        "bar": filter_bar(choice),
        "children": _children(request, shown, choice),
        "rows": None if shown.definition.is_composed else rows_context(request.GET, shown, choice, to=actor),
        "parts": part_lines(shown, choice),
        "without": _without_due_date_context(shown, choice, actor=actor),
        **_figure_context(shown, by_period, choice),
        **process_context(process, shown),
    }
    return render(request, "indicators/figure.html", context)


def _count_figures(indicator: str, unit: str, choice: FigureChoice, *, actor: Actor) -> dict[Period, Figure]:
    """The figure of the period, of those it is compared with, and of the months of the trend, in one reading."""
    period = choice.period
    periods = [
        period,
        period.previous(),
        period.same_period_last_year(),
        *_months(indicator, choice),
    ]
    by_period = queries.figures_of_periods(
        [indicator], unit=unit, periods=periods, to=actor, map_on=choice.map_on, is_own=choice.is_own
    )
    return {one: figures[indicator] for one, figures in by_period.items()}


def _months(indicator: str, choice: FigureChoice) -> list[Period]:
    """The months of the process up to the end of the period."""
    is_additive = shipped.definition(indicator, on=choice.period.last_day).is_additive
    return history_months(choice.period, HISTORY_MONTHS if is_additive else INSTANT_MONTHS)


def _process(indicator: str, by_period: Mapping[Period, Figure], choice: FigureChoice) -> Process:
    return process_of([by_period[month] for month in _months(indicator, choice)], today=today(clock()))


def _children(request: HttpRequest, shown: Figure, choice: FigureChoice) -> dict[str, Any]:
    """The table of the units below; none for what is recorded under the unit itself."""
    if choice.is_own:
        return {}
    sort = request.GET.get("sort", "")
    return children_table(shown.code, shown.unit, choice, to=actor_of(request), sort=sort)


def _figure_context(
    shown: Figure, by_period: Mapping[Period, Figure], choice: FigureChoice
) -> dict[str, Any]:
    """Everything the page says about the figure itself."""
    before = {
        gettext("previous period"): choice.period.previous(),
        gettext("same period last year"): choice.period.same_period_last_year(),
    }
    return {
        "figure": _figure_values(shown),
        "shared": shared_note(shown),
        "definition": _definition_values(shown),
        "comparisons": [
            _comparison_context(shown, name, by_period[period]) for name, period in before.items()
        ],
        "receipt": receipt_card(shown, choice),
        "band": band_text(shown),
    }


def _without_due_date_context(shown: Figure, choice: FigureChoice, *, actor: Actor) -> dict[str, str] | None:
    """How many rows had no due date, with the way to them."""
    lacking = queries.without_due_date_figure(shown, to=actor, is_own=choice.is_own)
    text = wording.without_due_date_text(shown, lacking)
    return {"text": text, "url": figure_url(lacking.code, lacking.unit, choice)} if lacking and text else None


def _figure_values(shown: Figure) -> dict[str, Any]:
    definition = shown.definition
    return {
        "code": shown.code,
        "name": definition.name.in_language(current_language()),
        "value": wording.value_text(definition, shown.value),
        "unit": wording.measure_text(definition),
        "tone": wording.tone(shown),
        "target": wording.target_text(shown),
        "attainment": wording.attainment_text(shown),
        "target_source": shown.target.source if shown.target else "",
        "target_unverified": shown.target is not None and not shown.target.verified,
        "counted": wording.counted_text(shown),
        "interval": wording.interval_text(shown),
        "interval_note": interval_note(shown),
    }


def _definition_values(shown: Figure) -> dict[str, Any]:
    definition = shown.definition
    expressions = {
        gettext("Date that determines the period"): definition.period,
        gettext("Out of"): definition.out_of,
        gettext("Counted rows"): definition.counts,
        gettext("Value"): definition.value,
    }
    return {
        "explanation": definition.describe(current_language()),
        "description": definition.description.in_language(current_language()),
        "source": definition.source,
        "expressions": {name: text for name, text in expressions.items() if text},
    }


def _comparison_context(shown: Figure, name: str, before: Figure) -> dict[str, Any]:
    return {
        "name": name,
        "period": before.period.label(current_language()),
        "value": wording.value_text(shown.definition, before.value if before.denominator else None),
        "change": wording.describe_change(shown, before),
    }


def receipt_card(shown: Figure, choice: FigureChoice) -> dict[str, Any]:
    """The receipt as the card shows it."""
    definition = shown.definition
    map_label = gettext("units at the time of each dossier") if shown.map_on is None else ui.day(shown.map_on)
    labels = {
        gettext("Indicator"): shown.code,
        gettext("Definition version"): str(shown.definition_version),
        gettext("Data version"): str(shown.data_version),
        gettext("Unit"): f"{unit_name(shown.unit, choice.tree_day)} ({shown.unit})"
        + (f" · {gettext('Recorded under the unit itself')}" if choice.is_own else ""),
        gettext("Period"): f"{ui.day(shown.period.start)} – {ui.day(shown.period.last_day)}",
        gettext("Map of units"): map_label,
        gettext("Counted as of"): ui.instant(shown.as_of),
    }
    return {
        "is_composed": definition.is_composed,
        "numerator": wording.amount(shown.numerator),
        "denominator": wording.amount(shown.denominator),
        "counts": definition.counts_label.in_language(current_language()),
        "out_of": definition.out_of_label.in_language(current_language()),
        "rows": [{"label": label, "value": value} for label, value in labels.items()],
        "digest": shown.digest,
    }

"""A figure for every unit directly below (bảng đơn vị trực thuộc), with intervals on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from congtam.foundation.public import Actor
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.chance import missed_targets
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.history import with_month_dispersion
from congtam.indicators.figures.web.funnels import funnel_context
from congtam.indicators.figures.web.headline import table_note
from congtam.indicators.figures.web.ranks import rank_texts
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice
from congtam.indicators.selection.links import figure_url, unit_url
from congtam.kernel.statistics.ranking import MINIMUM_CASES
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

BY_VALUE = "value"


def children_table(
    indicator: str, unit: str, choice: FigureChoice, *, to: Actor, sort: str = ""
) -> dict[str, Any]:
    """The table: in the order of the tree or, when sorted by value, the lowest first and those without one last."""
    definition = shipped.definition(indicator, on=choice.period.last_day)
    codes = [indicator, *([definition.without_due_date] if definition.rests_on_due_dates else [])]
    by_code = queries.figures_by_child(
        [code for code in codes if code], unit=unit, period=choice.period, to=to, map_on=choice.map_on
    )
    pairs = with_month_dispersion(
        {indicator: by_code[indicator]}, unit=unit, period=choice.period, to=to, map_on=choice.map_on
    )[indicator]
    below = [pair for pair in pairs if pair[0] != unit]
    ranks = rank_texts(below, choice)
    missed = missed_targets(dict(below))
    without = dict(by_code.get(definition.without_due_date, []))
    if sort == BY_VALUE:
        pairs.sort(key=lambda pair: (pair[1].value is None, float(pair[1].value or 0)))
    return {
        "rows": [
            row | {"rank": ranks.get(row["code"], "")}
            for row in _child_rows(pairs, unit, choice, without=without, alarms=missed.alarms)
        ],
        "least": MINIMUM_CASES,
        "funnel": funnel_context(below, choice),
        "has_ranks": bool(ranks),
        "has_without": any(figure.numerator for figure in without.values()),
        "name": definition.name.in_language(current_language()),
        "is_share": definition.is_share,
        "is_composed": definition.is_composed,
        "better": definition.better,
        "out_of": definition.out_of_label.in_language(current_language()),
        "maximum": max((wording.as_float(figure.value) or 0 for _, figure in pairs), default=0) or 1.0,
        "note": table_note((figure for _, figure in pairs), has_ranks=bool(ranks), missed=missed),
        "is_by_value": sort == BY_VALUE,
        "by_value_url": f"?{choice.query}&indicator={indicator}&sort={BY_VALUE}",
        "by_tree_url": f"?{choice.query}&indicator={indicator}",
    }


def _child_rows(
    pairs: list[tuple[str, Figure]],
    unit: str,
    choice: FigureChoice,
    *,
    without: dict[str, Figure],
    alarms: frozenset[str],
) -> list[dict[str, Any]]:
    register = org_units.register()
    floor = _scale_floor([figure for _, figure in pairs])
    rows = []
    for code, figure in pairs:
        lacking = without.get(code)
        row = _child_row(figure, register.name_on(code, choice.tree_day), choice) | {
            "mark": _interval_mark(figure, floor, is_alarm=code in alarms),
            "tone": _tone(figure, is_alarm=code in alarms),
            "without": wording.amount(lacking.numerator) if lacking and lacking.numerator else "",
            "without_url": f"{figure_url(lacking.code, code, choice)}#rows" if lacking else "",
        }
        own = replace(choice, is_own=True)
        rows.append(row | (_unit_itself_row(figure, lacking, own) if code == unit else {}))
    return rows


def _scale_floor(figures: list[Figure]) -> float:
    """The scale is that of the units with enough rows, so that a unit with a handful does not flatten the others."""
    many = [figure for figure in figures if figure.denominator >= MINIMUM_CASES]
    return ui.scale_floor([figure.interval for figure in many or figures])


def _unit_itself_row(figure: Figure, lacking: Figure | None, choice: FigureChoice) -> dict[str, str]:
    """The line of what is recorded under the unit itself: not one more child, and it opens its own rows only."""
    return {
        "code": "",
        "name": gettext("Recorded under the unit itself"),
        "url": "",
        "figure_url": figure_url(figure.code, figure.unit, choice),
        "without_url": f"{figure_url(lacking.code, figure.unit, choice)}#rows" if lacking else "",
    }


def _child_row(figure: Figure, name: str, choice: FigureChoice) -> dict[str, Any]:
    return {
        "code": figure.unit,
        "name": name,
        "url": unit_url(figure.unit, choice, figure.code),
        "figure_url": figure_url(figure.code, figure.unit, choice),
        "value": wording.value_text(figure.definition, figure.value),
        "amount": wording.as_float(figure.value),
        "target": figure.target.value if figure.target else None,
        "denominator": "" if figure.definition.is_composed else wording.amount(figure.denominator),
        "interval": wording.interval_text(figure),
        "has_few": figure.definition.is_share and 0 < figure.denominator < MINIMUM_CASES,
    }


def _tone(figure: Figure, *, is_alarm: bool) -> str:
    """Red is a rate that misses its target by more than chance; a count is known, and has no chance in it."""
    if figure.definition.is_share:
        return "bad" if is_alarm else ""
    return wording.tone(figure)


def _interval_mark(figure: Figure, floor: float, *, is_alarm: bool) -> ui.IntervalMark | None:
    if figure.interval is None or figure.value is None:
        return None
    target = figure.target.value if figure.target else None
    mark = ui.interval_mark(float(figure.value), figure.interval, floor=floor, target=target)
    return replace(mark, is_short=is_alarm)

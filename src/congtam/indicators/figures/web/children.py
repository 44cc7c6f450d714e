"""A figure for every unit directly below (bảng đơn vị trực thuộc), with intervals on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from congtam.foundation.public import Actor
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.web.headline import table_note
from congtam.indicators.figures.web.ranks import rank_texts
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice
from congtam.indicators.selection.links import figure_url, unit_url
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

FEW_CASES = 30
"""Below so many rows a rate says little; the table marks it instead of ranking it blindly."""
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
    pairs = by_code[indicator]
    ranks = rank_texts([pair for pair in pairs if pair[0] != unit], choice)
    without = dict(by_code.get(definition.without_due_date, []))
    if sort == BY_VALUE:
        pairs.sort(key=lambda pair: (pair[1].value is None, float(pair[1].value or 0)))
    return {
        "rows": [
            row | {"rank": ranks.get(row["code"], "")}
            for row in _child_rows(pairs, unit, choice, without=without)
        ],
        "has_ranks": bool(ranks),
        "has_without": any(figure.numerator for figure in without.values()),
        "name": definition.name.in_language(current_language()),
        "is_share": definition.is_share,
        "better": definition.better,
        "out_of": definition.out_of_label.in_language(current_language()),
        "maximum": max((wording.as_float(figure.value) or 0 for _, figure in pairs), default=0) or 1.0,
        "note": table_note((figure for _, figure in pairs), has_ranks=bool(ranks)),
        "is_by_value": sort == BY_VALUE,
        "by_value_url": f"?{choice.query}&indicator={indicator}&sort={BY_VALUE}",
        "by_tree_url": f"?{choice.query}&indicator={indicator}",
    }


def _child_rows(
    pairs: list[tuple[str, Figure]], unit: str, choice: FigureChoice, *, without: dict[str, Figure]
) -> list[dict[str, Any]]:
    register = org_units.register()
    floor = _scale_floor([figure for _, figure in pairs])
    rows = []
    for code, figure in pairs:
        lacking = without.get(code)
        row = _child_row(figure, register.name_on(code, choice.tree_day), choice) | {
            "mark": _interval_mark(figure, floor),
            "without": wording.amount(lacking.numerator) if lacking and lacking.numerator else "",
            "without_url": f"{figure_url(lacking.code, code, choice)}#rows" if lacking else "",
        }
        own = replace(choice, is_own=True)
        rows.append(row | (_unit_itself_row(figure, lacking, own) if code == unit else {}))
    return rows


def _scale_floor(figures: list[Figure]) -> float:
    """The scale is that of the units with enough rows, so that a unit with a handful does not flatten the others."""
    many = [figure for figure in figures if figure.denominator >= FEW_CASES]
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
        "denominator": wording.amount(figure.denominator),
        "interval": wording.interval_text(figure),
        "tone": wording.tone(figure),
        "has_few": figure.definition.is_share and 0 < figure.denominator < FEW_CASES,
    }


def _interval_mark(figure: Figure, floor: float) -> ui.IntervalMark | None:
    if figure.interval is None or figure.value is None:
        return None
    target = figure.target.value if figure.target else None
    return ui.interval_mark(float(figure.value), figure.interval, floor=floor, target=target)

"""What a composition is made of (các chỉ tiêu thành phần), each part with the way to its figure and receipt."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from congtam.indicators.definitions import shipped
from congtam.indicators.domain.composed_figure import ComposedFigure, PartFigure
from congtam.indicators.domain.figure import Figure
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice
from congtam.indicators.selection.links import figure_url
from congtam.ui.public import current_language


def part_lines(shown: Figure, choice: FigureChoice) -> list[dict[str, Any]]:
    """The parts of a figure with their values; none for what is counted from rows."""
    if not isinstance(shown, ComposedFigure):
        return []
    return [_part_line(one, choice) for one in shown.made_of]


def part_name(code: str) -> str:
    """What the indicator of a part is called."""
    return shipped.definition(code).name.in_language(current_language())


def band_text(shown: Figure) -> str:
    """The band of the value; empty where there is none."""
    band = shown.definition.band_of(shown.value)
    if band is None:
        return ""
    return band.en if current_language().startswith("en") else band.vi


def _part_line(one: PartFigure, choice: FigureChoice) -> dict[str, Any]:
    figure = one.figure
    code = one.part.weight_by if one.role == "weight" else one.part.code
    definition = figure.definition if figure else shipped.definition(code)
    is_same_period = one.role != "before"
    return {
        "name": definition.name.in_language(current_language()),
        "rule": _rule_text(one),
        "period": "" if is_same_period or not figure else figure.period.label(current_language()),
        "value": wording.value_text(definition, figure.value if figure else None),
        "unit": wording.measure_text(definition) if figure and figure.value is not None else "",
        "points": wording.number(float(one.points), 2) if one.points is not None else "",
        "counted": wording.counted_text(figure) if figure else gettext("no figure"),
        "url": _part_url(figure, choice) if figure else "",
        "digest": figure.digest if figure and figure.value is not None else "",
    }


def _part_url(figure: Figure, choice: FigureChoice) -> str:
    """The page of the part, in its own period."""
    return figure_url(figure.code, figure.unit, choice.with_period(figure.period))


def _rule_text(one: PartFigure) -> str:
    """What the part is in the composition."""
    part = one.part
    if part.points is not None and part.full_at is not None:
        return gettext("at most {points} points, all of them from {full} on").format(
            points=wording.number(float(part.points), None), full=_full_mark(one)
        )
    if one.role == "weight":
        return gettext("weight of the part above")
    if one.role == "before":
        return gettext("the period it is compared with")
    return (
        gettext("weight {weight}").format(weight=wording.number(float(part.weight), None))
        if part.weight
        else ""
    )


def _full_mark(one: PartFigure) -> str:
    definition = one.figure.definition if one.figure else shipped.definition(one.part.code)
    return wording.value_text(definition, one.part.full_at)

"""The communes below a unit on a map (bản đồ các xã), coloured by the value of an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from congtam.foundation.public import Actor
from congtam.indicators.definitions import shipped
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.selection import wording
from congtam.indicators.selection.choices import FigureChoice
from congtam.indicators.selection.links import figure_url
from congtam.org_units import public as org_units
from congtam.ui.public import Dot

_STYLES: Final[Mapping[str, str]] = {"share": "rate", "working_days": "number"}
"""How bounds of classes are written, by measure; whatever else is counted is whole."""


def place_map_context(indicator: str, unit: str, choice: FigureChoice, *, to: Actor) -> dict[str, Any]:
    """Dots for all places below the unit that have a coordinate; none for a unit without places below."""
    tree = org_units.tree(choice.tree_day)
    node = tree.get(unit)
    figures = dict(_place_figures(indicator, node, choice, to=to)) if node else {}
    dots = [
        _build_dot(tree[code], figure, choice)
        for code, figure in figures.items()
        if code in tree and _is_place(tree[code])
    ]
    definition = shipped.definition(indicator)
    outlines = org_units.boundaries([dot.key for dot in dots], choice.tree_day)
    return {
        "dots": dots,
        "outlines": outlines,
        "style": _STYLES.get(definition.measure, "count"),
        "target": _common_target(figures.values()),
        "better": definition.better,
    }


def _common_target(figures: Iterable[Figure]) -> float | None:
    """The target of the places, where they all have the same one: else no colour could change at it."""
    targets = {figure.target.value if figure.target else None for figure in figures}
    return targets.pop() if len(targets) == 1 else None


def _place_figures(
    indicator: str, node: org_units.UnitNode, choice: FigureChoice, *, to: Actor
) -> Iterator[tuple[str, Figure]]:
    """The figures of the lowest units, asked parent by parent: each is one reading of the kept cells."""
    if any(_is_place(child) for child in node.children):
        yield from queries.figure_by_child(
            indicator, unit=node.code, period=choice.period, to=to, map_on=choice.map_on
        )
    for child in node.children:
        if child.children:
            yield from _place_figures(indicator, child, choice, to=to)


def has_places(node: org_units.UnitNode) -> bool:
    """Whether at least two places lie below: one dot is no map."""
    return len([one for one in islice(node.walk(), 1, None) if _is_place(one)]) > 1


def _is_place(node: org_units.UnitNode) -> bool:
    return node.longitude is not None and not node.children


def _build_dot(node: org_units.UnitNode, figure: Figure, choice: FigureChoice) -> Dot:
    text = wording.value_text(figure.definition, figure.value)
    counted = wording.counted_text(figure)
    return Dot(
        key=node.code,
        label=node.name,
        longitude=node.longitude or 0.0,
        latitude=node.latitude or 0.0,
        value=wording.as_float(figure.value),
        size=float(figure.denominator),
        text=f"{text} ({counted})" if counted else text,
        url=figure_url(figure.code, node.code, choice),
    )

"""Charts of a figure (biểu đồ của chỉ tiêu) as Vega-Lite specs; the theme is added by the shared look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.selection import wording
from congtam.ui.public import current_language


def trend_spec(definition: Definition, figures: Sequence[Figure]) -> dict[str, Any]:
    """The figure month by month, with the band of its interval and the line of its target."""
    rows = [_month_point(figure) for figure in figures if figure.value is not None]
    time = {
        "field": "month",
        "type": "temporal",
        "title": gettext("Month"),
        "axis": {"format": "%m/%Y", "labelOverlap": True, "tickCount": "month"},
        "scale": {"type": "utc"},
    }
    value = {
        "field": "value",
        "type": "quantitative",
        "title": definition.name.in_language(current_language()),
        "axis": {"title": None, **_axis_format(definition)},
        "scale": {"zero": not definition.is_share},
    }
    return {
        "height": 230,
        "data": {"values": rows},
        "layer": _chart_layers(definition, figures, x=time, y=value),
    }


def _chart_layers(
    definition: Definition, figures: Sequence[Figure], *, x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    line = {
        "mark": {"type": "line", "point": True},
        "encoding": {"x": x, "y": y, "tooltip": [_tooltip(x), _tooltip(y), *_count_tooltips(definition)]},
    }
    layers = [line]
    if definition.is_share:
        low = {**y, "field": "low", "title": gettext("Interval from")}
        high = {"field": "high", "title": gettext("to")}
        layers.insert(
            0, {"mark": {"type": "area", "opacity": 0.25}, "encoding": {"x": x, "y": low, "y2": high}}
        )
    target = figures[-1].target if figures else None
    if target is not None:
        rule = {"type": "rule", "strokeDash": [5, 4], "color": "#4d5d6a"}
        layers.append({"mark": rule, "encoding": {"y": {"datum": target.value}}})
    return layers


def _count_tooltips(definition: Definition) -> list[dict[str, str]]:
    total = {"field": "total", "type": "quantitative", "title": gettext("Out of"), "format": ",.0f"}
    return [total] if definition.is_share else []


def _month_point(figure: Figure) -> dict[str, Any]:
    row = {
        "month": figure.period.start.isoformat(),
        "value": wording.as_float(figure.value),
        "total": wording.as_float(figure.denominator),
    }
    if figure.interval:
        row["low"], row["high"] = figure.interval
    return row


def _axis_format(definition: Definition) -> dict[str, str]:
    return {"format": ".0%"} if definition.is_share else {}


def _tooltip(channel: dict[str, Any]) -> dict[str, Any]:
    is_share = channel["axis"].get("format") == ".0%"
    return {
        "field": channel["field"],
        "type": channel["type"],
        "title": channel["title"],
        "format": ".2%" if is_share else channel["axis"].get("format", ",.1f"),
    }

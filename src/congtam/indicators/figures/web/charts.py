"""Charts of a figure (biểu đồ của chỉ tiêu) as Vega-Lite specs; the theme is added by the shared look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from congtam.indicators.domain.chance import Process
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.selection import wording
from congtam.indicators.selection.verdicts import rule_name
from congtam.kernel.statistics.process_chart import ChartPoint, ProcessChart
from congtam.ui.public import current_language

_PLAIN = "#0f6478"
_SIGNAL = "#b7791f"


def trend_spec(definition: Definition, figures: Sequence[Figure]) -> dict[str, Any]:
    """The figure month by month, with the band of its interval and the line of its target."""
    x, y = _axes(definition)
    return {
        "height": 230,
        "data": {"values": [_month_point(figure) for figure in figures if figure.value is not None]},
        "layer": _chart_layers(definition, figures, x=x, y=y),
    }


def process_spec(process: Process, chart: ProcessChart) -> dict[str, Any]:
    """The months with the limits of their process; what is more than chance is a diamond, and named in the table."""
    definition = process.months[-1].definition
    x, y = _axes(definition)
    points = dict(zip((one.period for one in process.judged), chart.points, strict=True))
    rows = [_month_point(one) | _limits(points.get(one.period)) for one in process.months]
    band = {
        "mark": {"type": "area", "opacity": 0.3, "interpolate": "step"},
        "encoding": {
            "x": x,
            "y": {**y, "field": "lower", "title": gettext("Limits from")},
            "y2": _UPPER | {"title": gettext("Limits to")},
        },
    }
    expected = {
        "mark": {"type": "line", "interpolate": "step", "strokeWidth": 1, "color": "#8796a3"},
        "encoding": {"x": x, "y": {**y, "field": "expected", "title": gettext("Expected")}},
    }
    return {
        "height": 260,
        "data": {"values": rows},
        "layer": [
            _first_columns(definition, x, y),
            band,
            expected,
            *_value_layers(definition, x, y),
            *_target_layers(process.months),
        ],
    }


_UPPER = {"field": "upper"}


def _first_columns(definition: Definition, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """A layer that nobody sees, below the band: the table has its columns first."""
    return {
        "mark": {"type": "point", "opacity": 0, "tooltip": None},
        "encoding": {"x": x, "y": y, "tooltip": _count_tooltips(definition)},
    }


def _value_layers(definition: Definition, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    is_signal = "isValid(datum.signal) && datum.signal != ''"
    signal = {"field": "signal", "type": "nominal", "title": gettext("More than chance")}
    points = {
        "mark": {"type": "point", "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"condition": {"test": is_signal, "value": _SIGNAL}, "value": _PLAIN},
            "shape": {"condition": {"test": is_signal, "value": "diamond"}, "value": "circle"},
            "size": {"condition": {"test": is_signal, "value": 90}, "value": 36},
            "tooltip": [_tooltip(x), _tooltip(y), *_count_tooltips(definition), signal],
        },
    }
    return [{"mark": {"type": "line"}, "encoding": {"x": x, "y": y}}, points]


def _limits(point: ChartPoint | None) -> dict[str, Any]:
    """The limits of a month; none where it was not judged."""
    if point is None or not point.is_judged:
        return {"signal": ""}
    return {
        "expected": point.expected,
        "lower": point.low,
        "upper": point.high,
        "signal": rule_name(point.signals),
    }


def _axes(definition: Definition) -> tuple[dict[str, Any], dict[str, Any]]:
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
    return time, value


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
    return [*layers, *_target_layers(figures)]


def _target_layers(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    target = figures[-1].target if figures else None
    if target is None:
        return []
    rule = {"type": "rule", "strokeDash": [5, 4], "color": "#4d5d6a"}
    return [{"mark": rule, "encoding": {"y": {"datum": target.value}}}]


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


def _axis_format(definition: Definition) -> dict[str, Any]:
    return {"format": ".0%", "tickMinStep": 0.01} if definition.is_share else {}


def _tooltip(channel: dict[str, Any]) -> dict[str, Any]:
    is_share = channel["axis"].get("format") == ".0%"
    return {
        "field": channel["field"],
        "type": channel["type"],
        "title": channel["title"],
        "format": ".2%" if is_share else channel["axis"].get("format", ",.1f"),
    }

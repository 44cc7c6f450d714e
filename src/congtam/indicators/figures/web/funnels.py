"""The units below against the rate of all together (biểu đồ phễu), as a chart with its table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import exp, log
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from congtam.indicators.domain.chance import counts_of
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.web.ranks import comparison_group
from congtam.indicators.selection.choices import FigureChoice
from congtam.kernel.statistics.false_discovery import discoveries
from congtam.kernel.statistics.funnel import ACTION, WARNING, Funnel, funnel
from congtam.kernel.statistics.ranking import MINIMUM_CASES
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

_CURVE_POINTS: Final = 60
_PLAIN: Final = "#0f6478"
_ALARM: Final = "#b3261e"
_SOFT: Final = "#8796a3"


def funnel_context(pairs: Sequence[tuple[str, Figure]], choice: FigureChoice) -> dict[str, Any] | None:
    """The chart of the largest group of comparable units; None for fewer than five with enough rows."""
    units = _largest_group(pairs, choice)
    plot = funnel({code: counts_of(figure) for code, figure in units.items()})
    if plot is None or not 0 < plot.rate < 1:
        return None
    alarms = discoveries(plot.chances)
    names = {code: org_units.register().name_on(code, choice.tree_day) for code in units}
    return {
        "spec": funnel_spec(plot, alarms, names),
        "note": _note(plot, [names[code] for code in plot.units if code in alarms]),
    }


def _largest_group(pairs: Sequence[tuple[str, Figure]], choice: FigureChoice) -> dict[str, Figure]:
    able = [
        (str(comparison_group(code, choice)), code, figure)
        for code, figure in pairs
        if figure.definition.is_share and figure.denominator >= MINIMUM_CASES
    ]
    groups = [
        list(group) for _, group in groupby(sorted(able, key=lambda one: one[:2]), key=lambda one: one[0])
    ]
    largest = max(groups, key=len, default=[])
    return {code: figure for _, code, figure in largest}


def funnel_spec(plot: Funnel, alarms: frozenset[str], names: dict[str, str]) -> dict[str, Any]:
    """The units as points by size and rate, between the curves of 95 % and 99.8 %."""
    x, y = _axes(plot)
    # Nobody sees the first layer; the table has its columns first.
    columns = {"detail": _unit_channel(), "x": x, "y": y}
    return {
        "height": 280,
        "data": {"values": _points(plot, alarms, names)},
        "layer": [
            {"mark": {"type": "point", "opacity": 0}, "encoding": columns},
            *_limit_layers(plot, x, y),
            *_point_layers(x, y),
        ],
    }


def _axes(plot: Funnel) -> tuple[dict[str, Any], dict[str, Any]]:
    x = {
        "field": "size",
        "type": "quantitative",
        "title": gettext("Dossiers"),
        "scale": {"type": "log", "nice": False},
        "axis": {"format": ",.0f", "tickCount": 5, "labelOverlap": True},
    }
    ends = [end for one in plot.units.values() for end in (*plot.limits(one.denominator, ACTION), one.rate)]
    y = {
        "field": "rate",
        "type": "quantitative",
        "title": gettext("Value"),
        "axis": {"title": None, "format": ".0%", "tickMinStep": 0.01},
        "scale": {"domain": [max(0.0, min(ends) - 0.01), min(1.0, max(ends) + 0.01)], "zero": False},
    }
    return x, y


def _limit_layers(plot: Funnel, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    curves = {"values": _curves(plot)}
    band = {
        "data": curves,
        "mark": {"type": "area", "opacity": 0.3},
        "encoding": {"x": x, "y": {**y, "field": "band_low"}, "y2": {"field": "band_high"}},
    }
    lines = [
        {
            "data": curves,
            "mark": {"type": "line", "strokeDash": [4, 4], "strokeWidth": 1, "color": _SOFT},
            "encoding": {"x": x, "y": {**y, "field": field}},
        }
        for field in ("outer_low", "outer_high")
    ]
    centre = {"mark": {"type": "rule", "color": _SOFT}, "encoding": {"y": {"datum": plot.rate}}}
    return [band, *lines, centre]


def _point_layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    is_alarm = "datum.alarm != ''"
    name = _unit_channel()
    columns = [
        {"field": "low", "type": "quantitative", "title": gettext("95% limits from"), "format": ".1%"},
        {"field": "high", "type": "quantitative", "title": gettext("95% limits to"), "format": ".1%"},
        {"field": "alarm", "type": "nominal", "title": gettext("Beyond chance")},
    ]
    points = {
        "mark": {"type": "point", "size": 60, "opacity": 1},
        "encoding": {
            "detail": name,
            "x": x,
            "y": y,
            "color": {"condition": {"test": is_alarm, "value": _ALARM}, "value": _PLAIN},
            "shape": {"condition": {"test": is_alarm, "value": "diamond"}, "value": "circle"},
            "tooltip": [name, _without_axis(x, ",.0f"), _without_axis(y, ".2%"), *columns],
        },
    }
    labels = {
        "transform": [{"filter": is_alarm}],
        "mark": {"type": "text", "dy": 14, "fontSize": 11, "color": _ALARM},
        "encoding": {"x": x, "y": y, "text": {"field": "unit"}},
    }
    return [points, labels]


def _without_axis(channel: dict[str, Any], form: str) -> dict[str, Any]:
    """A channel as a tooltip shows it."""
    return {name: channel[name] for name in ("field", "type", "title")} | {"format": form}


def _unit_channel() -> dict[str, str]:
    return {"field": "unit", "type": "nominal", "title": gettext("Unit")}


def _points(plot: Funnel, alarms: frozenset[str], names: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    for code, counts in sorted(plot.units.items(), key=lambda one: one[1].rate):
        low, high = plot.limits(counts.denominator, WARNING)
        side = gettext("lower") if counts.rate < plot.rate else gettext("higher")
        rows.append(
            {
                "unit": names[code],
                "size": counts.denominator,
                "rate": counts.rate,
                "low": low,
                "high": high,
                "alarm": side if code in alarms else "",
            }
        )
    return rows


def _curves(plot: Funnel) -> list[dict[str, float]]:
    """The limits over the sizes that occur, evenly spaced on the axis."""
    sizes = [one.denominator for one in plot.units.values()]
    first, last = log(min(sizes) * 0.9), log(max(sizes) * 1.1)
    curve = []
    for step in range(_CURVE_POINTS + 1):
        size = exp(first + (last - first) * step / _CURVE_POINTS)
        low, high = plot.limits(size, WARNING)
        outer_low, outer_high = plot.limits(size, ACTION)
        curve.append(
            {
                "size": size,
                "band_low": low,
                "band_high": high,
                "outer_low": outer_low,
                "outer_high": outer_high,
            }
        )
    return curve


def _note(plot: Funnel, alarms: list[str]) -> str:
    language = current_language()
    family = ngettext(
        "{count} unit of one kind with at least {least} dossiers; line: the rate of all together, {rate}.",
        "{count} units of one kind with at least {least} dossiers; line: the rate of all together, {rate}.",
        len(plot.units),
    ).format(count=len(plot.units), least=MINIMUM_CASES, rate=ui.rate(plot.rate, language))
    parts = [
        family,
        gettext("Band: 95% of units that are like the others; dashed: 99.8%."),
        gettext("The limits allow for units that differ by more than chance.")
        if plot.variance_between
        else "",
        gettext("Beyond chance, tested together with at most 5% false alarms: {units}.").format(
            units=", ".join(alarms)
        )
        if alarms
        else gettext("No unit differs from the others by more than chance."),
    ]
    return " ".join(part for part in parts if part)

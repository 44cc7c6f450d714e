"""The charts of a pack (biểu đồ) as Vega-Lite specifications, the same for page and report."""

from __future__ import annotations

from typing import Any, Final

from congtam.inspections.domain.content import IndicatorLine, PeerLine, Trend
from congtam.kernel.statistics.intervals import wilson

_TARGET_COLOUR: Final = "#b3261e"
_OWN_COLOUR: Final = "#0f6478"
_PEER_COLOUR: Final = "#8fb3bd"
_AXIS: Final = {"format": ".0%", "tickCount": 5}
_LABELS: Final = {
    "vi": {
        "month": "Tháng",
        "rate": "Tỷ lệ",
        "unit": "Đơn vị",
        "target": "Mục tiêu",
        "cases": "Số hồ sơ",
        "interval": "Tỷ lệ và khoảng tin cậy 95 %",
    },
    "en": {
        "month": "Month",
        "rate": "Rate",
        "unit": "Unit",
        "target": "Target",
        "cases": "Dossiers",
        "interval": "Rate and 95 % interval",
    },
}


def trend_spec(trend: Trend, language: str = "vi") -> dict[str, Any]:
    """A rate month by month, with its target as a dashed line; months without cases leave a gap."""
    labels = _LABELS[_label_language(language)]
    points = [
        {
            labels["month"]: _month_label(point.month),
            labels["rate"]: point.value,
            labels["cases"]: point.denominator,
        }
        for point in trend.points
    ]
    x = {"field": labels["month"], "type": "ordinal", "sort": None, "axis": {"labelAngle": -45}}
    y = {
        "field": labels["rate"],
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"format": ".0%", "tickCount": 5},
        "title": labels["rate"],
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "point": True, "invalid": "break-paths-show-domains"},
            "encoding": {"x": x, "y": y},
        }
    ]
    if trend.target is not None:
        layers.append(_target_line(float(trend.target), "y", labels["target"], title=labels["rate"]))
    return {"data": {"values": points}, "width": 560, "height": 190, "layer": layers}


def peers_spec(line: IndicatorLine, own: str, language: str = "vi") -> dict[str, Any]:
    """The rate of each unit of the same level with its 95 % interval, best first, our unit in the strong colour."""
    labels = _LABELS[_label_language(language)]
    values = [
        _peer_point(peer, labels, is_own=peer.code == own) for peer in line.peers if peer.value is not None
    ]
    order = "descending" if line.better == "higher" else "ascending"
    y = {
        "field": labels["unit"],
        "type": "nominal",
        "sort": {"field": labels["rate"], "order": order},
        "title": None,
    }
    colour = {"condition": {"test": "datum.own", "value": _OWN_COLOUR}, "value": _PEER_COLOUR}
    scale = {"zero": False, "nice": True}
    low = {"field": "low", "type": "quantitative", "scale": scale, "title": labels["interval"], "axis": _AXIS}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"y": y, "x": low, "x2": {"field": "high"}, "color": colour},
        },
        {
            "mark": {"type": "point", "size": 60, "opacity": 1},
            "encoding": {
                "y": y,
                "x": {"field": labels["rate"], "type": "quantitative", "title": labels["interval"]},
                "color": colour,
            },
        },
    ]
    if line.target is not None:
        layers.append(_target_line(float(line.target), "x", labels["target"], title=labels["interval"]))
    return {"data": {"values": values}, "width": 420, "height": {"step": 20}, "layer": layers}


def _peer_point(peer: PeerLine, labels: dict[str, str], *, is_own: bool) -> dict[str, Any]:
    low, high = wilson(round(peer.numerator), round(peer.denominator))
    return {
        labels["unit"]: peer.name,
        labels["rate"]: peer.value,
        "low": low,
        "high": high,
        labels["cases"]: peer.denominator,
        "own": is_own,
    }


def _target_line(target: float, axis: str, label: str, *, title: str) -> dict[str, Any]:
    return {
        "data": {"values": [{label: target}]},
        "mark": {"type": "rule", "color": _TARGET_COLOUR, "strokeDash": [5, 4]},
        "encoding": {axis: {"field": label, "type": "quantitative", "title": title}},
    }


def _month_label(text: str) -> str:
    year, month = text.split("-")[:2]
    return f"{month}/{year}"


def _label_language(language: str) -> str:
    return "en" if language.startswith("en") else "vi"

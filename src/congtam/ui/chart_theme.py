"""The colours and the chart settings (bảng màu, kiểu biểu đồ) shared by pages and documents."""

from __future__ import annotations

from typing import Any, Final

INK: Final = "#17232e"
INK_SOFT: Final = "#4d5d6a"
LINE: Final = "#dbe2e7"
MAIN: Final = "#0f6478"
MAIN_PALE: Final = "#a9d2da"
GOOD: Final = "#1c7a57"
WARN: Final = "#b7791f"
ALARM: Final = "#b3261e"
NEUTRAL: Final = "#8796a3"

CATEGORIES: Final = (MAIN, "#d08a2e", "#5b7fb9", ALARM, "#6b8f4e", "#8a5a83", "#3aa0a0", NEUTRAL)
"""For unordered groups; neighbours differ in lightness too, for readers who do not see the hue."""

SEQUENCE: Final = ("#d3e9ed", "#9fcdd6", "#5fa9b8", "#24819a", "#0b4a5c")
"""For ordered classes, light to dark."""

FONT: Final = "Be Vietnam Pro"

_LOCALES: Final[dict[str, dict[str, Any]]] = {
    "vi": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["", "\u00a0₫"],
        "percent": "\u00a0%",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["₫", ""]},
}


def number_locale(language: str) -> dict[str, Any]:
    """The d3 number locale of a language, for the axes and tool tips of charts."""
    return _LOCALES["en" if language.startswith("en") else "vi"]


def _axis_theme(font_size: int) -> dict[str, Any]:
    plain = {
        "labelColor": INK_SOFT,
        "titleColor": INK_SOFT,
        "labelFontSize": font_size,
        "titleFontSize": font_size,
        "titleFontWeight": 500,
        "domainColor": LINE,
        "tickColor": LINE,
        "gridColor": LINE,
        "gridOpacity": 0.8,
        "labelPadding": 6,
        "titlePadding": 10,
    }
    return {
        "axis": plain,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "axisYBand": {"grid": False, "domain": False, "ticks": False, "labelLimit": 260},
    }


def vega_config(*, font: str = FONT, font_size: int = 12) -> dict[str, Any]:
    """The Vega-Lite `config` of every chart; documents pass their own font and size."""
    return {
        "font": font,
        "background": None,
        "padding": 4,
        "view": {"stroke": None},
        "range": {"category": list(CATEGORIES), "ordinal": list(SEQUENCE), "ramp": list(SEQUENCE)},
        "mark": {"color": MAIN},
        "bar": {"color": MAIN, "cornerRadiusEnd": 2},
        "line": {"color": MAIN, "strokeWidth": 2, "strokeJoin": "round", "strokeCap": "round"},
        "point": {"color": MAIN, "filled": True, "size": 36},
        "rule": {"color": INK_SOFT},
        "area": {"color": MAIN_PALE, "opacity": 0.5},
        "text": {"color": INK, "fontSize": font_size},
        "legend": {"labelColor": INK_SOFT, "titleColor": INK_SOFT, "labelFontSize": font_size},
        "title": {"color": INK, "fontSize": font_size + 2, "fontWeight": 600, "anchor": "start"},
        **_axis_theme(font_size),
    }

"""Addresses of the pages of figures, with what the reader has chosen (liên kết giữ nguyên lựa chọn)."""

from __future__ import annotations

from django.urls import reverse

from congtam.indicators.selection.choices import FigureChoice


def figure_url(indicator: str, unit: str, choice: FigureChoice) -> str:
    """The address of the page of a figure."""
    return f"{reverse('indicators:figure', args=[indicator, unit])}?{choice.query}"


def unit_url(unit: str, choice: FigureChoice, indicator: str = "") -> str:
    """The address of the page of a unit, with the same choice."""
    chosen = f"&indicator={indicator}" if indicator else ""
    return f"{reverse('indicators:unit', args=[unit])}?{choice.query}{chosen}"


def page_url(name: str, key: str) -> str:
    """The address of the page of a room about a thing, by the page's name."""
    return reverse(name, args=[key])

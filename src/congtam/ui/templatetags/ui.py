"""Template tags of the shared look (thẻ mẫu): formats by language, icons, charts, small pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from congtam.foundation.slots import link_slot
from congtam.kernel.errors import Problem
from congtam.ui import formatting, money
from congtam.ui.chart_theme import number_locale, vega_config
from congtam.ui.drawing import area_map, charts, dot_map, scales, sparkline
from congtam.ui.drawing import marks as drawing_marks
from congtam.ui.drawing.qr import qr_svg
from congtam.ui.language import current_language

register = template.Library()


@register.filter
def dong(amount: int | None) -> str:
    """Write an amount of money: 30.000 ₫."""
    return money.dong(amount)


@register.filter
def number(value: formatting.Numeric | None, decimals: int | None = None) -> str:
    """Write 1434 as "1.434" (vi) or "1,434" (en)."""
    return formatting.number(value, current_language(), decimals=decimals)


@register.filter
def rate(value: formatting.Numeric | None, decimals: int = 2) -> str:
    """Write 0.9771 as "97,71 %" (vi) or "97.71%" (en)."""
    return formatting.rate(value, current_language(), decimals=decimals)


@register.filter
def signed(value: formatting.Numeric | None, decimals: int = 2) -> str:
    """Write a difference with its sign."""
    return formatting.signed(value, current_language(), decimals=decimals)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date as dd/mm/yyyy."""
    return formatting.day(value)


@register.filter
def instant(value: datetime | None) -> str:
    """Write an instant as dd/mm/yyyy HH:MM in Vietnam's time."""
    return formatting.instant(value)


@register.filter
def days(value: formatting.Numeric | timedelta | None) -> str:
    """Write a number of days, or a duration, as "3,5 ngày"."""
    amount = formatting.in_days(value)
    if amount is None:
        return formatting.MISSING
    return ngettext("%(count)s day", "%(count)s days", 1 if amount == 1 else 2) % {
        "count": formatting.number(amount, current_language())
    }


@register.filter
def lookup(mapping: Mapping[Any, Any], key: object) -> Any:
    """Read a key that is only known in the template; missing gives None."""
    return mapping.get(key)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; the plain one where files were not collected (tests, a checkout)."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:  # not in the manifest
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag(name="link_slot")
def slot_url(name: str, *parts: str) -> str:
    """The address of a page of a room above; empty where that room is not installed."""
    return link_slot(name).url(*parts)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Show an icon of the sprite; without a label it is decoration and hidden from screen readers."""
    reading = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="ct-icon" width="18" height="18" {}><use href="{}#{}"/></svg>',
        reading,
        asset("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/part/sparkline.html", name="sparkline")
def sparkline_tag(
    values: Sequence[float | None], label: str = "", target: float | None = None
) -> dict[str, Any]:
    """Draw a trend; `label` says in words what the picture shows."""
    return {"line": sparkline.sparkline(values, target=target), "label": label}


@register.inclusion_tag("ui/part/bar.html")
def bar(
    value: float | None, maximum: float = 1.0, target: float | None = None, *, better: str = "higher"
) -> dict[str, Any]:
    """Draw a share as a thin bar beside its number, with a tick at the target; decoration only.

    A bar that misses its target has another colour, whichever side of the target is the better one.
    """
    sign = -1 if better == "lower" else 1
    scale = 100 / maximum if maximum else 0.0
    return {
        "has_value": value is not None,
        "width": f"{min(max((value or 0) * scale, 0), 100):.2f}",
        "tick": None if target is None else f"{min(max(target * scale, 0), 100):.2f}",
        "is_short": value is not None and target is not None and value * sign < target * sign,
    }


@register.inclusion_tag("ui/part/interval.html")
def interval_mark(mark: drawing_marks.IntervalMark) -> dict[str, Any]:
    """Draw a value with its interval on a scale shared by the whole column; decoration beside the numbers."""
    return {"mark": mark}


@register.inclusion_tag("ui/part/chart.html")
def chart(spec: Mapping[str, Any], title: str = "", note: str = "") -> dict[str, Any]:
    """Show a Vega-Lite spec with its data as a table; the pages' theme and number locale are added."""
    full = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}, **spec}
    return {
        "payload": {"spec": full, "config": vega_config(), "locale": number_locale(current_language())},
        "table": charts.data_table(spec),
        "title": title,
        "note": note,
    }


@register.inclusion_tag("ui/part/dot_map.html", name="dot_map")
def dot_map_tag(
    points: Sequence[dot_map.Dot],
    title: str = "",
    *,
    style: str = "rate",
    better: str = "higher",
    bounds: Sequence[float] | None = None,
) -> dict[str, Any]:
    """Draw places as dots by value, with a legend and the same figures as a table.

    Where neither high nor low is better, the tones are one hue from light to dark and judge nothing.
    """
    drawing = dot_map.dot_map(points, bounds=bounds)
    write = formatting.rate if style == "rate" else formatting.number
    return {
        "map": drawing,
        "tones": {"higher": "", "lower": "reversed"}.get(better, "sequence"),
        "title": title,
        "legend": dot_map.legend(drawing, lambda value: write(value, current_language(), decimals=1)),
        "points": sorted(points, key=lambda dot: (dot.value is None, dot.value or 0)),
    }


@register.inclusion_tag("ui/part/area_map.html", name="area_map")
def area_map_tag(
    points: Sequence[dot_map.Dot],
    outlines: Mapping[str, area_map.Rings],
    title: str = "",
    *,
    style: str = "rate",
    better: str = "higher",
    target: float | None = None,
) -> dict[str, Any]:
    """Draw places as areas, or as one hexagon each, with a legend of what is drawn and the figures as a table.

    ``style`` is rate, count (whole numbers) or number. With a ``target`` the colours change at it.
    """
    drawing = area_map.area_map(points, outlines, scale=_color_scale(points, target, better=better))
    write = _bound_writer(style)
    tones = [(area.tone, area.dot.value) for area in drawing.areas]
    return {
        "map": drawing,
        "tones": {"higher": "", "lower": "reversed"}.get(better, "sequence"),
        "title": title,
        "legend": scales.legend_of(tones, drawing.scale, write, are_whole=style == "count"),
        "target": "" if target is None else write(target),
        "has_empty": any(tone == 0 for tone, _value in tones),
        "points": sorted(points, key=lambda dot: (dot.value is None, dot.value or 0)),
    }


def _color_scale(points: Sequence[dot_map.Dot], target: float | None, *, better: str) -> scales.Scale | None:
    if target is None or better == "none":
        return None
    values = [point.value for point in points if point.value is not None]
    return scales.scale_at_target(values, target, is_lower_better=better == "lower")


def _bound_writer(style: str) -> Callable[[float], str]:
    write = formatting.rate if style == "rate" else formatting.number
    decimals = 0 if style == "count" else 1
    return lambda value: write(value, current_language(), decimals=decimals)


class _RepeatBlock(Node):
    """Renders a block of the page a second time: the title stands in <title> and in <h1>."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks else None
        nodes: NodeList = block.nodelist if block else NodeList()
        return nodes.render(context)


@register.tag
def repeat_block(parser: Parser, token: Token) -> _RepeatBlock:  # noqa: ARG001 - the signature Django calls
    """Render the named block again: `{% repeat_block title %}`."""
    _, name = token.split_contents()
    return _RepeatBlock(name.strip("\"'"))


@register.filter
def as_json(value: object) -> SafeString:
    """Write JSON that is safe inside `<script type="application/json">`: no character can end the element."""
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}))


@register.filter
def is_text(value: object) -> bool:
    """Whether a cell holds text, which aligns left; anything else aligns right."""
    return isinstance(value, str)


@register.filter
def plain(value: object) -> str:
    """Write any cell of a data table: numbers and dates by language, text as it is."""
    if isinstance(value, datetime):
        return formatting.instant(value)
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, charts.Share):
        return formatting.rate(value, current_language())
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return formatting.number(value, current_language(), decimals=_decimal_places(value))
    return str(value)


def _decimal_places(value: float | None) -> int:
    """Enough decimals to tell shares apart, none for counts."""
    if value is None or value == int(value):
        return 0
    return 4 if abs(value) < 1 else 2


@register.filter
def translated(problem: object) -> object:
    """A problem in the reader's language: one of the kernel is translated and filled in, a dict is taken as it is."""
    return problem.as_dict(gettext) if isinstance(problem, Problem) else problem


@register.simple_tag
def qr_code(text: str, label: str) -> SafeString:
    """A QR code as an inline picture."""
    return qr_svg(text, label=label)

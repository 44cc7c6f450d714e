"""Charts for documents (biểu đồ): the Vega-Lite specifications of the pages, drawn without a browser.

vl_convert brings a whole JavaScript engine along: it is imported by the first chart of a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from congtam.typesetting.fonts import clean, font_dir
from congtam.ui.public import number_locale, vega_config

_FONT_SIZE = 12


def svg(spec: Mapping[str, Any], *, fonts: Path, language: str = "vi") -> str:
    """Draw a chart as SVG whose text stays text; nothing is ever loaded from the network."""
    import vl_convert

    _register_fonts(fonts)
    return str(
        vl_convert.vegalite_to_svg(
            clean_spec(spec),
            config=vega_config(font_size=_FONT_SIZE),
            allowed_base_urls=[],
            format_locale=number_locale(language),
        )
    )


def png(spec: Mapping[str, Any], *, fonts: Path, language: str = "vi", scale: float = 3.0) -> bytes:
    """Draw a chart as PNG for a word processor, at about 290 points an inch."""
    import vl_convert

    _register_fonts(fonts)
    return bytes(
        vl_convert.vegalite_to_png(
            clean_spec(spec),
            scale=scale,
            config=vega_config(font_size=_FONT_SIZE),
            allowed_base_urls=[],
            format_locale=number_locale(language),
        )
    )


def clean_spec(value: Any) -> Any:
    """The specification without control characters: on a NUL in a text the renderer ends the whole process."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(name)): clean_spec(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_spec(item) for item in value]
    return value


def draw_chart(spec: Mapping[str, Any]) -> str:
    """A chart as SVG in the fonts of documents; raises FontsMissing."""
    return svg(spec, fonts=font_dir())


@cache
def _register_fonts(fonts: Path) -> None:
    import vl_convert

    vl_convert.register_font_directory(str(fonts))

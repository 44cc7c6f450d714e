from __future__ import annotations

from pathlib import Path

import pytest

from congtam.typesetting.fonts import FontsMissing, clean, require_fonts, supported_code_points, to_printable
from congtam.typesetting.tests.conftest import VIETNAMESE


@pytest.mark.parametrize("style", ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
def test_the_body_font_has_every_vietnamese_letter(fonts: Path, style: str) -> None:
    assert {ord(sign) for sign in VIETNAMESE} - supported_code_points(fonts / f"Tinos_{style}.ttf") == set()


@pytest.mark.parametrize("style", ["Regular", "Medium", "SemiBold", "Bold"])
def test_the_chart_font_has_every_vietnamese_letter(fonts: Path, style: str) -> None:
    assert {ord(sign) for sign in VIETNAMESE} - supported_code_points(
        fonts / f"BeVietnamPro-{style}.ttf"
    ) == set()


def test_decomposed_letters_are_composed_and_strange_ones_shown(fonts: Path) -> None:
    given = {"a": ["e\u0302\u0301 🙂", 3], "svg": "<text>Hà 🙂</text>", "content": "🙂"}
    assert to_printable(given, fonts=fonts) == {"a": ["ế □", 3], "svg": "<text>Hà ?</text>", "content": "🙂"}


def test_missing_fonts_are_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="make setup"):
        require_fonts(tmp_path)


def test_control_characters_are_dropped() -> None:
    assert clean("a\x00\x0bb\u202ec\nd") == "abc\nd"

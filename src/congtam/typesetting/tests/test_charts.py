from __future__ import annotations

from pathlib import Path

from congtam.typesetting.charts import png, svg
from congtam.typesetting.tests.conftest import chart


def test_numbers_on_the_axes_have_the_decimal_comma(fonts: Path) -> None:
    assert "91,0\u00a0%" in svg(chart().spec, fonts=fonts).replace("&nbsp;", "\u00a0")


def test_text_stays_text_in_our_font(fonts: Path) -> None:
    drawn = svg(chart().spec, fonts=fonts)
    assert "Be Vietnam Pro" in drawn
    assert "Đúng hạn" in drawn


def test_the_picture_for_word_is_a_png(fonts: Path) -> None:
    assert png(chart().spec, fonts=fonts).startswith(b"\x89PNG")

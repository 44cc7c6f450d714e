"""The layouts behind the small pictures."""

from __future__ import annotations

import pytest
from django.utils import translation

from congtam.ui.drawing.charts import data_table
from congtam.ui.drawing.dot_map import Dot, dot_map, legend
from congtam.ui.drawing.sparkline import sparkline
from congtam.ui.templatetags.ui import plain


def test_a_missing_value_breaks_the_line_and_is_not_zero() -> None:
    line = sparkline([1.0, 2.0, None, 2.0])

    assert len(line.runs) == 2
    assert line.last == (109.0, 3.0)


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_known_draws_nothing(values: list[float | None]) -> None:
    assert sparkline(values).runs == ()


def test_equal_values_lie_in_the_middle() -> None:
    assert sparkline([5.0, 5.0]).last == (109.0, 14.0)


def test_the_target_belongs_to_the_scale() -> None:
    line = sparkline([1.0, 2.0], target=3.0)

    assert line.target_y == 3.0
    assert line.last == (109.0, 14.0)


def _dot(label: str, *, longitude: float, latitude: float, value: float | None, size: float = 1.0) -> Dot:
    return Dot(label=label, longitude=longitude, latitude=latitude, value=value, size=size)


def test_north_is_up_and_east_is_right() -> None:
    drawing = dot_map(
        [
            _dot("south-west", longitude=104.5, latitude=22.5, value=0.1),
            _dot("north-east", longitude=105.5, latitude=23.3, value=0.9),
        ]
    )
    places = {place.dot.label: place for place in drawing.dots}

    assert places["north-east"].y < places["south-west"].y
    assert places["north-east"].x > places["south-west"].x


def test_a_place_without_a_value_has_its_own_tone() -> None:
    drawing = dot_map(
        [_dot("a", longitude=105, latitude=22, value=None), _dot("b", longitude=106, latitude=22, value=1)]
    )

    assert {place.dot.label: place.tone for place in drawing.dots} == {"a": 0, "b": 3}


def test_small_dots_lie_on_large_ones() -> None:
    drawing = dot_map(
        [
            _dot("small", longitude=105, latitude=22, value=1, size=1),
            _dot("large", longitude=105, latitude=22, value=1, size=900),
        ]
    )

    assert [place.dot.label for place in drawing.dots] == ["large", "small"]


def test_thresholds_use_the_extreme_tones() -> None:
    drawing = dot_map(
        [_dot(str(value), longitude=105, latitude=22 + value, value=value) for value in (0.1, 0.9)],
        bounds=[0.5],
    )

    assert {place.dot.label: place.tone for place in drawing.dots} == {"0.1": 1, "0.9": 5}
    assert legend(drawing, lambda bound: f"{bound:.0%}") == ((1, "< 50%"), (5, "≥ 50%"))


def test_the_table_of_a_chart_has_the_titles_of_its_axes() -> None:
    table = data_table(
        {
            "data": {"values": [{"unit": "A", "value": 0.5}]},
            "layer": [
                {
                    "encoding": {
                        "y": {"field": "unit", "title": "Unit"},
                        "x": {"field": "value", "axis": {"title": "On time"}},
                    }
                }
            ],
        }
    )

    assert table.headings == ("Unit", "On time")
    assert table.rows == (("A", 0.5),)


def test_the_table_of_a_chart_writes_shares_and_months_as_the_axes_do() -> None:
    month = {"field": "month", "axis": {"format": "%m/%Y"}}
    rate, size = {"field": "rate", "axis": {"format": ".0%"}}, {"field": "size", "axis": {"format": ",.0f"}}
    (cells,) = data_table(
        {
            "data": {"values": [{"month": "2025-07-01", "rate": 0.9771, "size": 12}]},
            "encoding": {"x": month, "y": rate, "tooltip": [size]},
        }
    ).rows

    with translation.override("vi"):
        assert [plain(cell) for cell in cells] == ["07/2025", "97,71\u00a0%", "12"]

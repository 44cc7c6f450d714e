"""Classes of colour: they change at the target, and counts are written as whole numbers."""

from __future__ import annotations

import pytest

from congtam.ui.drawing.scales import Scale, legend_of, scale_at_target, scale_of_bounds


def legend(values: list[float], scale: Scale, *, are_whole: bool = False) -> list[str]:
    drawn = [(scale.tone(value), value) for value in values]
    return [text for _tone, text in legend_of(drawn, scale, lambda value: f"{value:g}", are_whole=are_whole)]


@pytest.mark.parametrize(
    ("bounds", "values", "expected"),
    [
        ((1, 3, 10), [0, 1, 5, 12], ["0", "1 – 2", "3 – 9", "≥ 10"]),
        ((1, 2, 3), [0, 1, 2, 9], ["0", "1", "2", "≥ 3"]),
        ((4,), [2, 5], ["0 – 3", "≥ 4"]),
        ((), [7, 7], ["7"]),
    ],
)
def test_counts_have_classes_of_whole_numbers(
    bounds: tuple[float, ...], values: list[float], expected: list[str]
) -> None:
    assert legend(values, scale_of_bounds(bounds), are_whole=True) == expected


def test_rates_have_classes_between_bounds() -> None:
    assert legend([0.5, 1.5, 3], scale_of_bounds((1, 2))) == ["< 1", "1 – 2", "≥ 2"]


@pytest.mark.parametrize(
    ("value", "is_lower_better", "reaches"),
    [(0.95, False, True), (0.9499, False, False), (2.0, True, True), (2.01, True, False)],
)
def test_what_equals_the_target_reaches_it(value: float, *, is_lower_better: bool, reaches: bool) -> None:
    target = 2.0 if is_lower_better else 0.95
    tone = scale_at_target([value], target, is_lower_better=is_lower_better).tone(value)
    is_above = tone > 3
    assert is_above is (reaches is not is_lower_better)


def test_a_place_without_a_value_has_no_tone() -> None:
    assert scale_at_target([0.5, 0.99], 0.95).tone(None) == 0

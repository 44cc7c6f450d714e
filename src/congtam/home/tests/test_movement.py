"""What moved a figure: contributions of months add up to the change, and only those that stand out are named."""

from __future__ import annotations

import pytest

from congtam.home.domain.movement import MonthCounts, Movement, count_movement, rate_movement


def year(*months: tuple[int, int, int, int]) -> list[MonthCounts]:
    """Months from January on: on time and all of this year, on time and all of the year before."""
    return [
        MonthCounts(
            month=number, numerator=now, denominator=all_now, numerator_before=was, denominator_before=all_was
        )
        for number, (now, all_now, was, all_was) in enumerate(months, start=1)
    ]


SAME = (98, 100, 98, 100)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        pytest.param(
            [SAME] * 8 + [(95, 100, 98, 100), SAME, SAME, (96, 100, 98, 100)], (-5 / 12, (9, 12)), id="two"
        ),
        pytest.param([(97, 100, 98, 100)] * 12, (-1.0, ()), id="spread evenly over the year"),
        pytest.param([SAME] * 12, (0.0, ()), id="unchanged"),
        pytest.param(
            [(90, 100, 90, 100), *[SAME] * 10, (95, 100, 98, 100)],
            (-0.25, (1,)),
            id="the month farthest below last year's rate",
        ),
        pytest.param(
            [(99, 100, 90, 100), (97, 100, 98, 100)], (4.0, (1, 2)), id="up, both above last year's rate"
        ),
        pytest.param(
            [(80, 100, 90, 100)] * 4 + [SAME] * 8,
            (-10 / 3, ()),
            id="four alike stand out as little as twelve",
        ),
        pytest.param([(0, 0, 98, 100), (49, 50, 49, 50)], (0.0, ()), id="a month without rows"),
    ],
)
def test_which_months_moved_a_rate(
    months: list[tuple[int, int, int, int]], expected: tuple[float, tuple[int, ...]]
) -> None:
    movement = rate_movement(year(*months))

    assert movement is not None
    points, named = expected
    assert movement.difference * 100 == pytest.approx(points)
    assert movement.months == named


@pytest.mark.parametrize(
    "months",
    [
        pytest.param([(9, 10, 0, 0)], id="nothing the year before"),
        pytest.param([(0, 0, 9, 10)], id="nothing this year"),
        pytest.param([], id="no month"),
    ],
)
def test_without_rows_on_both_sides_nothing_moved(months: list[tuple[int, int, int, int]]) -> None:
    assert rate_movement(year(*months)) is None


def test_a_count_moves_by_its_differences() -> None:
    assert count_movement(year((10, 10, 10, 10), (4, 4, 10, 10), (11, 11, 10, 10))) == Movement(
        difference=-5, months=(2,)
    )

"""The interval of a rate, against published values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.statistics.intervals import wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_agrees_with_the_published_table(
    *, numerator: int, denominator: int, low: float, high: float
) -> None:
    assert list(wilson(numerator, denominator)) == pytest.approx([low, high], abs=5e-5)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_it_holds_the_rate_and_stays_within_bounds(one: int, other: int) -> None:
    numerator, denominator = sorted((one, other))
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= high <= 1
    if denominator:
        assert low <= numerator / denominator + 1e-12
        assert numerator / denominator <= high + 1e-12


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 3)])
def test_an_impossible_share_is_a_bug(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(numerator, denominator)

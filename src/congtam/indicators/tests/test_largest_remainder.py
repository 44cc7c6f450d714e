"""Largest remainder: whole parts that add up, by the table of docs/algorithms/shared_counts.md."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.indicators.domain.largest_remainder import share_out


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        pytest.param(
            5, {"A": "0.5", "B": "0.3", "C": "0.2"}, {"A": 3, "B": 1, "C": 1}, id="a tie goes to the larger"
        ),
        pytest.param(7, {"A": "0.5", "B": "0.5"}, {"A": 4, "B": 3}, id="equal shares go by the code"),
        pytest.param(
            10,
            {"A": "0.333333333", "B": "0.333333333", "C": "0.333333333"},
            {"A": 4, "B": 3, "C": 3},
            id="thirds",
        ),
        pytest.param(0, {"A": "0.5", "B": "0.5"}, {"A": 0, "B": 0}, id="nothing"),
        pytest.param(1, {"A": "0.2", "B": "0.8"}, {"A": 0, "B": 1}, id="one dossier goes whole"),
    ],
)
def test_the_table(total: int, weights: dict[str, str], parts: dict[str, int]) -> None:
    assert share_out(total, [(name, Decimal(weight)) for name, weight in weights.items()]) == parts


@given(st.integers(0, 100_000), st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_parts_add_up_and_each_is_within_one_of_its_share(total: int, sizes: list[int]) -> None:
    weights = [(f"U{number}", Decimal(size) / sum(sizes)) for number, size in enumerate(sizes)]
    parts = share_out(total, weights)
    assert sum(parts.values()) == total
    assert all(abs(parts[name] - total * weight) < 1 for name, weight in weights)

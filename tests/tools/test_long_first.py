"""Every test runs once, and each worker begins with what takes long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congtam.testing.long_first import deal


@given(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 99)), st.integers(1, 8))
def test_nothing_is_left_out(counts: tuple[int, int, int], workers: int) -> None:
    together, long, short = (
        [f"{name}{number}" for number in range(count)] for name, count in zip("bls", counts, strict=True)
    )
    ordered = deal(together, [long[:2], long[2:]], short, workers=workers)
    assert sorted(ordered) == sorted([*together, *long, *short])
    assert ordered[: len(together)] == together


def test_the_shares_of_the_others_begin_with_the_long_ones() -> None:
    short = [f"s{number}" for number in range(25)]
    ordered = deal(["b0", "b1"], [["k0"], ["l0", "l1"]], short, workers=3)
    assert (ordered[:2], ordered[10], ordered[20:22]) == (["b0", "b1"], "k0", ["l0", "l1"])

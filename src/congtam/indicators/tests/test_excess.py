"""When a sign is more frequent than could be expected."""

from __future__ import annotations

import random
import re
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.indicators.compiling.flags import time_columns
from congtam.indicators.domain.excess import Tally, excess_p_value, excess_probability, offices_in_excess
from congtam.indicators.domain.vocabulary import Vocabulary
from congtam.kernel.errors import InputRefused

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "red_flags.md"
ROW = re.compile(
    r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \| (yes|no) \|$", re.MULTILINE
)


def test_the_worked_table_of_the_document() -> None:
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    peers = Tally(among=9000, seen=207, beside=300)
    tallies = {office: Tally(int(among), int(seen), int(beside)) for office, among, seen, beside, *_ in rows}
    named = offices_in_excess(tallies, peers)
    computed = [
        (
            f"{one.expected_of(peers):.1f}",
            f"{excess_p_value(one, peers):.4f}",
            "yes" if office in named else "no",
        )
        for office, one in tallies.items()
    ]
    assert len(rows) == 4
    assert computed == [row[4:] for row in rows]


@given(seen=st.integers(0, 60), other=st.integers(0, 60), share=st.floats(0.01, 0.99))
def test_the_chance_is_the_tail_of_the_binomial(seen: int, other: int, share: float) -> None:
    total = seen + other
    exact = sum(comb(total, n) * share**n * (1 - share) ** (total - n) for n in range(seen, total + 1))
    assert excess_probability(seen, other, share) == pytest.approx(exact, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("own", "peers", "is_excess"),
    [
        pytest.param(
            Tally(among=973, seen=111, beside=33), Tally(15000, 250, 400), True, id="the city office"
        ),
        pytest.param(
            Tally(among=1760, seen=27, beside=72), Tally(15000, 250, 400), False, id="fewer than beside"
        ),
        pytest.param(Tally(among=27, seen=5, beside=1), None, False, id="too few to tell by itself"),
        pytest.param(
            Tally(among=27, seen=5, beside=1), Tally(15000, 250, 400), True, id="but not beside its peers"
        ),
        pytest.param(
            Tally(among=900, seen=40, beside=10), Tally(1000, 200, 30), False, id="no more than peers"
        ),
        pytest.param(Tally(), Tally(), False, id="nothing"),
    ],
)
def test_an_excess_is_above_both_numbers_and_hardly_chance(
    own: Tally, peers: Tally | None, *, is_excess: bool
) -> None:
    assert (excess_p_value(own, peers) <= 0.05) is is_excess


def test_only_the_offices_that_exceed_are_named() -> None:
    tallies = {"024": Tally(973, 111, 33), "00688": Tally(60, 1, 2), "00692": Tally(40, 2, 1)}
    assert offices_in_excess(tallies, Tally(15000, 250, 400)) == {"024"}


def test_what_is_spread_thin_is_seen_in_the_whole() -> None:
    tallies = {f"W{number}": Tally(40, 3, 1) for number in range(12)} | {"calm": Tally(40, 1, 2)}
    assert offices_in_excess(tallies) == {f"W{number}" for number in range(12)}


def test_among_honest_offices_hardly_any_is_named() -> None:
    """A province of 200 offices in which the hour before the deadline is like any other."""
    chooser = random.Random(5)  # noqa: S311 - a fixed stream, nothing secret
    provinces = 60

    def count(chance_of_one: float) -> int:
        return sum(chooser.random() < chance_of_one for _ in range(100))

    named = [
        offices_in_excess({str(n): Tally(100, count(0.03), count(0.03)) for n in range(50)})
        for _ in range(provinces)
    ]
    assert sum(bool(one) for one in named) / provinces <= 0.12


def test_the_fact_must_say_of_an_instant_whether_it_has_a_time_of_day() -> None:
    types = {"finished_at": "timestamp", "due_at": "timestamp"}
    precise = Vocabulary.of_columns("x", {**types, "finished_has_time": "boolean"})
    assert time_columns(("finished_at",), precise) == ("finished_has_time",)
    with pytest.raises(InputRefused) as refused:
        time_columns(("finished_at", "due_at"), precise)
    assert [problem.data["name"] for problem in refused.value.problems] == ["due_has_time"]

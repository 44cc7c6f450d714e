from __future__ import annotations

import random
import re
from math import asin, sqrt
from pathlib import Path
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.kernel.statistics.ranking import MINIMUM_CASES, Better, Peer, Rank, rank, ranks

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "ranking.md"
ROW = re.compile(r"^\| ([A-D]) \| ([\d,]+) \| (\d+) \| [\d.]+ % \| (.+?) \| (.+?) \|$", re.MULTILINE)


def _peers(**counts: tuple[int, int]) -> list[Peer]:
    return [Peer(code=code, numerator=k, denominator=n) for code, (k, n) in counts.items()]


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        pytest.param(
            "higher", Rank(position=1, best=1, worst=1, ranked=3, unranked=0), id="higher is better"
        ),
        pytest.param("lower", Rank(position=3, best=3, worst=3, ranked=3, unranked=0), id="lower is better"),
    ],
)
def test_far_apart_units_have_a_clear_place(better: Better, expected: Rank) -> None:
    peers = _peers(a=(990, 1000), b=(900, 1000), c=(700, 1000))
    assert rank("a", peers, better=better) == expected


def test_the_worked_table_of_the_document() -> None:
    if not DOCUMENT.is_file():
        pytest.skip("the documentation is not beside this package")
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    peers = [
        Peer(code=unit, numerator=int(on_time), denominator=int(finished.replace(",", "")))
        for unit, finished, on_time, *_ in rows
    ]
    computed = [
        (found.position, found.best) if (found := rank(unit, peers, better="higher")) else None
        for unit, *_ in rows
    ]
    assert computed == [(int(place), int(band)) if place.isdigit() else None for *_, place, band in rows]
    assert len(rows) == 4


def test_close_units_share_a_band() -> None:
    found = rank("b", _peers(a=(96, 100), b=(95, 100), c=(94, 100)), better="higher")
    assert found == Rank(position=2, best=1, worst=3, ranked=3, unranked=0)
    assert not found.is_clear


def test_a_unit_with_one_case_never_leads_the_table() -> None:
    peers = _peers(tiny=(1, 1), big=(970, 1000), other=(900, 1000))
    assert rank("tiny", peers, better="higher") is None
    assert rank("big", peers, better="higher") == Rank(position=1, best=1, worst=1, ranked=2, unranked=1)


def test_equal_rates_share_the_place() -> None:
    peers = _peers(a=(90, 100), b=(90, 100), c=(80, 100))
    places = [found.position for code in "abc" if (found := rank(code, peers, better="higher"))]
    assert places == [1, 1, 3]


def test_without_a_second_unit_there_is_no_rank() -> None:
    assert rank("a", _peers(a=(90, 100)), better="higher") is None
    assert rank("missing", _peers(a=(90, 100), b=(9, 100)), better="higher") is None


QUANTILE_ROWS = re.compile(r"^\| (units|q) \| (.+?) \|$", re.MULTILINE)


def test_equal_units_meet_the_printed_studentized_range() -> None:
    """The gap between neighbours at which a band opens is q·σ, by the printed table of the document."""
    if not DOCUMENT.is_file():
        pytest.skip("the documentation is not beside this package")
    table = dict(QUANTILE_ROWS.findall(DOCUMENT.read_text(encoding="utf-8")))
    size = 10_000_000
    for count, quantile in zip(table["units"].split(" | "), table["q"].split(" | "), strict=True):
        assert _opens_at(int(count), size) == pytest.approx(float(quantile), abs=0.02)


def _opens_at(count: int, size: int) -> float:
    """The smallest gap, in standard deviations of a rate, that tells the best of equal units from all others."""
    deviation = sqrt(size) / 2
    low, high = 0.0, 8.0
    while high - low > 0.005:
        middle = (low + high) / 2
        best = Peer(code="best", numerator=size / 2 + middle * deviation, denominator=size)
        others = [Peer(code=str(number), numerator=size / 2, denominator=size) for number in range(count - 1)]
        found = rank("best", [best, *others], better="higher")
        assert found is not None
        low, high = (low, middle) if found.is_clear else (middle, high)
    return high


def test_bands_are_those_of_draws_from_beta_distributions() -> None:
    """The same rule carried out by drawing: the range of the standardised angles, in nine tables of ten."""
    counts = {"a": (118, 120), "b": (60, 62), "c": (396, 420), "d": (30, 30), "e": (250, 300)}
    chooser = random.Random(7)  # noqa: S311 - a fixed stream, nothing secret
    drawn = {
        code: [asin(sqrt(chooser.betavariate(x + 0.5, n - x + 0.5))) for _ in range(4000)]
        for code, (x, n) in counts.items()
    }
    mean = {code: fmean(angles) for code, angles in drawn.items()}
    spread = {code: pstdev(angles) for code, angles in drawn.items()}
    scores = [[(angle - mean[code]) / spread[code] for angle in angles] for code, angles in drawn.items()]
    gaps = sorted(max(draw) - min(draw) for draw in zip(*scores, strict=True))
    gap = gaps[int(0.9 * len(gaps))]
    expected = {}
    for code in counts:
        reach = {other: gap * sqrt((spread[code] ** 2 + spread[other] ** 2) / 2) for other in counts}
        ahead = sum(mean[other] - mean[code] > reach[other] for other in counts if other != code)
        behind = sum(mean[code] - mean[other] > reach[other] for other in counts if other != code)
        expected[code] = (1 + ahead, len(counts) - behind)

    found = ranks(_peers(**counts), better="higher")

    assert {code: (one.best, one.worst) for code, one in found.items()} == expected


@pytest.mark.parametrize("size", [3, 30, 1000])
def test_ties_at_the_end_of_the_scale_leave_every_place_open(size: int) -> None:
    peers = _peers(a=(size, size), b=(size, size), c=(size, size))
    for found in ranks(peers, better="higher", minimum=1).values():
        assert (found.position, found.best, found.worst) == (1, 1, 3)


def test_three_of_three_is_not_better_than_most_of_many() -> None:
    found = ranks(_peers(few=(3, 3), many=(900, 1000)), better="higher", minimum=1)
    assert (found["few"].best, found["few"].worst) == (1, 2)


def test_months_that_differ_by_more_than_chance_open_the_band() -> None:
    counts = {"a": (980, 1000), "b": (950, 1000)}
    assert all(one.is_clear for one in ranks(_peers(**counts), better="higher").values())
    wide = [Peer(code=code, numerator=x, denominator=n, dispersion=10.0) for code, (x, n) in counts.items()]
    assert not any(one.is_clear for one in ranks(wide, better="higher").values())


@given(
    st.lists(
        st.integers(30, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=2,
        max_size=8,
    )
)
@settings(max_examples=30)
def test_every_band_holds_its_place_and_both_ways_mirror(counts: list[tuple[int, int]]) -> None:
    peers = [Peer(code=str(at), numerator=x, denominator=n) for at, (x, n) in enumerate(counts)]
    higher, lower = ranks(peers, better="higher"), ranks(peers, better="lower")
    for code, one in higher.items():
        assert one.best <= one.position <= one.worst
        assert (lower[code].best, lower[code].worst) == (
            len(peers) + 1 - one.worst,
            len(peers) + 1 - one.best,
        )


@pytest.mark.parametrize(("truth", "size"), [(0.97, 60), (0.9, 100), (0.99, 40)])
def test_of_equal_units_none_is_called_better_in_nine_tables_of_ten(truth: float, size: int) -> None:
    chooser = random.Random(29)  # noqa: S311 - a fixed stream, nothing secret
    held = 0
    for _ in range(120):
        peers = [
            Peer(
                code=str(unit), numerator=sum(chooser.random() < truth for _ in range(size)), denominator=size
            )
            for unit in range(6)
        ]
        held += all((one.best, one.worst) == (1, 6) for one in ranks(peers, better="higher").values())
    assert held >= 104  # 108 expected at least; three standard deviations of so many tables are 10


def test_the_band_holds_the_true_place_at_least_nine_times_in_ten() -> None:
    chooser = random.Random(11)  # noqa: S311 - a fixed stream, nothing secret
    truth = {"a": 0.97, "b": 0.95, "c": 0.94, "d": 0.90, "e": 0.80}
    held = 0
    for _ in range(300):
        peers = [
            Peer(code=code, numerator=sum(chooser.random() < p for _ in range(150)), denominator=150)
            for code, p in truth.items()
        ]
        found = rank("c", peers, better="higher")
        assert found is not None
        held += found.best <= 3 <= found.worst
    assert held >= 270
    assert MINIMUM_CASES < 150

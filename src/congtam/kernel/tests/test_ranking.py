from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from congtam.kernel.ranking import MINIMUM_CASES, Better, Peer, Rank, difference_interval, rank

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


def test_newcombes_published_example() -> None:
    """56/70 against 48/80: 0.0524 to 0.3339 (Newcombe 1998, table II a, method 10)."""
    first, second = _peers(a=(56, 70), b=(48, 80))
    assert difference_interval(first, second, confidence=0.95) == pytest.approx((0.0524, 0.3339), abs=1e-4)


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

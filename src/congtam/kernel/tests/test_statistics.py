"""Families of looks, funnels, seasons, months that differ: published tables and what must always hold."""

from __future__ import annotations

import random
import re
from datetime import date
from math import asin, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.dispersion import chi_square_tail, dispersion
from congtam.kernel.statistics.false_discovery import discoveries
from congtam.kernel.statistics.funnel import ACTION, WARNING, Funnel, funnel
from congtam.kernel.statistics.intervals import effective_size, weighted_wilson, wilson
from congtam.kernel.statistics.season import Season, first_day_of_tet, season_of

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "chance.md"
LINE = re.compile(r"^\| (p|stands) \| (.+?) \|$", re.MULTILINE)
UNIT = re.compile(r"^\| ([A-G]) \| (\d+) \| (\d+) \| [\d.]+ % \| (.+) \|$", re.MULTILINE)
chances = st.dictionaries(st.integers(), st.floats(0, 1), max_size=20)


@pytest.fixture(scope="module")
def document() -> str:
    if not DOCUMENT.is_file():
        pytest.skip("the documentation is not beside this package")
    return DOCUMENT.read_text(encoding="utf-8")


def test_the_example_of_benjamini_and_hochberg(document: str) -> None:
    table = {name: cells.split(" | ") for name, cells in LINE.findall(document)}
    found = discoveries(dict(enumerate(float(one) for one in table["p"])))
    assert ["yes" if at in found else "no" for at in range(15)] == table["stands"]


@given(chances, st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_a_looser_rate_finds_no_less(family: dict[int, float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert discoveries(family, rate=low) <= discoveries(family, rate=high)


@given(chances, st.data())
def test_a_clearer_member_stays_found(family: dict[int, float], data: st.DataObject) -> None:
    found = discoveries(family)
    if not found:
        return
    member = data.draw(st.sampled_from(sorted(found)))
    clearer = family | {member: data.draw(st.floats(0, family[member]))}
    assert found <= discoveries(clearer)


@given(st.lists(st.floats(0, 1e6), max_size=30))
def test_weighted_rows_never_count_for_more_than_they_are(weights: list[float]) -> None:
    size = effective_size(weights)
    weighing = sum(weight > 0 for weight in weights)
    assert (1 if weighing else 0) - 1e-9 <= size <= weighing + 1e-9


@given(st.floats(0.001, 1000), st.integers(0, 40), st.integers(0, 40))
def test_equal_weights_change_nothing(weight: float, counting: int, others: int) -> None:
    rows = [(True, weight)] * counting + [(False, weight)] * others
    assert weighted_wilson(rows) == pytest.approx(wilson(counting, counting + others), abs=1e-9)


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        effective_size([1, -1])


def test_the_worked_funnel(document: str) -> None:
    rows = UNIT.findall(document)
    plot = funnel_of({unit: Counts(int(x), int(n)) for unit, n, x, _ in rows})
    for _, n, _, cells in rows:
        limits = sorted(end for confidence in (WARNING, ACTION) for end in plot.limits(int(n), confidence))
        assert " | ".join(f"{end * 100:.1f} %" for end in limits) == cells
    assert (round(plot.rate, 4), round(plot.variance_between, 6)) == (0.9414, 0.004476)
    assert discoveries(plot.chances) == {"G"}


def funnel_of(units: dict[str, Counts]) -> Funnel:
    plot = funnel(units)
    assert plot is not None
    return plot


@pytest.mark.parametrize("deviation", [0.0, 0.05], ids=["chance alone", "units differ"])
def test_limits_hold_what_they_promise(deviation: float) -> None:
    """40 alike, or with true rates that vary by about three points: some 5 % beyond 95 %, 0.2 % beyond 99.8 %."""
    chooser = random.Random(23)  # noqa: S311 - a fixed stream, nothing secret
    beyond = {WARNING: 0, ACTION: 0}
    tables, units = 30, 40
    for _ in range(tables):
        counts = {}
        for unit in range(units):
            size = chooser.choice((60, 150, 400))
            truth = sin(asin(sqrt(0.9)) + chooser.gauss(0, deviation)) ** 2
            counts[str(unit)] = Counts(sum(chooser.random() < truth for _ in range(size)), size)
        plot = funnel_of(counts)
        for confidence in beyond:
            for one in counts.values():
                low, high = plot.limits(one.denominator, confidence)
                beyond[confidence] += not low <= one.rate <= high
    assert 0.025 <= beyond[WARNING] / (tables * units) <= 0.085
    assert beyond[ACTION] / (tables * units) <= 0.01


def test_few_units_make_no_funnel() -> None:
    assert funnel({str(unit): Counts(9, 10) for unit in range(4)}) is None


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(5, 11.070), (10, 18.307), (11, 19.675), (20, 31.410), (30, 43.773)]
)
def test_the_printed_upper_five_per_cent_of_chi_square(freedom: int, quantile: float) -> None:
    assert chi_square_tail(quantile, freedom) == pytest.approx(0.05, abs=0.001)
    assert chi_square_tail(0, freedom) == 1


def test_months_by_chance_have_no_dispersion_and_the_interval_is_the_plain_one() -> None:
    chooser = random.Random(31)  # noqa: S311 - a fixed stream, nothing secret
    shown = [
        dispersion([Counts(sum(chooser.random() < 0.9 for _ in range(60)), 60) for _ in range(24)]) > 1
        for _ in range(100)
    ]
    assert sum(shown) <= 12
    assert wilson(540, 600, dispersion=1.0) == wilson(540, 600)


def test_good_and_bad_months_widen_the_interval_until_it_holds_the_truth() -> None:
    """Months at 85 % or 97 % by the toss of a coin: a year is held by the interval as often as promised."""
    chooser = random.Random(37)  # noqa: S311 - a fixed stream, nothing secret
    plain = widened = 0
    for _ in range(100):
        months = [
            Counts(sum(chooser.random() < truth for _ in range(100)), 100)
            for truth in (chooser.choice((0.85, 0.97)) for _ in range(12))
        ]
        counted, total = sum(one.numerator for one in months), sum(one.denominator for one in months)
        low, high = wilson(counted, total)
        plain += low <= 0.91 <= high
        low, high = wilson(counted, total, dispersion=dispersion(months))
        widened += low <= 0.91 <= high
    assert plain < 75
    assert widened >= 88


def test_few_months_or_few_late_ones_tell_no_dispersion() -> None:
    assert dispersion([Counts(50, 100), Counts(100, 100)] * 3) == 1
    assert dispersion([Counts(20, 20), Counts(18, 20)] * 12) == 1
    assert dispersion([]) == 1


def test_the_first_days_of_tet() -> None:
    import holidays

    days = holidays.country_holidays("VN", years=range(2000, 2051), language="en_US")
    first = {day.year: day for day, name in days.items() if name == "Lunar New Year"}
    assert {year: first_day_of_tet(year) for year in range(2000, 2051)} == first
    assert first_day_of_tet(1999) is None
    assert first_day_of_tet(2051) is None


@pytest.mark.parametrize(
    ("month", "season"),
    [
        (date(2024, 12, 1), Season.BEFORE_TET),
        (date(2025, 1, 1), Season.TET),
        (date(2025, 2, 1), Season.AFTER_TET),
        (date(2022, 1, 1), Season.BEFORE_TET),
        (date(2022, 2, 1), Season.TET),
        (date(2014, 2, 1), Season.TET),
        (date(2025, 3, 1), Season.ORDINARY),
        (date(1990, 2, 1), Season.ORDINARY),
    ],
)
def test_which_months_lie_around_tet(month: date, season: Season) -> None:
    assert season_of(month) is season

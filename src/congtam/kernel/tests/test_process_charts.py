"""Process charts: the worked tables of the document, the four rules, and what chance alone makes of them."""

from __future__ import annotations

import random
import re
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.kernel.statistics.counts import Counts
from congtam.kernel.statistics.process_chart import (
    LEAST_POINTS,
    Assurance,
    ProcessChart,
    Variation,
    share_chart,
    value_chart,
)
from congtam.kernel.statistics.process_rules import Rule, chance_of_newest, signals_by_point
from congtam.kernel.statistics.season import Season

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "chance.md"
MONTH = re.compile(r"^\| \d+ \| (\d+) \| (\d+) \| [\d.]+ % \| ([\d.]+) % \| ([\d.]+) % \|$", re.MULTILINE)
RECEIVED = re.compile(r"^\| received \| ([\d |]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def document() -> str:
    if not DOCUMENT.is_file():
        pytest.skip("the documentation is not beside this package")
    return DOCUMENT.read_text(encoding="utf-8")


def chart_of(counts: list[Counts], seasons: tuple[Season, ...] = ()) -> ProcessChart:
    chart = share_chart(counts, seasons)
    assert chart is not None
    return chart


def test_the_worked_months_of_a_rate(document: str) -> None:
    rows = MONTH.findall(document)
    chart = chart_of([Counts(int(on_time), int(finished)) for finished, on_time, *_ in rows])

    limits = [(f"{point.low:.2%}", f"{point.high:.2%}") for point in chart.points]
    assert limits == [(f"{low}%", f"{high}%") for *_, low, high in rows]
    assert (len(rows), round(chart.spread, 3)) == (24, 1.824)
    assert not chart.newest.signals
    assert chart.newest.value < chart.newest.expected - 5 * _sigma(chart, 228)


def _sigma(chart: ProcessChart, size: int) -> float:
    rate = chart.newest.expected
    return sqrt(rate * (1 - rate) / size)


def test_the_worked_months_of_a_count(document: str) -> None:
    (line,) = RECEIVED.findall(document)
    chart = value_chart([float(one) for one in line.split(" | ")])

    assert chart is not None
    assert (round(chart.newest.low, 2), round(chart.newest.high, 2)) == pytest.approx(
        (364.94, 477.81), abs=0.1
    )
    assert [bool(point.signals) for point in chart.points] == [False] * 20 + [True] * 4
    assert {signal.rule for signal in chart.newest.signals} == {Rule.TWO_OF_THREE}


@pytest.mark.parametrize(
    ("scores", "marked"),
    [
        pytest.param([0.0] * 5 + [3.01], {5: {Rule.BEYOND_LIMITS}}, id="beyond"),
        pytest.param([0.0] * 5 + [3.0], {}, id="on the limit"),
        pytest.param(
            [0.5, -0.5, 2.1, 0.1, 2.2, -0.3], {2: {Rule.TWO_OF_THREE}, 4: {Rule.TWO_OF_THREE}}, id="2 of 3"
        ),
        pytest.param([2.1, -0.1, -2.2], {}, id="two of three on two sides"),
        pytest.param([0.2, 0.1] * 3 + [-0.1], {}, id="six on one side"),
        pytest.param([0.2, 0.1] * 3 + [0.2], {at: {Rule.RUN} for at in range(7)}, id="seven on one side"),
        pytest.param([0.2, 0.1, 0.2, 0.0, 0.1, 0.2, 0.1, 0.2], {}, id="one in the middle ends the run"),
        pytest.param(
            [0.3, -0.4, -0.3, -0.2, 0.1, 0.2, 0.3], {at: {Rule.TREND} for at in range(1, 7)}, id="six rise"
        ),
        pytest.param([-0.4, -0.3, -0.2, -0.2, 0.1, 0.2], {}, id="equal neighbours end the trend"),
        pytest.param([1.2, 0.8, 0.3, -0.2, -0.6, -1.0], {at: {Rule.TREND} for at in range(6)}, id="six fall"),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_the_four_rules(scores: list[float], marked: dict[int, set[Rule]]) -> None:
    signals = signals_by_point(scores)
    found = {at: {signal.rule for signal in one} for at, one in enumerate(signals) if one}
    assert found == marked


def test_limits_begin_with_twenty_months() -> None:
    months = [Counts(90 + number % 2, 100) for number in range(LEAST_POINTS)]
    assert share_chart(months[1:]) is None
    assert share_chart(months) is not None
    assert value_chart([1.0, 2.0] * 9 + [1.0]) is None


def test_too_few_late_ones_have_no_limits() -> None:
    assert share_chart([Counts(99 + number % 2, 100) for number in range(24)]) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=20, max_size=36))
@settings(max_examples=40)
def test_limits_are_those_of_the_p_chart_times_a_spread_of_at_least_one(
    counts: list[tuple[int, int]],
) -> None:
    months = [Counts(x, n) for x, n in counts]
    chart = share_chart(months)
    if chart is None:
        return
    rate = sum(x for x, _ in counts) / sum(n for _, n in counts)
    assert chart.spread >= 1
    for point, (_, n) in zip(chart.points, counts, strict=True):
        reach = 3 * sqrt(rate * (1 - rate) / n) * chart.spread
        assert point.expected == pytest.approx(rate)
        assert (point.low, point.high) == pytest.approx((max(0, rate - reach), min(1, rate + reach)))


def test_without_overdispersion_the_limits_are_those_of_the_p_chart() -> None:
    """Months that differ by half of what chance would do: σz stays 1."""
    chart = chart_of([Counts(90 + number % 2, 100) for number in range(24)])
    assert chart.spread == 1
    assert chart.newest.low == pytest.approx(0.905 - 3 * sqrt(0.905 * 0.095 / 100))


def test_a_process_that_does_not_change_rarely_alarms() -> None:
    chooser = random.Random(17)  # noqa: S311 - a fixed stream, nothing secret
    alarms = 0
    for _ in range(200):
        months = [Counts(sum(chooser.random() < 0.95 for _ in range(60)), 60) for _ in range(24)]
        alarms += chart_of(months).chance <= 0.05
    assert alarms <= 16  # 10 expected at most, with two standard deviations


def test_tet_is_held_against_tet() -> None:
    year = [Season.TET, Season.AFTER_TET, *[Season.ORDINARY] * 9, Season.BEFORE_TET]
    months = [Counts(70 if its is Season.TET else 93 + at % 3, 100) for at, its in enumerate(year * 3)]

    assert chart_of(months).points[24].signals
    chart = chart_of(months, tuple(year * 3))

    assert chart.has_season
    assert chart.points[24].expected == pytest.approx(0.7)
    assert not any(point.signals for point in chart.points)


def test_the_first_tet_of_a_series_is_not_judged() -> None:
    seasons = (*[Season.ORDINARY] * 20, Season.TET)
    chart = chart_of([Counts(93 + at % 3, 100) for at in range(20)] + [Counts(50, 100)], seasons)
    assert not chart.newest.is_judged
    assert (chart.newest.signals, chart.chance) == ((), 1.0)


@pytest.mark.parametrize(
    ("better", "expected"),
    [("higher", Variation.WORSE), ("lower", Variation.BETTER), ("none", Variation.LOWER)],
)
def test_what_a_low_month_means(better: str, expected: Variation) -> None:
    chart = chart_of([Counts(93 + at % 3, 100) for at in range(23)] + [Counts(60, 100)])
    assert chart.variation(better) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (0.80, "higher", Assurance.REACHES),
        (0.95, "higher", Assurance.UNCERTAIN),
        (0.80, "lower", Assurance.MISSES),
        (0.95, "lower", Assurance.UNCERTAIN),
    ],
)
def test_what_the_process_can_do_with_its_target(target: float, better: str, expected: Assurance) -> None:
    chart = chart_of([Counts(93 + at % 3, 100) for at in range(24)])
    assert chart.assurance(target, better) is expected  # type: ignore[arg-type]


def test_the_longer_a_run_the_less_likely_it_is_chance() -> None:
    chances = [chance_of_newest([0.5, 0.4] * 4 + [0.5] * more) for more in range(3)]
    assert chances == pytest.approx([4 * 2 / 2**length for length in (8, 9, 10)])

"""Indicators made of others: their arithmetic, what is refused, and receipts that open to those of the parts."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.cli import figure_command, indicators_command
from congtam.indicators.definitions.checking import read_checked
from congtam.indicators.domain.compositions import Operand, Part, compose
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.figures.queries import figure, figures_by_unit, trend
from congtam.indicators.figures.recounting import recount
from congtam.indicators.figures.stored_receipts import get_stored_receipt
from congtam.indicators.public import figure_by_child, store
from congtam.indicators.rows.listing import RowsOfParts, rows
from congtam.kernel.errors import InputRefused
from congtam.kernel.periods import Period
from congtam.testing.doors.warehouse import declared_otherwise
from congtam.warehouse.public import RowFilter

YEAR = Period.parse("2025")
H1 = Period.parse("2025-H1")
CLERK = Actor(username="clerk", name="Clerk", grants=(Grant(role=Role.CLERK, unit_code="024"),))
RATIO, GROWTH = "dossiers.finished_to_received", "dossiers.received_growth"
GAP, POINTS = "dossiers.on_time_766_difference", "dossiers.progress_points_766"
numbers = st.none() | st.fractions(min_value=-1000, max_value=1000, max_denominator=50)
above = st.decimals(min_value="0.01", max_value=100, places=2)


@given(st.sampled_from([Kind.DIFFERENCE, Kind.RATIO_OF_PARTS]), numbers, numbers)
def test_two_parts(kind: Kind, first: Fraction | None, second: Fraction | None) -> None:
    result = compose(kind, [Part(code="a"), Part(code="b")], [Operand(first), Operand(second)])
    if first is None or second is None:
        assert result is None
    elif kind == Kind.DIFFERENCE:
        assert result == first - second
    else:
        expected = None if second == 0 else first / second
        assert result == expected


@given(st.lists(st.tuples(numbers, above), min_size=1, max_size=6))
def test_a_weighted_mean_lies_among_its_parts_and_ignores_their_order(
    drawn: list[tuple[Fraction | None, Decimal]],
) -> None:
    parts = [Part(code="x", weight=weight) for _, weight in drawn]
    operands = [Operand(value, Fraction(weight)) for value, weight in drawn]
    result = compose(Kind.WEIGHTED_MEAN, parts, operands)
    values = [value for value, _ in drawn if value is not None]
    if len(values) < len(drawn):
        assert result is None
    else:
        assert result is not None
        assert min(values) <= result <= max(values)
        assert result == compose(Kind.WEIGHTED_MEAN, parts[::-1], operands[::-1])


@given(st.lists(st.tuples(numbers, above, above), min_size=1, max_size=6))
def test_an_index_has_points_up_to_their_sum(drawn: list[tuple[Fraction | None, Decimal, Decimal]]) -> None:
    parts = [Part(code="x", points=points, full_at=full) for _, points, full in drawn]
    result = compose(Kind.INDEX, parts, [Operand(value) for value, *_ in drawn])
    if any(value is None for value, *_ in drawn):
        assert result is None
    else:
        by_hand = Fraction(0)
        for value, points, full in drawn:
            reached = value is not None and value >= Fraction(full)
            by_hand += (
                Fraction(points)
                if reached
                else max(Fraction(0), Fraction(points) * (value or 0) / Fraction(full))
            )
        assert result == by_hand <= sum(Fraction(points) for _, points, _ in drawn)


@given(numbers, numbers)
def test_growth_needs_something_to_grow_from(now: Fraction | None, before: Fraction | None) -> None:
    result = compose(Kind.GROWTH, [Part(code="a", against="previous")], [Operand(now, before)])
    if now is None or before is None or before <= 0:
        assert result is None
    else:
        assert result is not None
        assert (result + 1) * before == now


def test_values_follow_from_the_figures_of_the_parts(dossiers: list[DossierRow]) -> None:
    ask: dict[str, Any] = {"unit": "024", "period": H1, "to": CLERK}
    finished, received = figure("dossiers.finished", **ask), figure("dossiers.received", **ask)
    assert figure(RATIO, **ask).value == float(Fraction(finished.numerator) / Fraction(received.numerator))
    own, by_766 = figure("dossiers.on_time_rate", **ask), figure("dossiers.on_time_rate_766", **ask)
    assert figure(GAP, **ask).value == pytest.approx(100 * (float(by_766.value or 0) - float(own.value or 0)))
    assert figure(POINTS, **ask).value == pytest.approx(20 * float(by_766.value or 0))


def test_nothing_before_is_no_growth_of_nothing(dossiers: list[DossierRow]) -> None:
    grown = figure(GROWTH, unit="024", period=YEAR, to=CLERK)
    assert (grown.value, grown.receipt["value"]) == (None, None)
    assert [part["role"] for part in grown.receipt["parts"]] == ["value", "before"]
    february = figure("dossiers.received", unit="024", period=Period.parse("2025-02"), to=CLERK)
    assert february.value


def test_children_units_maps_and_months(dossiers: list[DossierRow]) -> None:
    by_child = dict(figure_by_child(RATIO, unit="02", period=H1, to=console_actor()))
    counts = {
        code: dict(figure_by_child(code, unit="02", period=H1, to=console_actor()))
        for code in ("dossiers.finished", "dossiers.received")
    }
    assert list(by_child) == list(counts["dossiers.finished"])
    for unit, one in by_child.items():
        received = counts["dossiers.received"][unit].value
        expected = float(counts["dossiers.finished"][unit].value or 0) / float(received) if received else None
        assert one.value == pytest.approx(expected)
    units = figures_by_unit([RATIO], units=["024"], period=H1, to=CLERK)[RATIO]
    assert units["024"].value == figure(RATIO, unit="024", period=H1, to=CLERK).value
    bridged = figure(RATIO, unit="024", period=H1, to=CLERK, map_on=H1.last_day)
    assert bridged.receipt["map"] == {part["receipt"]["map"] for part in bridged.receipt["parts"]}.pop()
    assert len(trend(RATIO, unit="024", months=H1.months(), to=CLERK)) == 6


def test_a_receipt_opens_to_those_of_its_parts(dossiers: list[DossierRow]) -> None:
    found = figure(RATIO, unit="024", period=H1, to=CLERK)
    key = store(found, actor=CLERK)
    stored = get_stored_receipt(key, to=CLERK)
    for part in stored["parts"]:
        assert get_stored_receipt(part["receipt"]["digest"], to=CLERK) == part["receipt"]
    again = recount(key, to=CLERK)
    assert again.is_same
    with pytest.raises(RowsOfParts, match=r"dossiers\.finished, dossiers\.received"):
        rows(RATIO, unit="024", period=H1, to=CLERK)


def test_a_composition_is_withheld_with_its_parts(dossiers: list[DossierRow]) -> None:
    hides_all = RowFilter(condition="channel = $none", parameters={"none": "none"})
    with declared_otherwise("dossiers", visible_sql=lambda _actor: hides_all, smallest_group=10_000):
        hidden = figure(RATIO, unit="024", period=H1, to=CLERK)
    assert (hidden.is_withheld, hidden.value) == (True, None)


def test_the_command_prints_the_parts(dossiers: list[DossierRow]) -> None:
    ask = [RATIO, "--unit", "024", "--period", "2025-H1"]
    receipt = json.loads(CliRunner().invoke(figure_command, [*ask, "--json", "--rows"]).stdout)
    first, second = (part["receipt"]["numerator"] for part in receipt["parts"])
    assert receipt["value"] == first / second
    assert receipt["unit_of_measure"] == "share"
    assert "dossiers.received: " in CliRunner().invoke(figure_command, ask).stdout


MINE = """
- code: mine.counted
  version: 1
  name: {vi: A, en: A}
  description: {vi: Mô tả, en: Described}
  wording: {counts: {vi: a, en: a}, out_of: {vi: b, en: b}}
  fact: dossiers
  kind: count
  period: received_on
  better: none
  measure: dossiers
  source: QĐ 766/QĐ-TTg
  valid: {from: 2020-01-01}
- code: mine.mean
  version: 1
  name: {vi: B, en: B}
  description: {vi: Mô tả, en: Described}
  kind: weighted_mean
  parts:
    - {code: dossiers.on_time_rate, weight_by: mine.counted}
    - {code: dossiers.online_filing_rate, weight: 2}
  better: none
  measure: share
  source: QĐ 766/QĐ-TTg
  valid: {from: 2020-01-01}
"""


def checked(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        read_checked(file)
    except InputRefused as refusal:
        return [f"{one.row}: {one.format_message(str)} {one.format_advice(str)}" for one in refusal.problems]
    return []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            ("dossiers.on_time_rate,", "dossiers.on_tim_rate,"),
            "mine.mean: there is no indicator dossiers.on_tim_rate. Did you mean dossiers.on_time_rate?",
            id="unknown",
        ),
        pytest.param(("dossiers.on_time_rate,", "mine.mean,"), "mine.mean → mine.mean", id="cycle"),
        pytest.param(("weight: 2", "points: 2"), "either “weight” or “weight_by”", id="no weight"),
        pytest.param(("weight: 2", "weight: 2, against: previous"), "says “against”", id="a growth's word"),
        pytest.param(
            ("weight: 2", "weight: 2, full_at: 1"), "has “points” and “full_at”", id="an index's word"
        ),
        pytest.param(("measure: share", "measure: days"), "in “share”, not in “days”", id="measure"),
        pytest.param(("kind: weighted_mean", "kind: growth"), "has 1 to 1 parts, not 2", id="too many parts"),
        pytest.param(("online_filing_rate", "received"), "have one unit of measure", id="unlike parts"),
        pytest.param(("kind: weighted_mean", "kind: weighted_mean\n  fact: dossiers"), "no fact", id="fact"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert checked(tmp_path, MINE) == []
    assert any(said in one for one in checked(tmp_path, MINE.replace(*change)))


def test_a_composition_is_tried_with_parts_of_its_own_file(
    dossiers: list[DossierRow], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(MINE, encoding="utf-8")
    ask = ["try", str(file), "--unit", "024", "--period", "2025-H1", "--json"]
    counted, mean = json.loads(CliRunner().invoke(indicators_command, ask).stdout)
    on_time, weight, online = (part["receipt"]["value"] for part in mean["parts"])
    assert weight == counted["value"]
    assert mean["value"] == pytest.approx((on_time * weight + online * 2) / (weight + 2))

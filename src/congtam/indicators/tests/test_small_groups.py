"""A fact that hides single rows: none is listed, and no figure over few of them is shown or can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.small_groups import withheld_members
from congtam.indicators.figures.queries import figure, figures_by_unit, trend
from congtam.indicators.figures.store_receipt import FigureWithheld
from congtam.indicators.figures.stored_receipts import get_stored_receipt
from congtam.indicators.public import (
    Narrowing,
    figure_by_child,
    flag_results,
    narrowed_figures,
    store,
)
from congtam.indicators.rows.listing import row_keys, rows
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units.public import tree
from congtam.testing.doors.warehouse import declared_otherwise
from congtam.warehouse.public import RowFilter

pytestmark = pytest.mark.django_db
CODE = "dossiers.received"
LEAST = 5
YEAR = Period.parse("2025")
MONTHS = [Period.parse(f"2025-{month:02}") for month in range(1, 13)]
READER = Actor(username="reader", name="Reader", grants=(Grant(role=Role.CLERK, unit_code="02"),))
UNITS = ("02", "024", "026", "00688", "00691", "00712", "H22.09")


def not_filed_online(actor: Actor) -> RowFilter:
    """What was filed online is seen by the operator only."""
    if actor.is_console:
        return RowFilter()
    return RowFilter(condition="channel <> $hidden_channel", parameters={"hidden_channel": "online"})


@pytest.fixture
def grouped(dossiers: list[DossierRow]) -> Iterator[list[DossierRow]]:
    """Figures over rows filed online are shown from five on."""
    with declared_otherwise("dossiers", visible_sql=not_filed_online, smallest_group=LEAST):
        yield dossiers


@pytest.fixture
def refused(dossiers: list[DossierRow]) -> Iterator[list[DossierRow]]:
    """Figures over rows filed online are never shown to those who may not see them."""
    with declared_otherwise("dossiers", visible_sql=not_filed_online, smallest_group=None):
        yield dossiers


def hidden_of(dossiers: list[DossierRow], unit: str, period: Period) -> int:
    """How many dossiers filed online a unit and what is below it received, counted by hand."""
    below = {node.code for node in tree(date(2025, 6, 1))[unit].walk()}
    return sum(
        row.channel == "online" and row.unit_code in below
        and period.contains(row.received_at.astimezone(LOCAL).date())
        for row in dossiers
    )  # fmt: skip


def test_lists_files_and_keys_hold_visible_rows_only(grouped: list[DossierRow]) -> None:
    online = {row.code for row in grouped if row.channel == "online"}
    page = rows(CODE, unit="02", period=YEAR, to=READER, part="denominator", limit=500)
    keys = set(row_keys(CODE, unit="02", period=YEAR, to=READER, part="denominator"))
    assert {row["code"] for row in page.rows} == keys
    assert not keys & online
    hidden = hidden_of(grouped, "02", YEAR)
    assert (page.total, page.hidden) == (len(keys) + hidden, hidden)
    assert (
        set(row_keys(CODE, unit="02", period=YEAR, to=console_actor(), part="denominator")) >= online & keys
    )


def test_figures_are_whole_where_they_are_shown(grouped: list[DossierRow]) -> None:
    assert figure(CODE, unit="02", period=YEAR, to=READER).value == (
        figure(CODE, unit="02", period=YEAR, to=console_actor()).value
    )


def test_no_figure_over_few_hidden_rows_is_shown_or_left_over(grouped: list[DossierRow]) -> None:
    """In each month, what is shown of a unit less what is shown below it holds no or enough hidden rows."""
    withheld = 0
    for month in MONTHS:
        shown = {unit: figure(CODE, unit=unit, period=month, to=READER) for unit in UNITS}
        for unit, one in shown.items():
            hidden = hidden_of(grouped, unit, month)
            assert one.is_withheld or hidden == 0 or hidden >= LEAST
            withheld += one.is_withheld
        for unit in ("02", "024", "026"):
            if not shown[unit].is_withheld:
                left = hidden_of(grouped, unit, month) - shown_below(grouped, shown, unit, month=month)
                assert left == 0 or left >= LEAST
    assert 0 < withheld < len(MONTHS) * len(UNITS)


def shown_below(dossiers: list[DossierRow], shown: dict[str, Figure], unit: str, *, month: Period) -> int:
    """The hidden rows in figures that are shown below a unit, each row once."""
    return sum(
        shown_below(dossiers, shown, child.code, month=month)
        if shown[child.code].is_withheld
        else hidden_of(dossiers, child.code, month)
        for child in tree(date(2025, 6, 1))[unit].children
    )


def test_every_way_to_a_figure_withholds_the_same(grouped: list[DossierRow]) -> None:
    by_month = {month: figure(CODE, unit="00688", period=month, to=READER) for month in MONTHS}
    month = next(month for month, one in by_month.items() if one.is_withheld)
    single = by_month[month]
    assert (single.value, single.parts.denominator, single.withheld_below) == (None, 0, LEAST)
    assert dict(figure_by_child(CODE, unit="024", period=month, to=READER))["00688"].is_withheld
    assert figures_by_unit([CODE], units=["00688"], period=month, to=READER)[CODE]["00688"].is_withheld
    assert [one.is_withheld for one in trend(CODE, unit="00688", months=MONTHS, to=READER)] == [
        one.is_withheld for one in by_month.values()
    ]
    page = rows(CODE, unit="00688", period=month, to=READER)
    assert (page.total, page.hidden) == (None, None)


def test_values_of_a_column_do_not_give_a_small_one_away(grouped: list[DossierRow]) -> None:
    by = [Narrowing(column="officer", value=name) for name in ("Officer A", "Officer B", "")]
    shown = narrowed_figures([CODE], by, unit="00688", period=MONTHS[0], to=READER)
    hidden = {
        one: sum(
            row.channel == "online" and row.officer == one.value and row.unit_code == "00688"
            and MONTHS[0].contains(row.received_at.astimezone(LOCAL).date())
            for row in grouped
        )
        for one in by
    }  # fmt: skip
    assert all(shown[CODE, one].is_withheld or rows in (0, *range(LEAST, 99)) for one, rows in hidden.items())


def test_a_withheld_figure_is_neither_published_nor_read_by_its_receipt(grouped: list[DossierRow]) -> None:
    month = next(month for month in MONTHS if figure(CODE, unit="00688", period=month, to=READER).is_withheld)
    with pytest.raises(FigureWithheld):
        store(figure(CODE, unit="00688", period=month, to=READER), actor=READER)
    key = store(figure(CODE, unit="00688", period=month, to=console_actor()), actor=console_actor())
    assert get_stored_receipt(key, to=console_actor())["unit"] == "00688"
    with pytest.raises(NotFound):
        get_stored_receipt(key, to=READER)


def test_without_a_smallest_group_the_figure_is_refused(refused: list[DossierRow]) -> None:
    for question in (figure, rows, row_keys, figure_by_child):
        with pytest.raises(RowsNotVisible):
            question(CODE, unit="02", period=YEAR, to=READER)
    with pytest.raises(RowsNotVisible):
        flag_results(unit="02", period=YEAR, to=READER)
    assert figure(CODE, unit="02", period=YEAR, to=console_actor()).value


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1),
    st.integers(2, 6),
    st.booleans(),
)
def test_what_is_left_over_of_a_group_is_nothing_or_enough(
    hidden: dict[str, int], least: int, total_is_withheld: bool
) -> None:
    withheld = withheld_members(hidden, least=least, total_is_withheld=total_is_withheld)
    left = sum(hidden[member] for member in withheld)
    assert all(hidden[member] == 0 or hidden[member] >= least for member in hidden.keys() - withheld)
    assert left == 0 or left >= least or withheld == {member for member in hidden if hidden[member]}
    if not total_is_withheld and left == 0:
        assert not withheld

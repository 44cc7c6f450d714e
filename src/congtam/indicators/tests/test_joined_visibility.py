"""Columns of a joined fact are held to that fact's own visibility: nobody learns of a row that is hidden from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.dossiers.public import DossierRow, StepRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.scopes import unit_scope
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.queries import figures_by_child, figures_of_periods
from congtam.indicators.figures.trial import try_definition
from congtam.indicators.rows.listing import row_keys_at_version
from congtam.indicators.tests.conftest import drawn, store
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.org_units.public import tree
from congtam.testing.doors.warehouse import declared_otherwise, sync
from congtam.warehouse import public as warehouse
from congtam.warehouse.public import RowFilter

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
READER = Actor(username="reader", name="Reader", grants=(Grant(role=Role.CLERK, unit_code="02"),))
TEXT = """
- code: steps.of_online
  version: 1
  name: {vi: A, en: A}
  description: {vi: Mô tả, en: Described}
  wording: {counts: {vi: a, en: a}, out_of: {vi: b, en: b}}
  fact: dossier_steps
  kind: count
  period: finished_on
  counts: dossier.payment = 'online'
  better: none
  measure: steps
  source: test
  valid: {from: 2020-01-01}
"""
HIDDEN = st.tuples(
    st.sampled_from(["channel", "unit_code"]), st.sampled_from(["online", "desk", "00688", "024"])
)


@pytest.fixture
def steps(small_tree: None, working_days: None, warehouse_dir: Path) -> list[DossierRow]:
    """60 dossiers, each with a step that ended when it was received."""
    rows = [
        replace(one, steps=(StepRow(sequence=1, name="Tiếp nhận", finished_at=one.received_at),))
        for one in drawn(60)
    ]
    store(*rows)
    sync("dossier_steps", import_keys=["drawn"])
    return rows


@pytest.fixture
def joined(tmp_path: Path) -> Definition:
    """Steps of dossiers that were paid online."""
    file = tmp_path / "steps.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return read_definitions(file)[0]


@contextmanager
def hiding(column: str, value: str, *, least: int | None) -> Iterator[None]:
    """Dossiers with a value in a column are seen by the operator only; their steps by all."""

    def visible(actor: Actor) -> RowFilter:
        hidden = RowFilter(condition=f"{column} <> $value", parameters={"value": value})
        return RowFilter() if actor.is_console else hidden

    with declared_otherwise("dossiers", visible_sql=visible, smallest_group=least):
        yield


def hidden_codes(
    rows: list[DossierRow], unit: str, *, column: str, value: str, period: Period = YEAR
) -> set[str]:
    below = {node.code for node in tree(date(2025, 6, 1))[unit].walk()}
    return {
        f"{row.code}#1"
        for row in rows
        if getattr(row, column) == value
        and row.unit_code in below
        and period.contains(row.received_at.astimezone(LOCAL).date())
    }


def count(one: Definition, unit: str, period: Period = YEAR, *, to: Actor = READER) -> Figure:
    return figures_of_periods([one.code], unit=unit, periods=[period], to=to, drafts=[one])[period][one.code]


def listed(one: Definition, unit: str, part: str) -> set[str]:
    window, version = window_of(YEAR), warehouse.data_version(one.fact)
    return set(
        row_keys_at_version(one, window, unit_scope(unit, YEAR, None), part=part, version=version, to=READER)
    )


def is_refused(question: Callable[[], object]) -> bool:
    try:
        question()
    except RowsNotVisible:
        return True
    return False


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=HIDDEN, unit=st.sampled_from(["02", "024", "026", "00688"]))
def test_a_figure_and_its_rows_tell_nothing_of_a_hidden_joined_row(
    steps: list[DossierRow], joined: Definition, *, hidden: tuple[str, str], unit: str
) -> None:
    column, value = hidden
    keys = hidden_codes(steps, unit, column=column, value=value)
    with hiding(column, value, least=None):
        assert is_refused(lambda: count(joined, unit)) == bool(keys)
        assert is_refused(lambda: try_definition(joined, unit=unit, period=YEAR, to=READER)) == bool(keys)
        for part in ("numerator", "denominator", "rest"):
            assert not listed(joined, unit, part) & keys
        assert count(joined, unit, to=console_actor()).value is not None


def test_with_a_smallest_group_figures_over_few_are_withheld(
    steps: list[DossierRow], joined: Definition
) -> None:
    months = [Period.parse(f"2025-{month:02}") for month in range(1, 13)]
    withheld = 0
    with hiding("channel", "online", least=3):
        for month in months:
            one = count(joined, "02", month)
            hidden = len(hidden_codes(steps, "02", column="channel", value="online", period=month))
            assert one.is_withheld == (0 < hidden < 3)
            withheld += one.is_withheld
        by_child = figures_by_child([joined.code], unit="02", period=months[0], to=READER, drafts=[joined])
        assert {one.withheld_below for _, one in by_child[joined.code]} <= {None, 3}
        assert not listed(joined, "02", "denominator") & hidden_codes(
            steps, "02", column="channel", value="online"
        )
    assert withheld


def test_what_names_no_joined_column_stays_as_it_is(steps: list[DossierRow], joined: Definition) -> None:
    plain = replace(joined, counts="step_code is not null")
    with hiding("channel", "online", least=None):
        assert count(plain, "02").value == count(plain, "02", to=console_actor()).value
        assert len(listed(plain, "02", "denominator")) == len(steps)

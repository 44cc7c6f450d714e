"""Figures of the rows alone that say one thing in one column: counted as by hand, stored, and counted again."""

from __future__ import annotations

from datetime import datetime

import pytest

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.public import Narrowing, narrowed_figures, recount
from congtam.indicators.public import store as store_receipt
from congtam.indicators.tests.conftest import store
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
CODES = ("dossiers.received", "dossiers.late", "dossiers.on_time_rate")


def test_they_are_counted_as_by_hand_and_add_up(dossiers: list[DossierRow]) -> None:
    officers = [Narrowing(column="officer", value=name) for name in ("Officer A", "Officer B", "")]
    found = narrowed_figures(CODES, officers, unit="02", period=YEAR, to=console_actor())
    for by in officers:
        own = [row for row in dossiers if row.officer == by.value]
        assert found["dossiers.received", by].value == sum(_is_of_year(row.received_at) for row in own)
        assert found["dossiers.late", by].value == sum(
            _is_of_year(row.finished_at) and row.due_at is not None and row.finished_at > row.due_at
            for row in own
            if row.finished_at
        )


def test_the_rest_is_counted_and_has_a_receipt(dossiers: list[DossierRow]) -> None:
    """“n other rows” of a table: what its other rows do not hold."""
    listed = [Narrowing(column="officer", value=name) for name in ("Officer A", "")]
    rest = Narrowing(column="officer", excluded=("Officer A", ""))
    found = narrowed_figures(CODES, [*listed, rest], unit="02", period=YEAR, to=console_actor())
    all_received = sum(_is_of_year(row.received_at) for row in dossiers)
    assert sum(found["dossiers.received", by].numerator for by in (*listed, rest)) == all_received
    assert found["dossiers.received", rest].numerator == sum(
        _is_of_year(row.received_at) for row in dossiers if row.officer not in {"Officer A", ""}
    )
    again = recount(store_receipt(found["dossiers.late", rest], actor=console_actor()), to=console_actor())
    assert (again.stored["code"], again.is_same) == ('dossiers.late[officer not in ["Officer A", ""]]', True)


def _is_of_year(at: datetime) -> bool:
    return YEAR.contains(at.astimezone(LOCAL).date())


def test_many_are_counted_in_several_passes(dossiers: list[DossierRow]) -> None:
    officers = [Narrowing(column="officer", value=f"Officer {number}") for number in range(30)]
    found = narrowed_figures(CODES, officers, unit="02", period=YEAR, to=console_actor())
    assert {figure.numerator for figure in found.values()} == {0}
    assert len(found) == 90


def test_a_receipt_says_which_rows_and_is_counted_again(dossiers: list[DossierRow]) -> None:
    by = Narrowing(column="officer", value="Officer A")
    figure = narrowed_figures(CODES, [by], unit="02", period=YEAR, to=console_actor())["dossiers.late", by]
    key = store_receipt(figure, actor=console_actor())
    again = recount(key, to=console_actor())
    assert (again.stored["code"], again.is_same) == ("dossiers.late[officer=Officer A]", True)


def test_a_value_is_never_read_as_sql(dossiers: list[DossierRow]) -> None:
    odd = "O'Hara') OR 1=1 -- [x]"
    row = next(one for one in dossiers if one.officer == "Officer A")
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    store(DossierRow(**{**values, "code": "ODD", "officer": f" {odd} "}), import_key="odd")
    by = Narrowing(column="officer", value=odd)
    figure = narrowed_figures(CODES, [by], unit="02", period=YEAR, to=console_actor())[
        "dossiers.received", by
    ]
    assert figure.value == 1
    assert recount(store_receipt(figure, actor=console_actor()), to=console_actor()).is_same

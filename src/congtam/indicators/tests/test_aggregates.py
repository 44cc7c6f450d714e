"""Every kind of indicator, counted by the engine and row by row as the specification says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from congtam.dossiers.public import DossierRow
from congtam.indicators.compiling.conditions import check_definition
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.lake import count
from congtam.indicators.counting.month_sums import month_sums
from congtam.indicators.counting.scopes import unit_scope
from congtam.indicators.definitions.shipped import definition, vocabulary
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.kinds import ADDITIVE, Kind
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.language.aggregates import AggregatedRow, aggregate
from congtam.indicators.language.interpreter import Interpreter
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse
from congtam.work_calendar.public import working_calendar

PERIOD: Final = Period.parse("2025-02-10..2025-08-01")
BASE: Final = definition("dossiers.on_time_rate")
FEES: Final = {"value": "fee_dong", "out_of": "received_on is not null"}
HOURS: Final = {"value": "working_hours(received_at, finished_at)"}
CASES: Final[list[dict[str, Any]]] = [
    {"kind": Kind.RATE},
    {"kind": Kind.COUNT},
    {"kind": Kind.SUM, **FEES},
    {"kind": Kind.SUM, "value": "fee_dong / 7 + supplement_count", "counts": "channel = 'online'"},
    {"kind": Kind.MEAN, "value": "working_days", "counts": "true"},
    {"kind": Kind.MEAN, **HOURS, "counts": "true"},
    {"kind": Kind.RATIO, **FEES, "counts": "payment = 'online'", "per": "fee_dong"},
    {"kind": Kind.RATIO, "value": "supplement_count", "per": "1.5", "counts": "true"},
    {"kind": Kind.MEDIAN, "value": "working_days", "counts": "true"},
    {"kind": Kind.QUANTILE, "value": "working_days", "quantile": "0.9", "counts": "true"},
    {"kind": Kind.QUANTILE, **HOURS, "quantile": "0.25", "counts": "true"},
    {"kind": Kind.MINIMUM, **HOURS, "counts": "true"},
    {"kind": Kind.MAXIMUM, "value": "date_diff('day', received_at, finished_at)", "counts": "true"},
    {"kind": Kind.DISTINCT, "value": "officer", "counts": "true"},
    {"kind": Kind.DISTINCT, "value": "received_on", "counts": "channel = 'online'"},
    {"kind": Kind.DISTINCT_RATE, "value": "received_on", "counts": "channel = 'online'"},
]
DEFINITIONS: Final = [
    replace(BASE, **{"out_of": "finished_at is not null", "value": ""} | case, code=f"tests.case_{number}")
    for number, case in enumerate(CASES)
]


def by_specification(one: Definition, rows: list[dict[str, Any]]) -> tuple[Any, Any, Any]:
    """Numerator, denominator and value, from every row of the period."""
    checked = check_definition(one, vocabulary(warehouse.fact(one.fact)))
    aggregated = []
    for row in rows:
        interpreter = Interpreter(row=row, calendar=working_calendar())
        needed = [interpreter.evaluate(part) for part in (checked.value, checked.per) if part is not None]
        if interpreter.evaluate(checked.out_of) is True and None not in needed:
            does_count = interpreter.evaluate(checked.counts) is True
            aggregated.append(AggregatedRow(does_count, *needed))
    return aggregate(one.kind, aggregated, quantile=one.quantile)


@pytest.fixture
def rows(dossiers: list[DossierRow]) -> list[dict[str, Any]]:
    """The rows of the period as the warehouse has them."""
    sql = f"SELECT * FROM {warehouse.relation_sql('dossiers')} WHERE {BASE.period} >= $start AND {BASE.period} < $end"  # noqa: S608
    bounds = {"start": PERIOD.start.isoformat(), "end": PERIOD.end.isoformat()}
    listed: list[dict[str, Any]] = warehouse.query_arrow(sql, bounds).to_pylist()
    return listed


def test_the_engine_counts_as_the_specification_says(rows: list[dict[str, Any]]) -> None:
    window, scope = window_of(PERIOD), unit_scope("02", PERIOD, None)
    counted = count(DEFINITIONS, [window], scope, version=warehouse.data_version("dossiers"))[window]
    for one in DEFINITIONS:
        parts = counted[one.code]["02"]
        figure = Figure(
            definition=one, unit="02", period=PERIOD, map_on=None, as_of=window.as_of, data_version=1,
            scope_digest=scope.digest, parts=parts,
        )  # fmt: skip
        assert (parts.numerator, parts.denominator, figure.value) == by_specification(one, rows), one
        assert parts.denominator_rows.text != "0" * 32
        assert figure.value is not None


def test_additive_kinds_add_up_over_units_and_months(dossiers: list[DossierRow]) -> None:
    year = Period.parse("2025")
    version = warehouse.data_version("dossiers")
    additive = [one for one in DEFINITIONS if one.kind in ADDITIVE and one.has_cells]
    sums = month_sums(additive, warehouse.relation_sql("dossiers", version))
    window = window_of(year)
    counted = count(additive, [window], unit_scope("02", year, None), version=version)[window]
    for one in additive:
        total = Parts()
        for (key, _unit, month), parts in sums.items():
            if key == f"{one.code}@{one.version}" and year.contains(month):
                total += parts
        assert total == counted[one.code]["02"]


def test_a_sum_of_decimals_does_not_depend_on_the_order(rows: list[dict[str, Any]]) -> None:
    one = DEFINITIONS[3]
    numerators = {by_specification(one, order)[0] for order in (rows, rows[::-1])}
    assert len(numerators) == 1
    assert isinstance(numerators.pop(), Decimal)

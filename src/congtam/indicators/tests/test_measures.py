"""Units of measure: what does not add up is refused, with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congtam.indicators.definitions.shipped import all_definitions, vocabulary
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.measures import MEASURES, measure_problems
from congtam.indicators.language.expressions import check, problems
from congtam.indicators.tests.test_compiler import ANSWERED
from congtam.warehouse.public import fact, facts


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("working_days + suspended_seconds > 5", 16),
        ("date_diff('day', received_at, due_at) < date_diff('minute', received_at, due_at)", 41),
        ("fee_dong in (1, working_days)", 17),
        ("case when true then due_on - received_on else working_hours(received_at, due_at) end = 1", 47),
        ("finished_at is not null and least(working_days, fee_dong) > 1", 49),
    ],
)
def test_different_units_do_not_meet(text: str, column: int) -> None:
    found = problems(text, vocabulary(fact("dossiers")))
    assert [(one.code, one.column) for one in found] == [("expression.measures_differ", str(column))]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("working_days - limit_working_days", "working_days"),
        ("coalesce(fee_dong, 0)", "dong"),
        (
            "date_diff('day', received_at, due_at) * 1440 + date_diff('minute', received_at, due_at)",
            "minutes",
        ),
        ("due_on - received_on", "days"),
        ("fee_dong / working_days", ""),
        ("round(working_hours(received_at, due_at), 1)", "working_hours"),
    ],
)
def test_the_unit_of_an_expression(text: str, measure: str) -> None:
    assert check(text, vocabulary(fact("dossiers")), wants=None).measure == measure


@pytest.mark.parametrize(
    ("change", "value", "said"),
    [
        ({"kind": Kind.SUM, "measure": "share"}, "", "shares cannot be added up"),
        ({"kind": Kind.MEAN, "measure": "working_days"}, "seconds", "not in “working_days”"),
        ({"kind": Kind.RATE, "measure": "dossiers"}, "", "is a share"),
        ({"kind": Kind.COUNT, "measure": "working_days"}, "", "counts things"),
        ({"kind": Kind.RATIO, "measure": "dong"}, "dong", "their ratio is a “share”"),
        ({"measure": "shares"}, "", "not a unit of measure"),
    ],
)
def test_a_kind_that_does_not_go_with_its_unit_is_refused(
    change: dict[str, object], value: str, said: str
) -> None:
    (problem,) = measure_problems(replace(ANSWERED, **change), value=value, per=value)  # type: ignore[arg-type]
    assert said in problem.format_message()


def test_what_is_shipped_and_declared_has_units_that_are_known() -> None:
    assert {one.measure for one in all_definitions()} <= set(MEASURES)
    declared = {column.measure for one in facts() for column in one.columns}
    assert declared - {""} <= set(MEASURES)
    for one in all_definitions():
        value = check(one.value, vocabulary(fact(one.fact)), wants=None).measure if one.value else ""
        assert not list(measure_problems(one, value=value, per=""))

"""Parameters are dated rows with a decision; expressions look them up by the unit of a row and a day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.cli import indicators_command
from congtam.indicators.counting.set_values import value_on, value_spans
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.definitions.checking import read_checked
from congtam.indicators.definitions.shipped import vocabulary
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.queries import figures_of_periods
from congtam.indicators.language.expressions import check
from congtam.indicators.language.interpreter import Interpreter
from congtam.indicators.models import SetParameter
from congtam.indicators.targets.parameters import (
    ParameterEntry,
    list_parameters,
    set_parameters,
    withdraw_parameter,
)
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast
from congtam.warehouse import public as warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
YEAR = Period.parse("2025")
TEXT = """
- code: dossiers.over_threshold
  version: 1
  name: {vi: A, en: A}
  description: {vi: Mô tả, en: Described}
  wording: {counts: {vi: a, en: a}, out_of: {vi: b, en: b}}
  fact: dossiers
  kind: count
  period: received_on
  counts: fee_dong >= parameter('least_fee', received_on)
  better: none
  measure: dossiers
  source: test
  valid: {from: 2020-01-01}
"""


@pytest.fixture
def over(tmp_path: Path) -> Definition:
    """Dossiers whose fee is at least what was set."""
    file = tmp_path / "over.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return read_definitions(file)[0]


def entry(**changes: Any) -> ParameterEntry:
    content: dict[str, Any] = {
        "code": "least_fee",
        "name": "Mức phí tối thiểu",
        "measure": "dong",
        "value": Decimal(1),
        "decision": "QĐ 5/QĐ-UBND",
        "decided_on": date(2024, 12, 1),
        "since": date(2025, 3, 1),
        "unit_code": "024",
    }
    return ParameterEntry(**(content | changes))


def put(*entries: ParameterEntry) -> list[SetParameter]:
    return set_parameters(entries, actor=console_actor())


def count(one: Definition, unit: str = "02", period: Period = YEAR) -> Figure:
    return figures_of_periods([one.code], unit=unit, periods=[period], to=console_actor(), drafts=[one])[
        period
    ][one.code]


def test_the_engine_counts_what_the_language_says(dossiers: list[DossierRow], over: Definition) -> None:
    put(
        entry(),
        entry(unit_code="00688", value=Decimal(60_000), since=date(2025, 6, 15), until=date(2025, 9, 1)),
        entry(unit_code="", unit_kind="department", value=Decimal(50_000), since=date(2025, 2, 1)),
    )
    expression = check(over.counts, vocabulary(warehouse.fact("dossiers")))
    spans = value_spans("least_fee")
    expected = 0
    for row in dossiers:
        day = row.received_at.astimezone(LOCAL).date()

        def set_values(_code: str, on: date, unit: str = row.unit_code) -> Decimal | None:
            value = value_on(spans, unit, on)
            return None if value is None else Decimal(str(value))

        interpreter = Interpreter(row={"fee_dong": row.fee_dong, "received_on": day}, set_values=set_values)
        expected += YEAR.contains(day) and interpreter.evaluate(expression) is True
    assert 0 < expected == count(over).value


def test_the_nearest_row_in_force_decides_and_others_units_have_none(small_tree: None) -> None:
    put(entry(), entry(unit_code="00688", value=Decimal(9), since=date(2025, 6, 1), until=date(2025, 9, 1)))
    spans = value_spans("least_fee")
    days = {date(2025, 2, 28): None, date(2025, 3, 1): 1, date(2025, 6, 1): 9, date(2025, 9, 1): 1}
    assert {day: value_on(spans, "00688", day) for day in days} == days
    assert value_on(spans, "026", date(2025, 7, 1)) is None
    assert value_on(spans, "02", date(2025, 7, 1)) is None


def test_a_change_is_seen_in_the_receipt(dossiers: list[DossierRow], over: Definition) -> None:
    assert count(over).value == 0
    (row,) = put(entry(unit_code="02"))
    before = count(over)
    withdraw_parameter(row.key, actor=console_actor())
    put(entry(unit_code="02", value=Decimal(2)))
    after = count(over)
    assert before.value == after.value != 0
    assert before.digest != after.digest
    assert (
        before.receipt["further_sources"]["parameter.least_fee"]
        != (after.receipt["further_sources"]["parameter.least_fee"])
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"code": "Least Fee"}, "code", id="code"),
        pytest.param({"measure": "pounds"}, "measure", id="measure"),
        pytest.param({"decision": " "}, "decision", id="no decision"),
        pytest.param({"until": date(2023, 1, 1)}, "until", id="ends first"),
        pytest.param({"unit_code": ""}, "unit", id="for nobody"),
        pytest.param({"unit_code": "nowhere"}, "unit", id="unknown unit"),
    ],
)
def test_a_mistake_is_refused_at_its_field(small_tree: None, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        put(entry(), entry(**{"since": date(2024, 1, 1), "until": date(2025, 3, 1), **changes}))
    assert field in {problem.column for problem in refused.value.problems}
    assert list_parameters() == []


def test_overlaps_and_other_measures_are_refused(small_tree: None) -> None:
    put(entry())
    for changes in ({"since": date(2026, 1, 1)}, {"measure": "days", "unit_code": "026"}):
        with pytest.raises(InputRefused):
            put(entry(**changes))


def test_who_may_set_what(small_tree: None) -> None:
    officer = Actor(username="o", name="O", grants=(Grant(role=Role.REFORM_OFFICER, unit_code="024"),))
    clerk = replace(officer, grants=(Grant(role=Role.CLERK, unit_code="024"),))
    assert set_parameters([entry()], actor=officer)
    with pytest.raises(NotFound):
        set_parameters([entry(unit_code="026")], actor=officer)
    with pytest.raises(NotAllowed):
        set_parameters([entry(since=date(2020, 1, 1), until=date(2021, 1, 1))], actor=clerk)


def test_a_definition_names_parameters_that_are_set(small_tree: None, tmp_path: Path) -> None:
    file = tmp_path / "over.yaml"
    file.write_text(TEXT.replace("least_fee", "least_fees"), encoding="utf-8")
    put(entry())
    with pytest.raises(InputRefused) as refused:
        read_checked(file)
    (problem,) = refused.value.problems
    assert (problem.code, problem.row) == ("expression.parameter_unknown", 10)
    assert problem.format_advice(str) == "Did you mean least_fee?"
    file.write_text(TEXT, encoding="utf-8")
    assert read_checked(file)


def test_a_file_of_parameters_is_entered_whole_or_not(small_tree: None, tmp_path: Path) -> None:
    file = tmp_path / "parameters.yaml"
    row = (
        "- {code: most_days, name: Số ngày, measure: working_days, value: 5, unit: '024', from: 2025-01-01, "
    )
    file.write_text(
        f"{row}decision: QĐ 1, decided_on: 2024-12-01}}\n{row}decision: '', decided_on: 2024-12-01}}"
    )
    ask = ["parameters", "import", str(file), "--json"]
    refused = CliRunner().invoke(indicators_command, ask)
    assert (refused.exit_code, json.loads(refused.stdout)["problems"][0]["row"]) == (3, 2)
    file.write_text(f"{row}decision: QĐ 1, decided_on: 2024-12-01}}")
    assert json.loads(CliRunner().invoke(indicators_command, ask).stdout) == {"entered": 1, "problems": []}
    listed = json.loads(CliRunner().invoke(indicators_command, ["parameters", "list", "--json"]).stdout)
    assert [(one["code"], one["value"], one["unit"]) for one in listed] == [("most_days", 5.0, "024")]


def test_the_page_sets_and_withdraws(small_tree: None, cast: Cast, client_for: SignIn) -> None:
    officer, clerk = client_for(cast.reform_officer), client_for(cast.clerk)
    form = {
        "code": "most_days", "name": "Số ngày", "measure": "working_days", "value": "5", "unit": "024",
        "decision": "QĐ 1", "decided_on": "2024-12-01", "since": "2025-01-01", "until": "2025-12-31",
    }  # fmt: skip
    assert officer.post("/figures/parameters/", form | {"decision": ""}).status_code == 400
    assert officer.post("/figures/parameters/", form).status_code == 302
    page = officer.get("/figures/parameters/").content.decode()
    assert "most_days" in page
    assert "31/12/2025" in page
    assert 'id="set-parameter"' not in clerk.get("/figures/parameters/").content.decode()
    key = SetParameter.objects.get().key
    assert officer.post(f"/figures/parameters/{key}/withdraw/").status_code == 302
    assert list_parameters() == []

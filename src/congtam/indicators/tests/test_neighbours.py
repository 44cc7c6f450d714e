"""Columns of a joined fact, and of the row before and after in the same group."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.compiling.conditions import statement
from congtam.indicators.counting.sources import derived_relation
from congtam.indicators.definitions.shipped import vocabulary
from congtam.indicators.language.expressions import check, problems
from congtam.indicators.language.interpreter import Interpreter
from congtam.warehouse import public as warehouse

TEXTS: Final = (
    "previous(step_code)",
    "next(office) is distinct from office",
    "dossier.channel",
    "dossier.fee_dong > 0 and previous(officer) is not null",
)
STEPS: Final = st.lists(
    st.fixed_dictionaries(
        {
            "dossier_code": st.sampled_from(["A", "B"]),
            "sequence": st.none() | st.integers(1, 3),
            "step_code": st.none() | st.sampled_from("xyz"),
            "office": st.none() | st.sampled_from("pq"),
            "officer": st.none() | st.sampled_from("mn"),
        }
    ),
    min_size=1,
    max_size=6,
)
DOSSIERS: Final = {"A": {"channel": "online", "fee_dong": 5}}


def relation(rows: list[dict[str, Any]], types: dict[str, str]) -> str:
    """DuckDB SQL of rows; texts are without quotes."""
    selects = [
        ", ".join(
            f"CAST({'NULL' if row[name] is None else repr(row[name])} AS {kind}) AS {name}"
            for name, kind in types.items()
        )
        for row in rows
    ]
    return f"({' UNION ALL '.join(f'SELECT {one}' for one in selects)})"


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_the_engine_looks_where_the_language_looks(rows: list[dict[str, Any]]) -> None:
    """Rows without a place come last; of two with the same place the one with the lesser key is first."""
    fact = warehouse.fact("dossier_steps")
    steps = [row | {"code": str(number)} for number, row in enumerate(rows)]
    expressions = [check(text, vocabulary(fact), wants=None) for text in TEXTS]
    compiled = statement(exp.select("code", *[adapt_to_engine(one) for one in expressions]))
    base = relation(steps, {name: "INTEGER" if name == "sequence" else "VARCHAR" for name in steps[0]})
    dossiers = relation(
        [{"code": "A", **DOSSIERS["A"]}], {"code": "VARCHAR", "channel": "VARCHAR", "fee_dong": "BIGINT"}
    )
    source = derived_relation(base, fact, compiled.derived, joined={"dossier": dossiers})
    engine = {row[0]: list(row[1:]) for row in warehouse.query(f"{compiled.sql} FROM {source}")}
    for row in steps:
        group = sorted(
            (one for one in steps if one["dossier_code"] == row["dossier_code"]),
            key=lambda one: (one["sequence"] is None, one["sequence"] or 0, one["code"]),
        )
        place = group.index(row)
        joined = DOSSIERS.get(row["dossier_code"], {"channel": None, "fee_dong": None})
        interpreter = Interpreter(
            row=row | {f"dossier.{name}": value for name, value in joined.items()},
            before=group[place - 1] if place else None,
            after=group[place + 1] if place + 1 < len(group) else None,
        )
        assert engine[row["code"]] == [interpreter.evaluate(one) for one in expressions]


@pytest.mark.parametrize(
    ("fact", "text", "code"),
    [
        ("dossier_steps", "dosier.channel = 'online'", "not_joined"),
        ("dossier_steps", "dossier.chanel = 'online'", "unknown_column"),
        ("dossier_steps", "previous(lower(office)) = 'x'", "column_needed"),
        ("dossiers", "previous(state) = 'x'", "not_ordered"),
        ("dossiers", "steps.office = 'x'", "qualified"),
    ],
)
def test_mistakes_are_refused(fact: str, text: str, code: str) -> None:
    found = problems(text, vocabulary(warehouse.fact(fact)))
    assert [one.code for one in found] == [f"expression.{code}"]

"""Whatever the check lets through, the engine can run; whatever a person types, the check answers."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.language.expressions import check, problems
from congtam.indicators.tests.test_expressions import WORDS
from congtam.warehouse.public import query

TYPES = {
    "true or false": "BOOLEAN",
    "a number": "BIGINT",
    "a text": "VARCHAR",
    "a date": "DATE",
    "an instant": "TIMESTAMPTZ",
}
EXTREMES = {
    "BOOLEAN": ("true", "false"),
    "BIGINT": ("9223372036854775807", "'-9223372036854775808'"),
    "VARCHAR": ("''", "'Ỷ'"),
    "DATE": ("date '0001-01-01'", "date '9999-12-31'"),
    "TIMESTAMPTZ": ("timestamptz '0001-01-01 00:00:00+07'", "timestamptz '9999-12-31 23:59:59+07'"),
}
"""The ends of what an import lets through; a row of neither is all NULL."""


def row(end: int | None) -> str:
    """A SELECT of one row with every column."""
    kinds = {name: TYPES[kind] for name, kind in WORDS.columns.items()}
    values = {name: "NULL" if end is None else EXTREMES[kind][end] for name, kind in kinds.items()}
    return "SELECT " + ", ".join(f"{values[name]}::{kinds[name]} AS {name}" for name in kinds)


ROWS = " UNION ALL ".join(row(end) for end in (None, 0, 1))
PARAMETERS = {"as_of": "2025-07-01 00:00:00+07", "period_start": "2025-01-01", "period_end": "2025-07-01"}

ATOMS = st.sampled_from(
    [
        *sorted(set(WORDS.columns) - WORDS.personal),
        "5", "0.5", "'online'", "true", "null", "date '2025-07-01'", "interval '1 hour'",
        ":as_of", ":period_start", ":period_end",
    ]
)  # fmt: skip
OPERATORS = st.sampled_from(
    ["=", "<>", "<", ">=", "and", "or", "+", "-", "*", "/", "%", "is not distinct from"]
)
CALLS = st.sampled_from(
    [
        "not ({0})", "abs({0})", "lower({0})", "length({0})", "round({0}, 1)", "coalesce({0}, {1})", "least({0}, {1})",
        "extract(hour from {0})", "date_diff('day', {0}, {1})", "date_trunc('month', {0})", "cast({0} as date)",
        "cast({0} as varchar)", "({0}) is null", "{0} in ({1}, {1})", "{0} between {1} and {1}",
        "case when {0} then {1} else {1} end", "-({0})",
    ]
)  # fmt: skip
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds(lambda call, *parts: call.format(*parts), CALLS, inner, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=500)
@given(EXPRESSIONS)
@example("cast((:as_of + interval '1 hour') as date)")
@example("fee_dong * fee_dong = 1")
@example("abs(fee_dong) + 1 > fee_dong % -1")
@example("fee_dong % 0 = fee_dong / 0")
@example("finished_at + interval '100 years' > due_at")
@example("finished_at - interval '36600 days' > due_at")
def test_an_accepted_expression_runs(text: str) -> None:
    if problems(text, WORDS, wants=None):
        return
    tree = adapt_to_engine(check(text, WORDS, wants=None))
    sql = f"SELECT {tree.sql('duckdb')} FROM ({ROWS})"  # noqa: S608 - the point of the test
    used = {name: value for name, value in PARAMETERS.items() if f"${name}" in sql}
    try:
        query(f"SELECT count(x) FROM ({sql} AS r) AS t(x)", used)  # noqa: S608
    except duckdb.Error as error:
        pytest.fail(f"accepted, but the engine refuses it: {text}\n{sql}\n{error}")


@settings(max_examples=300)
@given(st.text(max_size=60))
@example("@")
def test_any_text_is_answered(text: str) -> None:
    for problem in problems(text, WORDS):
        assert problem.format_message()
        assert (problem.row or 0) >= 1


@settings(max_examples=300)
@given(st.text(alphabet="()'\"-;:$?[]{}*/\\ \n\0andornotcasewhenselectfrom1.,", max_size=120))
def test_any_code_like_text_is_answered(text: str) -> None:
    assert isinstance(problems(text, WORDS), list)


def test_a_row_beyond_what_integers_hold_counts_nowhere() -> None:
    tree = adapt_to_engine(check("fee_dong * fee_dong > 0 or fee_dong is null", WORDS))
    rows = query(f"SELECT {tree.sql('duckdb')} FROM ({ROWS}) AS r", {})  # noqa: S608
    assert [value for (value,) in rows] == [True, None, None]

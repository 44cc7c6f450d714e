"""The engine gives what the language says: random expressions over random rows, worked out both ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any, Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.domain.vocabulary import Family, Vocabulary
from congtam.indicators.language.expressions import Expression, check, problems
from congtam.indicators.language.interpreter import Interpreter, Span
from congtam.kernel.clock import LOCAL
from congtam.warehouse.public import connection

TYPES: Final = {
    "received_at": "timestamp",
    "due_at": "timestamp",
    "received_on": "date",
    "due_on": "date",
    "channel": "text",
    "note": "text",
    "fee_dong": "bigint",
    "supplement_count": "integer",
    "area": "double",
    "is_digitised": "boolean",
    "is_paid": "boolean",
}
ENGINE_TYPES: Final = {
    "timestamp": "TIMESTAMPTZ",
    "date": "DATE",
    "text": "VARCHAR",
    "bigint": "BIGINT",
    "integer": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
}
VOCABULARY: Final = Vocabulary.of_columns("dossiers", TYPES)
PARAMETERS: Final[dict[str, Any]] = {
    "as_of": datetime(2025, 7, 1, tzinfo=LOCAL),
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 7, 1),
}

# -- rows: missing values, ties, zones, and both ends of what imports let through ----------------------------
INSTANTS: Final = st.one_of(
    st.sampled_from(
        [
            datetime(2025, 7, 1, 0, 0, tzinfo=LOCAL),
            datetime(2025, 6, 30, 17, 0, tzinfo=UTC),
            datetime(2025, 6, 30, 12, 0, tzinfo=timezone(timedelta(hours=-5))),
            datetime(2025, 6, 30, 23, 59, 59, 999999, tzinfo=LOCAL),
            datetime(2024, 2, 29, 12, 30, tzinfo=LOCAL),
            datetime(1, 1, 2, tzinfo=UTC),
            datetime(9999, 12, 31, 16, 59, 59, tzinfo=UTC),
        ]
    ),
    st.integers(631152000, 2208988800).map(lambda second: datetime.fromtimestamp(second, UTC)),
)
DAYS: Final = st.one_of(
    st.sampled_from([date(2025, 7, 1), date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
)
TEXTS: Final = st.sampled_from(
    [
        "",
        "online",
        "desk",
        "Ỷ",
        "Đường  Huệ",
        "đuong hue",
        "12",
        "-7.5",
        "true",
        "2025-07-01",
        "2025-07-01 08:00+07",
    ]
)
WHOLE: Final = st.sampled_from([0, 1, -1, 7, 500_000, 2**63 - 1, -(2**63), 10**15])
SMALL: Final = st.sampled_from([0, 1, -3, 2**31 - 1, -(2**31)])
DOUBLES: Final = st.sampled_from([0.0, 0.5, -2.25, 1e15, 1 / 3, 1e300, float("nan"), float("inf")])
VALUES: Final = {
    "timestamp": INSTANTS,
    "date": DAYS,
    "text": TEXTS,
    "bigint": WHOLE,
    "integer": SMALL,
    "double": DOUBLES,
    "boolean": st.booleans(),
}
ROWS: Final = st.fixed_dictionaries({name: st.none() | VALUES[kind] for name, kind in TYPES.items()})

# -- expressions, well-typed ---------------------------------------------------------------------------------
ATOMS: Final = {
    "number": ["fee_dong", "supplement_count", "area", "1", "0", "3", "0.5", "2.000001", "1e3", "10000000000", "-5",
        "null"],
    "text": ["channel", "note", "'online'", "''", "'Đường'", "'7'", "null"],
    "day": ["received_on", "due_on", "date '2025-07-01'", ":period_start", ":period_end"],
    "instant": ["received_at", "due_at", ":as_of", "cast('2025-07-01 08:00:00+07' as timestamptz)"],
    "span": ["interval '1 hour'", "interval '40 day'", "interval '13 month'", "interval '-1' week",
        "interval '99 year'"],
    "condition": ["is_digitised", "is_paid", "true", "false", "null"],
    "unit": ["second", "minute", "hour", "day", "week", "month", "quarter", "year"],
    "part": ["isodow", "dow", "doy", "second", "minute", "hour", "day", "week", "month", "quarter", "year"],
    "choice": ["coalesce", "least", "greatest"],
    "operator": ["+", "-", "*", "/", "%"],
    "sign": ["+", "-"],
    "comparison": ["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"],
}  # fmt: skip
_OF_ANY: Final = [
    "({0} COMPARISON {0})",
    "({0} in ({0}, {0}))",
    "({0} between {0} and {0})",
    "({0} is null)",
    "({0} is not null)",
]
TEMPLATES: Final = {
    "number": [
        "({number} {operator} {number})", "abs({number})", "-({number})", "round({number})", "round({number}, 2)",
        "round({number}, -2)", "{choice}({number}, {number})", "case when {condition} then {number} else {number} end",
        "extract({part} from {instant})", "extract({part} from {day})", "date_diff('{unit}', {day}, {day})",
        "date_diff('{unit}', {instant}, {instant})", "year({instant})", "quarter({day})", "month({instant})",
        "day({day})",
        "length({text})", "({day} - {day})", "cast({number} as int)", "cast({number} as bigint)",
        "cast({number} as double)", "cast({text} as double)", "cast({text} as bigint)", "cast({condition} as int)",
    ],
    "text": [
        "lower({text})", "folded({text})", "{choice}({text}, {text})", "cast({number} as varchar)",
        "cast({day} as varchar)", "cast({instant} as varchar)", "cast({condition} as varchar)",
        "case when {condition} then {text} end",
    ],
    "day": [
        "({day} {sign} {span})", "cast({instant} as date)", "cast({text} as date)", "date_trunc('{unit}', {day})",
        "{choice}({day}, {day})", "case when {condition} then {day} end",
    ],
    "instant": [
        "({instant} {sign} {span})", "cast({day} as timestamptz)", "cast({text} as timestamptz)",
        "date_trunc('{unit}', {instant})", "{choice}({instant}, {instant})",
    ],
    "span": ["({instant} - {instant})", "({span} {sign} {span})"],
    "condition": [
        *(
            one.replace("COMPARISON", "{comparison}").replace("{0}", f"{{{kind}}}")
            for one in _OF_ANY
            for kind in ("number", "text", "day", "instant", "span", "condition")
        ),
        "({condition} and {condition})", "({condition} or {condition})", "(not {condition})", "({condition} is true)",
        "({condition} is not false)", "starts_with({text}, {text})", "contains({text}, {text})",
        "cast({number} as boolean)", "cast({text} as boolean)",
    ],
}  # fmt: skip
PLACE: Final = re.compile(r"{(\w+)}")


@cache
def texts_of(kind: str, depth: int) -> st.SearchStrategy[str]:
    """Expressions of one kind, of at most so many levels."""
    atoms = st.sampled_from(ATOMS[kind])
    if not depth or kind not in TEMPLATES:
        return atoms
    return atoms | st.sampled_from(TEMPLATES[kind]).flatmap(lambda template: filled(template, depth - 1))


@cache
def filled(template: str, depth: int) -> st.SearchStrategy[str]:
    """A template with expressions in its places."""
    parts = st.tuples(*(texts_of(kind, depth) for kind in PLACE.findall(template)))
    form = PLACE.sub("{}", template)
    return parts.map(lambda held: form.format(*held))


EXPRESSIONS: Final = st.sampled_from(sorted(TEMPLATES)).flatmap(lambda kind: texts_of(kind, 3))


ROW: Final[dict[str, Any]] = dict.fromkeys(TYPES)
JULY: Final = datetime(2025, 7, 1, tzinfo=LOCAL)
JUNE: Final = datetime(2016, 6, 1, 10, 10, 37, tzinfo=UTC)


def by_engine(expressions: Sequence[Expression], rows: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """The values of expressions for each row, from the engine."""
    casts = ", ".join(f"CAST(? AS {ENGINE_TYPES[kind]}) AS {name}" for name, kind in TYPES.items())
    values = [
        one.isoformat() if isinstance(one := row[name], date) else one for row in rows for name in TYPES
    ]
    table = " UNION ALL ".join(f"SELECT {number} AS number, {casts}" for number in range(len(rows)))
    shown = ", ".join(_shown(one) for one in expressions)
    sql = f"SELECT {shown} FROM ({table}) ORDER BY number"  # noqa: S608 - the point of the test
    for name, value in PARAMETERS.items():
        sql = sql.replace(f"${name}", f"'{value.isoformat()}'")
    columns = connection().sql(sql, params=values).to_arrow_table().columns
    return [[_of_engine(column[number].as_py()) for column in columns] for number in range(len(rows))]


def _shown(expression: Expression) -> str:
    sql = adapt_to_engine(expression).sql("duckdb")
    return f"CAST({sql} AS TIMESTAMP)" if expression.family == Family.INSTANT else sql


def _of_engine(value: Any) -> Any:
    if type(value).__name__ == "MonthDayNano":
        return Span(value.months, value.days, value.nanoseconds // 1000)
    return value


def by_oracle(expressions: Sequence[Expression], rows: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """The same, row by row, from the specification."""
    return [
        [Interpreter(row=row, parameters=PARAMETERS).evaluate(one) for one in expressions] for row in rows
    ]


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(texts=st.lists(EXPRESSIONS, min_size=1, max_size=6), rows=st.lists(ROWS, min_size=1, max_size=4))
@example(texts=["date_diff('week', due_at, date_trunc('year', due_at))"], rows=[ROW | {"due_at": JUNE}])
@example(texts=["(received_on - interval '1 hour')"], rows=[ROW | {"received_on": date(9999, 12, 31)}])
@example(texts=["due_at - (interval '13 month' + interval '1 hour')"], rows=[ROW | {"due_at": JULY}])
@example(texts=["fee_dong / 0 > 5", "cast(note as double)"], rows=[ROW | {"fee_dong": 1, "note": "nan"}])
@example(texts=["supplement_count * 3"], rows=[ROW | {"supplement_count": 2**31 - 1}])
@example(texts=["'a' in ('b', case when received_at is not null then channel end)"], rows=[ROW])
@example(texts=["cast(note as date)"], rows=[ROW | {"note": "infinity"}])
@example(texts=["fee_dong * fee_dong > 0 or is_paid"], rows=[ROW | {"fee_dong": 2**63 - 1, "is_paid": True}])
def test_the_engine_gives_what_the_language_says(texts: list[str], rows: list[dict[str, Any]]) -> None:
    expressions = [
        check(one, VOCABULARY, wants=None) for one in texts if not problems(one, VOCABULARY, wants=None)
    ]
    if not expressions:
        return
    for number, (engine, oracle) in enumerate(
        zip(by_engine(expressions, rows), by_oracle(expressions, rows), strict=True)
    ):
        for expression, ours, meant in zip(expressions, engine, oracle, strict=True):
            assert ours == meant, f"{expression.text}\n{rows[number]}\n{_shown(expression)}"

"""The expression language: what is allowed, and how each mistake is told."""

from __future__ import annotations

import pytest

from congtam.indicators.domain.vocabulary import Family, Vocabulary
from congtam.indicators.language.expressions import check, problems
from congtam.kernel.errors import InputRefused

WORDS = Vocabulary.of_columns(
    "dossiers",
    {
        "finished_at": "timestamp",
        "due_at": "timestamp",
        "finished_on": "date",
        "due_on": "date",
        "channel": "text",
        "fee_dong": "bigint",
        "result_digitised": "boolean",
        "applicant": "text",
    },
    frozenset({"applicant"}),
)


@pytest.mark.parametrize(
    "text",
    [
        "finished_at <= due_at",
        "finished_on < due_on and channel in ('online', 'post')",
        "not result_digitised or result_digitised is null",
        "finished_at between due_at - interval '1 hour' and due_at",
        "extract(hour from finished_at) >= 17",
        "date_diff('minute', due_at, finished_at) < 5",
        "case when fee_dong > 0 then channel = 'online' else false end",
        "coalesce(fee_dong, 0) + 1 > abs(-3) * 2",
        "least(due_at, :as_of) < finished_at",
        "cast(finished_at as date) = due_on",
        "date_trunc('month', finished_at) = finished_at",
        "due_on >= :period_start and due_on < :period_end",
        "channel is not distinct from 'desk'",
        "lower(channel) = 'desk' and length(channel) < 9",
        "true",
    ],
)
def test_allowed(text: str) -> None:
    assert problems(text, WORDS) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("finishd_at <= due_at", "unknown_column", 1, "1", id="unknown column"),
        pytest.param(
            "fee_dong > 0\n  and nope(due_at)", "function_not_allowed", 2, "7", id="unknown function"
        ),
        pytest.param("applicant = 'An'", "personal", 1, "1", id="personal data"),
        pytest.param("finished_at <= due_on", "types_differ", 1, "16", id="an instant against a day"),
        pytest.param("fee_dong > 'a'", "types_differ", 1, "12", id="a number against a text"),
        pytest.param("finished_at < due_at + 5", "types_differ", 1, "15", id="an instant plus a number"),
        pytest.param("fee_dong and true", "types_differ", 1, "1", id="a number as a condition"),
        pytest.param("fee_dong", "wrong_type", 1, "1", id="a number where a condition is needed"),
        pytest.param("x.fee_dong > 1", "qualified", 1, "1", id="a table name"),
        pytest.param("due_at > :today", "unknown_parameter", 1, "10", id="unknown parameter"),
        pytest.param("due_at >", "unreadable", 1, "8", id="half an expression"),
        pytest.param("'abc", "unreadable", 1, "1", id="an open quote"),
        pytest.param("", "unreadable", 1, "1", id="nothing"),
        pytest.param("true; drop table dossiers", "unreadable", 1, "1", id="two statements"),
        pytest.param("fee_dong in (select 1)", "list_needed", 1, "1", id="a query in a list"),
        pytest.param("exists (select 1)", "function_not_allowed", 1, "16", id="a subquery"),
        pytest.param("channel like '%'", "not_allowed", 1, "1", id="a pattern"),
        pytest.param("count(*) > 1", "function_not_allowed", 1, "1", id="an aggregate"),
        pytest.param("sum(fee_dong) over () > 1", "not_allowed", 1, "1", id="a window"),
        pytest.param("read_csv('/etc/passwd') is null", "function_not_allowed", 1, "1", id="reading a file"),
        pytest.param("getenv('HOME') = 'x'", "function_not_allowed", 1, "1", id="the environment"),
        pytest.param("cast(fee_dong as json) is null", "type_not_allowed", 1, "6", id="another type"),
        pytest.param(
            "due_at + interval 1 century > due_at", "unit_not_allowed", 1, "1", id="another unit of time"
        ),
        pytest.param("due_on > date '2025-02-30'", "not_a_day", 1, "15", id="no day"),
        pytest.param("abs(channel) > 1", "types_differ", 1, "5", id="the size of a text"),
        pytest.param(
            "cast(result_digitised as date) = due_on", "types_differ", 1, "6", id="a day of yes or no"
        ),
        pytest.param("if(true, fee_dong, fee_dong) = 1", "function_not_allowed", 1, "10", id="IF"),
        pytest.param(
            "due_at > due_at + interval '999999999 days'", "interval_too_long", 1, "10", id="a long interval"
        ),
        pytest.param("due_at > due_at + interval '1.5' day", "interval_too_long", 1, "28", id="half a day"),
        pytest.param("fee_dong = 99999999999999999999999", "number_too_large", 1, "12", id="a large number"),
        pytest.param("fee_dong = 1e400", "number_too_large", 1, "12", id="beyond every number"),
        pytest.param(
            "round(fee_dong, fee_dong) = 1", "decimals_not_allowed", 1, "1", id="decimals of a column"
        ),
        pytest.param("round(fee_dong, 1.5) = 1", "decimals_not_allowed", 1, "1", id="half a decimal"),
        pytest.param("fee_dong = 1 or " * 200 + "true", "too_long", 1, "1", id="too long"),
        pytest.param("true or " * 150 + "true", "too_complex", 1, "1", id="too many parts"),
        pytest.param("not " * 100 + "true", "too_deep", 1, "1", id="too deep"),
        pytest.param("(" * 60 + "true" + ")" * 60, "too_deep", 1, "1", id="too many parentheses"),
    ],
)
def test_refused_with_its_place(text: str, *, code: str, line: int, column: str) -> None:
    found = problems(text, WORDS)
    assert [one.code for one in found] == [f"expression.{code}"]
    assert (found[0].row, found[0].column) == (line, column)


def test_all_mistakes_are_told_at_once() -> None:
    found = problems("finishd_at is null or chanel = 'x' or sqrt(fee_dong) > 2", WORDS)
    assert [one.code.removeprefix("expression.") for one in found] == [
        "unknown_column",
        "unknown_column",
        "function_not_allowed",
    ]
    assert found[0].format_advice() == "Did you mean finished_at?"


def test_a_checked_expression_knows_its_kind() -> None:
    assert check("fee_dong * 2", WORDS, wants=Family.NUMBER).family == Family.NUMBER


def test_a_refused_expression_raises() -> None:
    with pytest.raises(InputRefused):
        check("nope", WORDS)


@pytest.mark.parametrize(
    "text", ["true or " * 99 + "true", "not " * 40 + "true", "(" * 40 + "true" + ")" * 40]
)
def test_the_largest_allowed_can_still_be_compiled(text: str) -> None:
    assert check(text, WORDS).tree.copy().sql("duckdb")


def test_a_wrong_column_in_a_refused_function_is_told_with_it() -> None:
    found = problems("reverse(chanel) = 'x' and fee_dong > 1 and reverse(abs(fees)) = 'y'", WORDS)
    assert [one.code.removeprefix("expression.") for one in found] == [
        "function_not_allowed",
        "unknown_column",
        "function_not_allowed",
        "unknown_column",
    ]
    assert [one.data.get("name") for one in found][1::2] == ["chanel", "fees"]

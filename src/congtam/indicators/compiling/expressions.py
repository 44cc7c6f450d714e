"""The expression language: a small part of SQL over the declared columns of one fact.

An expression is parsed by sqlglot and walked; every node must be on a list. What is not on it is refused with the
place of the mistake, all mistakes at once. Nothing else of a person's text ever reaches the engine: the engine gets
the tree that passed, written out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from congtam.indicators.compiling.families import Mismatch, family_of
from congtam.indicators.domain.vocabulary import (
    FAMILY_OF_CAST,
    PARAMETERS,
    PARTS_OF_TIME,
    UNITS_OF_TIME,
    Family,
    Vocabulary,
)
from congtam.kernel.errors import InputRefused, Problem, msgid

DIALECT: Final = "duckdb"
LONGEST: Final = 2000
MOST_TOKENS: Final = 200
DEEPEST: Final = 40
MOST_DECIMALS: Final = 10
LARGEST_NUMBER: Final = 10**15
_MOST_DIGITS: Final = 15
_MOST_YEARS: Final = 100
_LONGEST_INTERVAL: Final[Mapping[str, int]] = {
    "second": _MOST_YEARS * 366 * 86_400,
    "minute": _MOST_YEARS * 366 * 1_440,
    "hour": _MOST_YEARS * 366 * 24,
    "day": _MOST_YEARS * 366,
    "week": _MOST_YEARS * 53,
    "month": _MOST_YEARS * 12,
    "quarter": _MOST_YEARS * 4,
    "year": _MOST_YEARS,
}
_NESTING: Final = frozenset(
    {TokenType.L_PAREN, TokenType.NOT, TokenType.CASE, TokenType.DASH, TokenType.L_BRACKET}
)

ALLOWED: Final[tuple[type[exp.Expr], ...]] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Placeholder,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Is, exp.In, exp.Between, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg,
    exp.Case, exp.If, exp.Coalesce, exp.Abs, exp.Least, exp.Greatest, exp.Length, exp.Lower, exp.Round,
    exp.Extract, exp.DateDiff, exp.TimestampTrunc, exp.DateTrunc, exp.Interval, exp.Cast, exp.DataType, exp.Var,
)  # fmt: skip
FUNCTIONS: Final = (
    "abs",
    "case",
    "cast",
    "coalesce",
    "date_diff",
    "extract",
    "greatest",
    "least",
    "length",
    "lower",
    "round",
)


@dataclass(frozen=True)
class Expression:
    """An expression that passed the check (biểu thức): its text as written, and the tree the compiler uses."""

    text: str
    tree: exp.Expr
    family: Family


def check(text: str, vocabulary: Vocabulary, *, wants: Family | None = Family.BOOLEAN) -> Expression:
    """The expression, or InputRefused with every mistake and its line and column; ``wants=None`` takes any kind."""
    faults = problems(text, vocabulary, wants=wants)
    if faults:
        raise InputRefused(faults)
    tree = _parse_copy(text)
    return Expression(text=text, tree=tree, family=family_of(tree, vocabulary))


def problems(text: str, vocabulary: Vocabulary, *, wants: Family | None = Family.BOOLEAN) -> list[Problem]:
    """Every mistake in an expression, in the order of the text; empty when there is none."""
    try:
        too_big = _size_problem(text)
        if too_big:
            return [too_big]
        tree = _parse_copy(text)
    except SqlglotError as error:
        return [_syntax_problem(text, error)]
    faults = list(_node_problems(tree, text, vocabulary)) or list(
        _type_problems(tree, text, vocabulary, wants=wants)
    )
    return sorted(faults, key=lambda one: (one.row or 0, int(one.column or 0)))


def _size_problem(text: str) -> Problem | None:
    """Refuse before parsing what would be costly to parse: the parser calls itself for every level of nesting."""
    if len(text) > LONGEST:
        return _expression_problem(
            "too_long", msgid("The expression is longer than {limit} characters."), limit=LONGEST
        )
    tokens = sqlglot.tokenize(text, read=DIALECT)
    if len(tokens) > MOST_TOKENS:
        return _expression_problem(
            "too_complex", msgid("The expression has more than {limit} parts."), limit=MOST_TOKENS
        )
    if sum(token.token_type in _NESTING for token in tokens) > DEEPEST:
        return _expression_problem(
            "too_deep", msgid("The expression is nested more than {limit} levels deep."), limit=DEEPEST
        )
    return None


@lru_cache(maxsize=512)
def _parse_expression(text: str) -> exp.Expr:
    trees = sqlglot.parse(text, dialect=DIALECT)
    if len(trees) != 1 or trees[0] is None:
        raise SqlglotError("exactly one expression is needed")
    # The parser lets an operator without its operand through, such as a lone "@".
    if any(node.error_messages() for node in trees[0].walk()):
        raise SqlglotError("a part is missing")
    return trees[0]


def _parse_copy(text: str) -> exp.Expr:
    return _parse_expression(text).copy()


def _node_problems(tree: exp.Expr, text: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    refused: set[int] = set()
    for node in tree.walk():
        if node.parent is not None and id(node.parent) in refused:
            refused.add(id(node))
            continue
        problem = _node_problem(node, text, vocabulary)
        if problem:
            refused.add(id(node))
            yield problem


def _node_problem(node: exp.Expr, text: str, vocabulary: Vocabulary) -> Problem | None:
    position = _source_position(node, text)
    if type(node) not in ALLOWED:
        return _disallowed_node_problem(node, position)
    if isinstance(node, exp.Column):
        return _column_problem(node, position, vocabulary)
    if isinstance(node, exp.Placeholder):
        return _parameter_problem(node, position)
    if isinstance(node, exp.In) and not node.expressions:
        return _expression_problem(
            "list_needed", msgid("IN needs a list of values in parentheses."), position
        )
    if isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
        return _expression_problem(
            "function_not_allowed", msgid("Write “case when … then … else … end” instead of IF."), position
        )
    return _size_of_number_problem(node, position) or _word_problem(node, position)


def _size_of_number_problem(node: exp.Expr, position: tuple[int, int]) -> Problem | None:
    """A number, a count of decimals or a length of time that the engine cannot hold."""
    if isinstance(node, exp.Interval):
        longest = _LONGEST_INTERVAL.get(node.text("unit").lower().removesuffix("s"))
        if longest is None or _is_within(node.this, longest):
            return None
        message = msgid("Write a length of time as a whole number of units, at most {limit} years.")
        return _expression_problem("interval_too_long", message, position, limit=_MOST_YEARS)
    if isinstance(node, exp.Round):
        if node.args.get("decimals") is None or _is_within(node.args["decimals"], MOST_DECIMALS):
            return None
        message = msgid("ROUND takes a whole number of decimals, at most {limit}.")
        return _expression_problem("decimals_not_allowed", message, position, limit=MOST_DECIMALS)
    is_number = isinstance(node, exp.Literal) and not node.is_string
    if is_number and not isinstance(node.parent, exp.Interval) and abs(float(node.name)) > LARGEST_NUMBER:
        message = msgid("The number {text} is too large; at most {limit}.")
        return _expression_problem(
            "number_too_large", message, position, text=node.name[:30], limit=LARGEST_NUMBER
        )
    return None


def _is_within(node: exp.Expr | None, most: int) -> bool:
    """Whether a node is a literal whole number up to a limit; the engine is never asked to compute one."""
    number = node.this if isinstance(node, exp.Neg) else node
    if not isinstance(number, exp.Literal):
        return False
    digits = number.name.removeprefix("-")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return is_whole and int(digits) <= most


def _word_problem(node: exp.Expr, position: tuple[int, int]) -> Problem | None:
    """A type or a unit of time that is not on its list."""
    if isinstance(node, exp.DataType) and node.sql(DIALECT) not in FAMILY_OF_CAST:
        message = msgid("A value cannot be converted to {type}; allowed types: {allowed}.")
        return _expression_problem(
            "type_not_allowed", message, position, type=node.sql(DIALECT), allowed=", ".join(FAMILY_OF_CAST)
        )
    if isinstance(node, exp.Cast) and not _is_readable(node):
        message = msgid(
            "“{text}” is not a date or a date and time. Enter 2025-07-01 or 2025-07-01 17:00:00+07."
        )
        return _expression_problem("not_a_day", message, position, text=node.this.name)
    if isinstance(node, exp.Var) and node.name.lower().removesuffix("s") not in _allowed_time_units(node):
        message = msgid("“{unit}” is not a unit of time; allowed: {allowed}.")
        return _expression_problem(
            "unit_not_allowed",
            message,
            position,
            unit=node.name,
            allowed=", ".join(sorted(_allowed_time_units(node))),
        )
    return None


def _is_readable(cast: exp.Cast) -> bool:
    """Whether a literal that is to be a day or an instant is one."""
    read = {"DATE": date.fromisoformat, "TIMESTAMPTZ": datetime.fromisoformat}.get(cast.to.sql(DIALECT))
    if read is None or not isinstance(cast.this, exp.Literal) or not cast.this.is_string:
        return True
    try:
        read(cast.this.name)
    except ValueError:
        return False
    return True


def _allowed_time_units(node: exp.Expr) -> frozenset[str]:
    return PARTS_OF_TIME if isinstance(node.parent, exp.Extract) else UNITS_OF_TIME


def _column_problem(node: exp.Column, position: tuple[int, int], vocabulary: Vocabulary) -> Problem | None:
    name = node.name
    if node.table:
        return _expression_problem(
            "qualified", msgid("Write the column {name} without a table name."), position, name=name
        )
    if name in vocabulary.personal:
        return _expression_problem(
            "personal",
            msgid("{name} is personal data and cannot be used in an expression."),
            position,
            name=name,
        )
    if name in vocabulary.columns:
        return None
    near = get_close_matches(name, vocabulary.columns, n=1)
    data = {"name": name, "fact": vocabulary.fact, "nearest": near[0] if near else ""}
    advice = (
        msgid("Did you mean {nearest}?")
        if near
        else msgid("Run `congtam indicators columns {fact}` to list the columns.")
    )
    return _expression_problem(
        "unknown_column", msgid("{fact} has no column {name}."), position, advice=advice, **data
    )


def _parameter_problem(node: exp.Placeholder, position: tuple[int, int]) -> Problem | None:
    if node.name in PARAMETERS:
        return None
    message = msgid("There is no parameter :{name}; allowed: {allowed}.")
    return _expression_problem(
        "unknown_parameter",
        message,
        position,
        name=node.name,
        allowed=", ".join(f":{one}" for one in PARAMETERS),
    )


def _disallowed_node_problem(node: exp.Expr, position: tuple[int, int]) -> Problem:
    if isinstance(node, exp.Func | exp.Anonymous):
        name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
        near = get_close_matches(name.lower(), FUNCTIONS, n=1)
        advice = msgid("Did you mean {nearest}?") if near else msgid("Allowed functions: {allowed}.")
        data = {"name": name, "nearest": near[0] if near else "", "allowed": ", ".join(FUNCTIONS)}
        return _expression_problem(
            "function_not_allowed",
            msgid("The function {name} is not allowed."),
            position,
            advice=advice,
            **data,
        )
    message = msgid("“{text}” is not part of the expression language.")
    return _expression_problem("not_allowed", message, position, text=node.sql(DIALECT)[:60])


def _type_problems(
    tree: exp.Expr, text: str, vocabulary: Vocabulary, *, wants: Family | None
) -> Iterator[Problem]:
    try:
        family = family_of(tree, vocabulary)
    except Mismatch as fault:
        yield _expression_problem(
            "types_differ", fault.message, _source_position(fault.node, text), **fault.data
        )
        return
    if wants is not None and family not in (wants, Family.NOTHING):
        message = msgid("The expression returns {family}, but {wanted} is required here.")
        yield _expression_problem(
            "wrong_type", message, _source_position(tree, text), family=family.value, wanted=wants.value
        )


def _source_position(node: exp.Expr, text: str) -> tuple[int, int]:
    """Line and column, both from 1, of the first token of a node, or of its parent, that sqlglot remembers."""
    if isinstance(node, exp.Placeholder):  # the only node that never has a place
        start = max(text.find(f":{node.name}"), 0)
    else:
        starts = [one.meta["start"] for one in node.walk() if one.meta.get("start") is not None]
        if not starts and node.parent is not None:
            return _source_position(node.parent, text)
        start = min(starts, default=0)
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1


def _syntax_problem(text: str, error: SqlglotError) -> Problem:
    details = getattr(error, "errors", None) or [{}]
    message = msgid("The expression could not be parsed near “{near}”.")
    near = str(details[0].get("highlight") or text[:40])
    position = (int(details[0].get("line") or 1), int(details[0].get("col") or 1))
    return _expression_problem("unreadable", message, position, near=near)


def _expression_problem(
    code: str, message: str, position: tuple[int, int] = (1, 1), *, advice: str = "", **data: object
) -> Problem:
    line, column = position
    return Problem(
        code=f"expression.{code}", message=message, data=data, row=line, column=str(column), advice=advice
    )

"""What an expression may be made of: nodes, functions, columns, parameters, and how large numbers may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from sqlglot import exp

from congtam.indicators.domain.vocabulary import (
    FAMILY_OF_CAST,
    PARAMETERS,
    PARTS_OF_TIME,
    UNITS_OF_TIME,
    Vocabulary,
)
from congtam.indicators.language.functions import (
    CALENDAR,
    FUNCTIONS,
    NEIGHBOURS,
    SET_VALUE,
    name_of,
    set_value_code,
)
from congtam.indicators.language.parsing import DIALECT, expression_problem, source_position
from congtam.kernel.errors import Problem, msgid

DECIMALS: Final = 6
PARAMETER_CODE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
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
DAY_TEXT: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT_TEXT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:\d{2})?)?"
)
ALLOWED: Final[frozenset[type[exp.Expr]]] = frozenset({
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Placeholder,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Is, exp.In, exp.Between, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg,
    exp.Case, exp.If, exp.Coalesce, exp.Abs, exp.Least, exp.Greatest, exp.Length, exp.Lower, exp.Round,
    exp.Extract, exp.DateDiff, exp.TimestampTrunc, exp.DateTrunc, exp.Interval, exp.Cast, exp.DataType, exp.Var,
    exp.StartsWith, exp.Contains, exp.Year, exp.Quarter, exp.Month, exp.Day,
})  # fmt: skip


def node_problems(
    tree: exp.Expr, text: str, vocabulary: Vocabulary, *, refused: set[int]
) -> Iterator[Problem]:
    """Every node that is not part of the language; of what a refused function holds, columns are looked at.

    The identities of refused nodes are added to ``refused``.
    """
    functions: set[int] = set()
    for node in tree.walk():
        is_inside = node.parent is not None and id(node.parent) in refused
        if is_inside:
            refused.add(id(node))
        problem = None if is_inside else _node_problem(node, vocabulary)
        if is_inside and id(node.parent) in functions and isinstance(node, exp.Column):
            problem = _column_problem(node, vocabulary)
        if isinstance(node, exp.Func | exp.Anonymous) or id(node.parent) in functions:
            functions.add(id(node))
        if problem:
            refused.add(id(node))
            line, column = source_position(node, text)
            yield replace(problem, row=line, column=str(column))


def _node_problem(node: exp.Expr, vocabulary: Vocabulary) -> Problem | None:
    if isinstance(node, exp.Anonymous) and name_of(node) in (*CALENDAR, *NEIGHBOURS, SET_VALUE, "folded"):
        return _own_function_problem(node, vocabulary)
    if type(node) not in ALLOWED:
        return _disallowed_node_problem(node)
    if isinstance(node, exp.Column):
        return _column_problem(node, vocabulary)
    if isinstance(node, exp.Placeholder):
        return _parameter_problem(node)
    return _form_problem(node) or _size_of_number_problem(node) or _time_word_problem(node)


def _form_problem(node: exp.Expr) -> Problem | None:
    """Something the parser reads that has another form here."""
    if isinstance(node, exp.In) and not node.expressions:
        message = msgid("IN needs a list of values in parentheses.")
        return expression_problem("list_needed", message)
    if isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
        message = msgid("Write “case when … then … else … end” instead of IF.")
        return expression_problem("function_not_allowed", message)
    if isinstance(node, exp.Case) and node.this is not None:
        message = msgid("Write “case when x = … then …” instead of “case x when …”.")
        return expression_problem("case_needs_conditions", message)
    if isinstance(node, exp.Is) and not isinstance(node.expression, exp.Null | exp.Boolean):
        message = msgid("IS goes with null, true or false; use = to compare values.")
        return expression_problem("not_allowed", message)
    if isinstance(node, exp.Extract) and not isinstance(node.this, exp.Var):
        message = msgid("Write EXTRACT as “extract(month from …)”.")
        return expression_problem("not_allowed", message)
    return None


def _own_function_problem(node: exp.Anonymous, vocabulary: Vocabulary) -> Problem | None:
    """A function of our own with the wrong arguments."""
    name, arguments = name_of(node), node.expressions
    needed = 2 if name in (*CALENDAR, SET_VALUE) else 1
    if len(arguments) != needed:
        message = msgid("{name} takes {count} arguments.")
        return expression_problem("arguments_differ", message, name=name, count=needed)
    if name in CALENDAR and any(
        name_of(inner) in CALENDAR for one in arguments for inner in one.find_all(exp.Anonymous)
    ):
        message = msgid("{name} cannot be used inside another count of working time.")
        return expression_problem("nested_calendar", message, name=name)
    if name not in NEIGHBOURS:
        return _set_value_problem(node, vocabulary) if name == SET_VALUE else None
    if not isinstance(arguments[0], exp.Column) or arguments[0].table:
        message = msgid("{name} takes a column of the fact itself.")
        return expression_problem("column_needed", message, name=name)
    if not vocabulary.is_ordered:
        message = msgid("{fact} has no order of rows: {name} cannot be used.")
        return expression_problem("not_ordered", message, name=name, fact=vocabulary.fact)
    return None


def _set_value_problem(node: exp.Anonymous, vocabulary: Vocabulary) -> Problem | None:
    """A look-up of no parameter, or of one that nobody declared."""
    code = set_value_code(node)
    known = vocabulary.set_values
    if PARAMETER_CODE.fullmatch(code) and (known is None or code in known):
        return None
    if not PARAMETER_CODE.fullmatch(code):
        message = msgid(
            "Write the code of a parameter in quotes, such as parameter('most_days', received_on)."
        )
        return expression_problem("parameter_code", message)
    near = get_close_matches(code, known or (), n=1)
    advice = msgid("Did you mean {nearest}?") if near else msgid("Parameters that are set: {allowed}.")
    data: dict[str, Any] = {
        "name": code,
        "nearest": near[0] if near else "",
        "allowed": ", ".join(known or ()) or "–",
    }
    message = msgid("No parameter {name} is set.")
    return expression_problem("parameter_unknown", message, advice=advice, **data)


def _size_of_number_problem(node: exp.Expr) -> Problem | None:
    """A number, a count of decimals or a length of time that the engine cannot hold."""
    if isinstance(node, exp.Interval):
        return _interval_problem(node)
    if isinstance(node, exp.Round):
        return _round_problem(node)
    is_number = isinstance(node, exp.Literal) and not node.is_string
    if not is_number or (isinstance(node.parent, exp.Round) and node.arg_key == "decimals"):
        return None
    if Decimal(node.name) > LARGEST_NUMBER:
        message = msgid("The number {text} is too large; at most {limit}.")
        return expression_problem("number_too_large", message, text=node.name[:30], limit=LARGEST_NUMBER)
    if Decimal(node.name) != round(Decimal(node.name), DECIMALS):
        message = msgid("The number {text} has more than {limit} decimals.")
        return expression_problem("too_many_decimals", message, text=node.name[:30], limit=DECIMALS)
    return None


def _round_problem(node: exp.Round) -> Problem | None:
    if node.args.get("decimals") is None or _is_within(node.args["decimals"], DECIMALS):
        return None
    message = msgid("ROUND takes a whole number of decimals, at most {limit}.")
    return expression_problem("decimals_not_allowed", message, limit=DECIMALS)


def _interval_problem(node: exp.Interval) -> Problem | None:
    longest = _LONGEST_INTERVAL.get(node.text("unit").lower().removesuffix("s"))
    has_unit = node.args.get("unit") is not None
    if has_unit and (longest is None or _is_within(node.this, longest)):
        return None
    message = msgid("Write a length of time as a whole number of units, at most {limit} years.")
    return expression_problem("interval_too_long", message, limit=_MOST_YEARS)


def _is_within(node: exp.Expr | None, most: int) -> bool:
    """Whether a node is a literal whole number up to a limit; the engine is never asked to compute one."""
    number = node.this if isinstance(node, exp.Neg) else node
    if not isinstance(number, exp.Literal):
        return False
    digits = number.name.removeprefix("-")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return is_whole and int(digits) <= most


def _time_word_problem(node: exp.Expr) -> Problem | None:
    """A type or a unit of time that is not on its list."""
    if isinstance(node, exp.DataType) and node.sql(DIALECT) not in FAMILY_OF_CAST:
        message = msgid("A value cannot be converted to {type}; allowed types: {allowed}.")
        return expression_problem(
            "type_not_allowed", message, type=node.sql(DIALECT), allowed=", ".join(FAMILY_OF_CAST)
        )
    if isinstance(node, exp.Cast) and not _is_readable(node):
        message = msgid(
            "“{text}” is not a date or a date and time. Enter 2025-07-01 or 2025-07-01 17:00:00+07."
        )
        return expression_problem("not_a_day", message, text=node.this.name)
    is_unit = isinstance(node, exp.Var) or (isinstance(node, exp.Literal) and node.arg_key == "unit")
    if is_unit and node.name.lower().removesuffix("s") not in _allowed_time_units(node):
        message = msgid("“{unit}” is not a unit of time; allowed: {allowed}.")
        allowed = ", ".join(sorted(_allowed_time_units(node)))
        return expression_problem("unit_not_allowed", message, unit=node.name, allowed=allowed)
    return None


def _is_readable(cast: exp.Cast) -> bool:
    """Whether a literal that is to be a day or an instant is one."""
    if not isinstance(cast.this, exp.Literal) or not cast.this.is_string:
        return True
    text, target = cast.this.name, cast.to.sql(DIALECT)
    try:
        if target == "DATE":
            return bool(DAY_TEXT.fullmatch(text) and date.fromisoformat(text))
        if target == "TIMESTAMPTZ":
            return bool(
                (DAY_TEXT.fullmatch(text) or INSTANT_TEXT.fullmatch(text)) and datetime.fromisoformat(text)
            )
    except ValueError:
        return False
    return True


def _allowed_time_units(node: exp.Expr) -> frozenset[str]:
    return PARTS_OF_TIME if isinstance(node.parent, exp.Extract) else UNITS_OF_TIME


def _column_problem(node: exp.Column, vocabulary: Vocabulary) -> Problem | None:
    name = node.name
    if node.args.get("db") is not None or (node.table and node.table not in vocabulary.joins):
        if vocabulary.joins and node.args.get("db") is None:
            message = msgid("{fact} is not joined with {table}; joined: {allowed}.")
            allowed = ", ".join(vocabulary.joins)
            return expression_problem(
                "not_joined", message, fact=vocabulary.fact, table=node.table, allowed=allowed
            )
        message = msgid("Write the column {name} without a table name.")
        return expression_problem("qualified", message, name=name)
    if not node.table and name in vocabulary.personal:
        message = msgid("{name} is personal data and cannot be used in an expression.")
        return expression_problem("personal", message, name=name)
    columns = vocabulary.joins[node.table] if node.table else vocabulary.columns
    if name in columns:
        return None
    near = get_close_matches(name, columns, n=1)
    fact = node.table or vocabulary.fact
    advice = (
        msgid("Did you mean {nearest}?")
        if near
        else msgid("Run `congtam indicators columns {fact}` to list the columns.")
    )
    data: dict[str, Any] = {"name": name, "fact": fact, "nearest": near[0] if near else ""}
    return expression_problem("unknown_column", msgid("{fact} has no column {name}."), advice=advice, **data)


def _parameter_problem(node: exp.Placeholder) -> Problem | None:
    if node.name in PARAMETERS:
        return None
    near = get_close_matches(node.name, PARAMETERS, n=1)
    return expression_problem(
        "unknown_parameter",
        msgid("There is no parameter :{name}; allowed: {allowed}."),
        advice=msgid("Did you mean {nearest}?") if near else "",
        name=node.name,
        allowed=", ".join(f":{one}" for one in PARAMETERS),
        nearest=f":{near[0]}" if near else "",
    )


def _disallowed_node_problem(node: exp.Expr) -> Problem:
    if not isinstance(node, exp.Func | exp.Anonymous):
        message = msgid("“{text}” is not part of the expression language.")
        return expression_problem("not_allowed", message, text=node.sql(DIALECT)[:60])
    name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
    near = get_close_matches(name.lower(), FUNCTIONS, n=1)
    advice = msgid("Did you mean {nearest}?") if near else msgid("Allowed functions: {allowed}.")
    data: dict[str, Any] = {"name": name, "nearest": near[0] if near else "", "allowed": ", ".join(FUNCTIONS)}
    message = msgid("The function {name} is not allowed.")
    return expression_problem("function_not_allowed", message, advice=advice, **data)

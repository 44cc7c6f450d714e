"""An expression in its usual form: small letters, single spaces, no parentheses that change nothing.

Formatting what is formatted changes nothing, and the tree stays the same; a property test holds it to both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

from congtam.indicators.language.functions import name_of
from congtam.indicators.language.parsing import DIALECT, parse

OR, AND, NOT, COMPARED, ADDED, MULTIPLIED, SIGNED, WHOLE = range(8)
"""How strongly a node binds its parts, from loose to tight."""
_BINARY: Final[Mapping[type[exp.Expr], tuple[str, int]]] = {
    exp.Or: ("or", OR),
    exp.And: ("and", AND),
    exp.EQ: ("=", COMPARED),
    exp.NEQ: ("<>", COMPARED),
    exp.LT: ("<", COMPARED),
    exp.LTE: ("<=", COMPARED),
    exp.GT: (">", COMPARED),
    exp.GTE: (">=", COMPARED),
    exp.NullSafeEQ: ("is not distinct from", COMPARED),
    exp.NullSafeNEQ: ("is distinct from", COMPARED),
    exp.Add: ("+", ADDED),
    exp.Sub: ("-", ADDED),
    exp.Mul: ("*", MULTIPLIED),
    exp.Div: ("/", MULTIPLIED),
    exp.Mod: ("%", MULTIPLIED),
}
_WITH_NOT: Final = (exp.Is, exp.In, exp.Between)
_NAMES: Final[Mapping[type[exp.Expr], str]] = {exp.StartsWith: "starts_with"}


def format_expression(text: str) -> str:
    """The usual form of an expression that passed the check.

    >>> format_expression("NOT(a  IS NULL) AND (b=1)")
    'a is not null and b = 1'
    """
    return _write(parse(text), OR)


def _inner(node: exp.Expr) -> exp.Expr:
    """What parentheses hold."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _write(node: exp.Expr, needed: int) -> str:
    """The text of a node, in parentheses where it binds less than is needed."""
    text, strength = _text(node)
    return f"({text})" if strength < needed else text


def _text(outer: exp.Expr) -> tuple[str, int]:
    node = _inner(outer)
    if type(node) in _BINARY:
        sign, strength = _BINARY[type(node)]
        # Comparisons do not follow one another without parentheses; the others go from left to right.
        left = _write(node.this, strength + (strength == COMPARED))
        return f"{left} {sign} {_write(node.args['expression'], strength + 1)}", strength
    if isinstance(node, exp.Not):
        negated = _inner(node.this)
        if isinstance(negated, _WITH_NOT):
            return _membership(negated, "not "), COMPARED
        return f"not {_write(node.this, NOT)}", NOT
    if isinstance(node, _WITH_NOT):
        return _membership(node, ""), COMPARED
    if isinstance(node, exp.Neg):
        return f"-{_write(node.this, WHOLE)}", SIGNED
    special = _SPECIAL.get(type(node))
    return (special(node) if special else _function(node)), WHOLE


def _membership(node: exp.Expr, negation: str) -> str:
    own = _write(node.this, ADDED)
    if isinstance(node, exp.Is):
        return f"{own} is {negation}{_write(node.args['expression'], WHOLE)}"
    if isinstance(node, exp.In):
        return f"{own} {negation}in ({', '.join(_write(one, OR) for one in node.expressions)})"
    return f"{own} {negation}between {_write(node.args['low'], ADDED)} and {_write(node.args['high'], ADDED)}"


def _function(node: exp.Expr) -> str:
    name = name_of(node) or _NAMES.get(type(node)) or type(node).__name__.lower()
    parts = [_write(one, OR) for one in node.iter_expressions()]
    return f"{name}({', '.join(parts)})"


def _case(node: exp.Expr) -> str:
    branches = [
        f"when {_write(one.this, OR)} then {_write(one.args['true'], OR)}" for one in node.args["ifs"]
    ]
    default = node.args.get("default")
    otherwise = [f"else {_write(default, OR)}"] if default is not None else []
    return " ".join(["case", *branches, *otherwise, "end"])


def _cast(node: exp.Expr) -> str:
    target = node.args["to"].sql(DIALECT).lower()
    if isinstance(node.this, exp.Literal) and node.this.is_string and target in ("date", "timestamptz"):
        return f"{target} {node.this.sql(DIALECT)}"
    return f"cast({_write(node.this, OR)} as {target})"


def _unit(node: exp.Expr) -> str:
    return node.text("unit").lower().removesuffix("s")


def _interval(node: exp.Expr) -> str:
    count = node.this.name
    return f"interval '{count} {_unit(node)}{'' if count == '1' else 's'}'"


def _difference(node: exp.Expr) -> str:
    return f"date_diff('{_unit(node)}', {_write(node.args['expression'], OR)}, {_write(node.this, OR)})"


_SPECIAL: Final[Mapping[type[exp.Expr], Callable[[exp.Expr], str]]] = {
    exp.Column: lambda node: f"{node.text('table')}.{node.name}".removeprefix("."),
    exp.Literal: lambda node: node.sql(DIALECT),
    exp.Boolean: lambda node: str(bool(node.this)).lower(),
    exp.Null: lambda _node: "null",
    exp.Placeholder: lambda node: f":{node.name}",
    exp.Interval: _interval,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.DateDiff: _difference,
    exp.TimestampTrunc: lambda node: f"date_trunc('{_unit(node)}', {_write(node.this, OR)})",
    exp.DateTrunc: lambda node: f"date_trunc('{_unit(node)}', {_write(node.this, OR)})",
    exp.Extract: lambda node: (
        f"extract({node.name.lower().removesuffix('s')} from {_write(node.args['expression'], OR)})"
    ),
}

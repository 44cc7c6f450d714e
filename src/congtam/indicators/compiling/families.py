"""What kind of value an expression yields; comparing or joining unlike kinds is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

from congtam.indicators.domain.vocabulary import FAMILY_OF_CAST, PARAMETERS, Family, Vocabulary
from congtam.kernel.errors import msgid


class Mismatch(Exception):
    """Two parts of an expression do not go together."""

    def __init__(self, node: exp.Expr, message: str, **data: str) -> None:
        super().__init__(message)
        self.node = node
        self.message = message
        self.data = data


def family_of(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    """The kind of value, or Mismatch at the place where unlike kinds meet."""
    for kinds, rule in _RULES.items():
        if isinstance(node, kinds):
            return rule(node, vocabulary)
    raise AssertionError(f"no rule for {type(node).__name__}")  # the check lets only known nodes through


def _family_of_column(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    return vocabulary.columns[node.name]


def _family_of_literal(node: exp.Expr, _vocabulary: Vocabulary) -> Family:
    return Family.TEXT if node.args.get("is_string") else Family.NUMBER


def _family_of_inner(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    return family_of(node.this, vocabulary)


def _family_of_cast(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    source, target = family_of(node.this, vocabulary), FAMILY_OF_CAST[node.args["to"].sql("duckdb")]
    if target not in _CASTS[source]:
        message = msgid("{left} cannot be converted to {right}.")
        raise Mismatch(node, message, left=source.value, right=target.value)
    return target


def _family_of_logic(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    for part in node.iter_expressions():
        _require_family(part, Family.BOOLEAN, vocabulary)
    return Family.BOOLEAN


def _family_of_comparison(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    parts = [part for part in node.iter_expressions() if isinstance(part, exp.Expr)]
    first = parts[0]
    for other in parts[1:]:
        _require_same_family(first, other, vocabulary)
    return Family.BOOLEAN


def _family_of_choice(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    """The common kind of all parts (COALESCE, LEAST, GREATEST)."""
    parts = list(node.iter_expressions())
    for other in parts[1:]:
        _require_same_family(parts[0], other, vocabulary)
    families = [family_of(part, vocabulary) for part in parts]
    return next((one for one in families if one != Family.NOTHING), Family.NOTHING)


def _family_of_case(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    branches = [branch.args["true"] for branch in node.args["ifs"]]
    for branch in node.args["ifs"]:
        _require_family(branch.this, Family.BOOLEAN, vocabulary)
    if node.args.get("default") is not None:
        branches.append(node.args["default"])
    for other in branches[1:]:
        _require_same_family(branches[0], other, vocabulary)
    families = [family_of(one, vocabulary) for one in branches]
    return next((one for one in families if one != Family.NOTHING), Family.NOTHING)


def _family_of_arithmetic(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    left, right = family_of(node.this, vocabulary), family_of(node.expression, vocabulary)
    result = _RESULTS.get((type(node), left, right))
    if result is None and {left, right} <= {Family.NUMBER, Family.NOTHING}:
        result = Family.NUMBER
    if result is None:
        message = msgid("{left} and {right} cannot be added, subtracted, multiplied or divided here.")
        raise Mismatch(node, message, left=left.value, right=right.value)
    return result


def _family_of_number_function(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    return _require_family(node.this, Family.NUMBER, vocabulary)


def _family_of_text_function(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    return _require_family(node.this, Family.TEXT, vocabulary)


def _family_of_length(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    _require_family(node.this, Family.TEXT, vocabulary)
    return Family.NUMBER


def _require_time(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    family = family_of(node, vocabulary)
    if family not in _TIMES:
        message = msgid("This part is {family}, but {wanted} is required here.")
        raise Mismatch(node, message, family=family.value, wanted=Family.INSTANT.value)
    return family


def _family_of_extract(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    _require_time(node.expression, vocabulary)
    return Family.NUMBER


def _family_of_time_difference(node: exp.Expr, vocabulary: Vocabulary) -> Family:
    _require_time(node.this, vocabulary)
    _require_time(node.expression, vocabulary)
    _require_same_family(node.expression, node.this, vocabulary)
    return Family.NUMBER


def _require_family(node: exp.Expr, required: Family, vocabulary: Vocabulary) -> Family:
    family = family_of(node, vocabulary)
    if family not in (required, Family.NOTHING):
        message = msgid("This part is {family}, but {wanted} is required here.")
        raise Mismatch(node, message, family=family.value, wanted=required.value)
    return required


def _require_same_family(one: exp.Expr, other: exp.Expr, vocabulary: Vocabulary) -> None:
    families = {family_of(one, vocabulary), family_of(other, vocabulary)} - {Family.NOTHING}
    if len(families) > 1:
        left, right = sorted(family.value for family in families)
        message = msgid("{left} is compared with {right}; use CAST to convert both to the same type.")
        raise Mismatch(other, message, left=left, right=right)


_TIMES: Final = (Family.DATE, Family.INSTANT)
_CASTS: Final[Mapping[Family, frozenset[Family]]] = {
    Family.BOOLEAN: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT}),
    Family.NUMBER: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT}),
    Family.TEXT: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.DATE: frozenset({Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.INSTANT: frozenset({Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.SPAN: frozenset({Family.TEXT}),
    Family.NOTHING: frozenset(set(Family) - {Family.NOTHING, Family.SPAN}),
}
_RESULTS: Final[Mapping[tuple[type[exp.Expr], Family, Family], Family]] = {
    **{(kind, time, Family.SPAN): time for kind in (exp.Add, exp.Sub) for time in _TIMES},
    (exp.Sub, Family.INSTANT, Family.INSTANT): Family.SPAN,
    (exp.Sub, Family.DATE, Family.DATE): Family.NUMBER,
    (exp.Add, Family.SPAN, Family.SPAN): Family.SPAN,
    (exp.Sub, Family.SPAN, Family.SPAN): Family.SPAN,
}
_RULES: Final[Mapping[tuple[type[exp.Expr], ...], Callable[[exp.Expr, Vocabulary], Family]]] = {
    (exp.Column,): _family_of_column,
    (exp.Literal,): _family_of_literal,
    (exp.Boolean,): lambda _node, _vocabulary: Family.BOOLEAN,
    (exp.Null,): lambda _node, _vocabulary: Family.NOTHING,
    (exp.Interval,): lambda _node, _vocabulary: Family.SPAN,
    (exp.Placeholder,): lambda node, _vocabulary: PARAMETERS[node.name],
    (exp.Cast,): _family_of_cast,
    (exp.Paren,): _family_of_inner,
    (exp.Neg, exp.Round, exp.Abs): _family_of_number_function,
    (exp.Lower,): _family_of_text_function,
    (exp.Length,): _family_of_length,
    (exp.Extract,): _family_of_extract,
    (exp.DateDiff,): _family_of_time_difference,
    (exp.TimestampTrunc, exp.DateTrunc): lambda node, vocabulary: _require_time(node.this, vocabulary),
    (exp.And, exp.Or, exp.Not): _family_of_logic,
    (
        exp.EQ,
        exp.NEQ,
        exp.GT,
        exp.GTE,
        exp.LT,
        exp.LTE,
        exp.NullSafeEQ,
        exp.NullSafeNEQ,
        exp.Is,
        exp.In,
        exp.Between,
    ): (_family_of_comparison),
    (exp.Case,): _family_of_case,
    (exp.Coalesce, exp.Least, exp.Greatest): _family_of_choice,
    (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod): _family_of_arithmetic,
}

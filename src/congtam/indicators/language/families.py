"""What kind of value each part of an expression yields; comparing or joining unlike kinds is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from congtam.indicators.domain.vocabulary import FAMILY_OF_CAST, PARAMETERS, Family, Vocabulary
from congtam.indicators.language.functions import CALENDAR, NEIGHBOURS, SET_VALUE, name_of
from congtam.indicators.language.parsing import DIALECT
from congtam.kernel.errors import msgid


@dataclass(frozen=True)
class Mismatch:
    """Two parts of an expression do not go together, or a part does not belong where it stands."""

    node: exp.Expr
    message: str
    data: Mapping[str, str]


@dataclass
class Typing:
    """The family of every node of a tree, each worked out once, and what does not go together.

    A node that holds a mistake has the family ``UNKNOWN``, which goes with everything: one mistake is told once.
    """

    vocabulary: Vocabulary
    refused: set[int] = field(default_factory=set)
    """Nodes that are not part of the language."""
    families: dict[int, Family] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)

    def family(self, node: exp.Expr) -> Family:
        """The family of a node and, through it, of all it holds."""
        if id(node) not in self.families:
            is_known = not self.refused or not self._is_refused(node)
            self.families[id(node)] = _RULES[type(node)](self, node) if is_known else Family.UNKNOWN
        return self.families[id(node)]

    def _is_refused(self, node: exp.Expr) -> bool:
        """Whether a node, or the type or the unit of time it names, is not part of the language."""
        names = [one for one in node.iter_expressions() if type(one) not in _RULES]
        return any(id(one) in self.refused for one in (node, *names))

    def refuse(self, node: exp.Expr, message: str, **data: str) -> Family:
        """Note a mistake; the node is of no family."""
        self.mismatches.append(Mismatch(node, message, data))
        return Family.UNKNOWN

    def require(self, node: exp.Expr, *required: Family) -> bool:
        """Note a mistake where a part is of none of these families."""
        family = self.family(node)
        if family in (*required, Family.NOTHING, Family.UNKNOWN):
            return True
        message = msgid("This part is {family}, but {wanted} is required here.")
        self.refuse(node, message, family=family.value, wanted=required[-1].value)
        return False

    def common(self, parts: Iterable[exp.Expr]) -> Family:
        """The family all parts share; the first that differs is a mistake."""
        result = Family.NOTHING
        for part in parts:
            family = self.family(part)
            if family == Family.UNKNOWN:
                return family
            if result == Family.NOTHING:
                result = family
            elif family not in (result, Family.NOTHING):
                message = msgid("{left} is compared with {right}; use CAST to convert both to the same type.")
                left, right = sorted((family.value, result.value))
                return self.refuse(part, message, left=left, right=right)
        return result


def is_decimal(node: exp.Expr, vocabulary: Vocabulary) -> bool:
    """Whether a number is a decimal: a choice of several is one as soon as one of them is."""
    if isinstance(node, exp.Literal):
        return not node.is_string and not node.name.isdigit()
    if isinstance(node, exp.Column):
        return (f"{node.table}.{node.name}" if node.table else node.name) in vocabulary.decimals
    if isinstance(node, exp.Cast):
        return node.to.sql(DIALECT) == "DOUBLE"
    if isinstance(node, exp.Div) or name_of(node) in ("working_hours", SET_VALUE):
        return True
    if name_of(node) in NEIGHBOURS:
        return is_decimal(node.expressions[0], vocabulary)
    return isinstance(node, _NUMBERS) and any(is_decimal(one, vocabulary) for one in _choices(node))


def _choices(node: exp.Expr) -> list[exp.Expr]:
    """The parts one of which a node yields, or from which it is computed."""
    if isinstance(node, exp.Case):
        branches: list[exp.Expr] = [branch.args["true"] for branch in node.args["ifs"]]
        return branches + ([node.args["default"]] if node.args.get("default") is not None else [])
    if isinstance(node, exp.Round):
        return [node.this]
    return [one for one in node.iter_expressions() if isinstance(one, exp.Expr)]


def _cast(typing: Typing, node: exp.Expr) -> Family:
    source, target = typing.family(node.this), FAMILY_OF_CAST[node.args["to"].sql(DIALECT)]
    if source == Family.UNKNOWN or target in _CASTS[source]:
        return target
    message = msgid("{left} cannot be converted to {right}.")
    return typing.refuse(node, message, left=source.value, right=target.value)


def _logic(typing: Typing, node: exp.Expr) -> Family:
    for part in node.iter_expressions():
        typing.require(part, Family.BOOLEAN)
    return Family.BOOLEAN


def _comparison(typing: Typing, node: exp.Expr) -> Family:
    typing.common(part for part in node.iter_expressions() if isinstance(part, exp.Expr))
    return Family.BOOLEAN


def _case(typing: Typing, node: exp.Expr) -> Family:
    for branch in node.args["ifs"]:
        typing.require(branch.this, Family.BOOLEAN)
    return typing.common(_choices(node))


def _arithmetic(typing: Typing, node: exp.Expr) -> Family:
    left, right = typing.family(node.this), typing.family(node.expression)
    if Family.UNKNOWN in (left, right):
        return Family.UNKNOWN
    if {left, right} <= {Family.NUMBER, Family.NOTHING}:
        return Family.NUMBER
    result = _RESULTS.get((type(node), left, right))
    if result is None:
        message = msgid("{left} and {right} cannot be added, subtracted, multiplied or divided here.")
        return typing.refuse(node, message, left=left.value, right=right.value)
    return result


def _takes(result: Family, *required: Family) -> Callable[[Typing, exp.Expr], Family]:
    """The rule of a function whose arguments are all of one of some families."""

    def rule(typing: Typing, node: exp.Expr) -> Family:
        for part in node.iter_expressions():
            if not isinstance(part, exp.Var):
                typing.require(part, *required)
        return result

    return rule


def _first_is_number(typing: Typing, node: exp.Expr) -> Family:
    typing.require(node.this, Family.NUMBER)
    return Family.NUMBER


def _time_part(typing: Typing, node: exp.Expr) -> Family:
    """A part of a day or an instant; the engine cannot take one of nothing."""
    subject = node.expression if isinstance(node, exp.Extract) else node.this
    _require_time(typing, subject)
    return Family.NUMBER


def _require_time(typing: Typing, node: exp.Expr) -> Family:
    family = typing.family(node)
    if family in (Family.DATE, Family.INSTANT, Family.UNKNOWN):
        return family
    message = msgid("This part is {family}, but {wanted} is required here.")
    return typing.refuse(node, message, family=family.value, wanted=Family.INSTANT.value)


def _time_difference(typing: Typing, node: exp.Expr) -> Family:
    families = [_require_time(typing, part) for part in (node.this, node.expression)]
    if Family.UNKNOWN not in families:
        typing.common([node.expression, node.this])
    return Family.NUMBER


def _own_function(typing: Typing, node: exp.Expr) -> Family:
    name = name_of(node)
    if name in NEIGHBOURS:
        return typing.family(node.expressions[0])
    if name in CALENDAR:
        for part in node.expressions:
            _require_time(typing, part)
        return Family.NUMBER
    if name == SET_VALUE:
        typing.require(node.expressions[1], Family.DATE)
        return Family.NUMBER
    typing.require(node.expressions[0], Family.TEXT)
    return Family.TEXT


def _column(typing: Typing, node: exp.Expr) -> Family:
    vocabulary = typing.vocabulary
    columns = vocabulary.joins[node.text("table")] if node.text("table") else vocabulary.columns
    return columns[node.name]


_TIMES: Final = (Family.DATE, Family.INSTANT)
_NUMBERS: Final = (
    exp.Paren, exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Abs, exp.Round, exp.Coalesce, exp.Least, exp.Greatest,
    exp.Case,
)  # fmt: skip
_CASTS: Final[Mapping[Family, frozenset[Family]]] = {
    Family.BOOLEAN: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT}),
    Family.NUMBER: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT}),
    Family.TEXT: frozenset({Family.BOOLEAN, Family.NUMBER, Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.DATE: frozenset({Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.INSTANT: frozenset({Family.TEXT, Family.DATE, Family.INSTANT}),
    Family.SPAN: frozenset(),
    Family.NOTHING: frozenset(set(Family) - {Family.NOTHING, Family.SPAN}),
}
_RESULTS: Final[Mapping[tuple[type[exp.Expr], Family, Family], Family]] = {
    **{(kind, time, Family.SPAN): time for kind in (exp.Add, exp.Sub) for time in _TIMES},
    (exp.Sub, Family.INSTANT, Family.INSTANT): Family.SPAN,
    (exp.Sub, Family.DATE, Family.DATE): Family.NUMBER,
    (exp.Add, Family.SPAN, Family.SPAN): Family.SPAN,
    (exp.Sub, Family.SPAN, Family.SPAN): Family.SPAN,
}
_RULES: Final[Mapping[type[exp.Expr], Callable[[Typing, exp.Expr], Family]]] = {
    exp.Column: _column,
    exp.Literal: lambda _typing, node: Family.TEXT if node.args.get("is_string") else Family.NUMBER,
    exp.Boolean: lambda _typing, _node: Family.BOOLEAN,
    exp.Null: lambda _typing, _node: Family.NOTHING,
    exp.Interval: lambda _typing, _node: Family.SPAN,
    exp.Placeholder: lambda _typing, node: PARAMETERS[node.name],
    exp.Cast: _cast,
    exp.Paren: lambda typing, node: typing.family(node.this),
    **dict.fromkeys((exp.Neg, exp.Round, exp.Abs), _first_is_number),
    exp.Lower: _takes(Family.TEXT, Family.TEXT),
    exp.Length: _takes(Family.NUMBER, Family.TEXT),
    **dict.fromkeys((exp.StartsWith, exp.Contains), _takes(Family.BOOLEAN, Family.TEXT)),
    **dict.fromkeys((exp.Extract, exp.Year, exp.Quarter, exp.Month, exp.Day), _time_part),
    exp.DateDiff: _time_difference,
    **dict.fromkeys(
        (exp.TimestampTrunc, exp.DateTrunc), lambda typing, node: _require_time(typing, node.this)
    ),
    **dict.fromkeys((exp.And, exp.Or, exp.Not), _logic),
    **dict.fromkeys(
        (
            exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is, exp.In,
            exp.Between,
        ),
        _comparison,
    ),
    exp.Case: _case,
    **dict.fromkeys(
        (exp.Coalesce, exp.Least, exp.Greatest), lambda typing, node: typing.common(_choices(node))
    ),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod), _arithmetic),
    exp.Anonymous: _own_function,
}  # fmt: skip

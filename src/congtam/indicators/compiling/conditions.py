"""What selects the rows of an indicator, as SQL trees; and the small parts every statement is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.expressions import DIALECT, Expression, check
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.narrowing import Narrowing
from congtam.indicators.domain.vocabulary import Family, Vocabulary

RELATION: Final = "fact_rows"
"""The table name that stands for the rows of a data version in compiled SQL."""
_TIMES: Final = {"as_of": "TIMESTAMPTZ", "period_start": "DATE", "period_end": "DATE"}


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a fact that every pass needs: unit, key and the two halves of the row digest."""

    unit: str
    key: str
    high: str = "row_hash_high"
    low: str = "row_hash_low"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A definition whose expressions passed the check."""

    definition: Definition
    out_of: Expression
    counts: Expression
    value: Expression | None = None

    def __hash__(self) -> int:
        return hash(self.definition.digest)


def check_definition(definition: Definition, vocabulary: Vocabulary) -> Checked:
    """Check all expressions of a definition, or raise InputRefused."""
    value = check(definition.value, vocabulary, wants=Family.NUMBER) if definition.value else None
    out_of = check(definition.out_of, vocabulary)
    return Checked(
        definition=definition,
        out_of=_narrow(out_of, definition.narrowing) if definition.narrowing else out_of,
        counts=check(definition.counts, vocabulary),
        value=value,
    )


def _narrow(out_of: Expression, narrowing: Narrowing) -> Expression:
    """The rows of an expression that say one thing in one column, or none of several.

    Values are literals, never read as SQL.
    """
    own = exp.Trim(this=exp.Coalesce(this=column(narrowing.column), expressions=[exp.Literal.string("")]))
    is_own: exp.Expr = exp.EQ(this=own, expression=exp.Literal.string(narrowing.value))
    if narrowing.excluded:
        values = [exp.Literal.string(value) for value in narrowing.excluded]
        is_own = exp.Not(this=exp.In(this=own, expressions=values))
    return replace(out_of, tree=both(exp.paren(out_of.tree.copy(), copy=False), is_own))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Compiled SQL with the parameters that occur in it."""

    sql: str
    parameters: frozenset[str]


def statement(query: exp.Select) -> Statement:
    """The SQL text of a query."""
    names = frozenset(one.name for one in query.find_all(exp.Placeholder))
    return Statement(sql=query.sql(DIALECT), parameters=names)


def sql_over(sql: str, relation: str) -> str:
    """Compiled SQL over a relation that holds the rows."""
    return sql.replace(f"FROM {RELATION}", f"FROM {relation} AS {RELATION}")


def denominator_condition(checked: Checked) -> exp.Expr:
    """The rows of the denominator: of a mean or median, those that have a value."""
    if checked.value is None:
        return adapt_to_engine(checked.out_of.tree)
    return both(
        adapt_to_engine(checked.out_of.tree),
        not_null_condition(exp.paren(adapt_to_engine(checked.value.tree), copy=False)),
    )


def numerator_condition(checked: Checked) -> exp.Expr:
    """What a row of the denominator must satisfy to be in the numerator."""
    return adapt_to_engine(checked.counts.tree)


def selects_all(checked: Checked) -> bool:
    """Whether every row of the denominator is in the numerator."""
    tree = checked.counts.tree
    return isinstance(tree, exp.Boolean) and bool(tree.this)


def rows_condition(checked: Checked, part: str) -> exp.Expr:
    """The condition of the rows behind a part of a figure: numerator, denominator, or the rest between them."""
    if part == "denominator":
        return denominator_condition(checked)
    if part == "numerator":
        return both(denominator_condition(checked), numerator_condition(checked))
    is_selected = exp.Is(this=exp.paren(numerator_condition(checked), copy=False), expression=exp.true())
    return both(denominator_condition(checked), exp.not_(is_selected, copy=False))


def in_period(period: str) -> exp.Expr:
    """The condition that a day column lies in the period."""
    first = exp.GTE(this=column(period), expression=parameter("start", "DATE"))
    return both(first, exp.LT(this=column(period), expression=parameter("end", "DATE")))


def among_units(unit: str) -> exp.Expr:
    """The condition that a row is of one of the units in the list parameter ``units``."""
    listed = exp.select(exp.Anonymous(this="UNNEST", expressions=[exp.Placeholder(this="units")]))
    return exp.In(this=column(unit), query=listed.subquery())


def not_null_condition(tree: exp.Expr) -> exp.Expr:
    """The condition that something is not missing."""
    return exp.not_(exp.Is(this=tree, expression=exp.null()), copy=False)


def both(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    """Both conditions; the trees given become part of it."""
    return exp.and_(one, other, copy=False)


def adapt_to_engine(tree: exp.Expr) -> exp.Expr:
    """A copy of an expression for the engine: parameters typed, odd values missing instead of failing.

    A condition inside a comparison gets parentheses, so that the engine reads the tree that passed the check. Where a
    sum or product may be beyond what an integer holds, the whole expression is NULL for such a row (``TRY``).
    """
    adapted = _adapt(tree)
    return exp.Anonymous(this="TRY", expressions=[adapted]) if _may_overflow(tree) else adapted


def _adapt(tree: exp.Expr) -> exp.Expr:
    return tree.transform(_adapt_node)


def _may_overflow(tree: exp.Expr) -> bool:
    """Arithmetic with a column; literals and lengths of time are bounded by the check of the expression."""
    return any(node.find(exp.Column) is not None for node in tree.find_all(*_ARITHMETIC)) or any(
        not isinstance(node.this, exp.Literal) for node in tree.find_all(exp.Interval)
    )


def suffix_parameters(tree: exp.Expr, number: int | None) -> exp.Expr:
    """The same with its parameters numbered, for conditions that stand once per window; None leaves them."""
    if number is None:
        return tree
    return tree.transform(
        lambda node: (
            exp.Placeholder(this=f"{node.name}_{number}") if isinstance(node, exp.Placeholder) else node
        )
    )


def column(name: str) -> exp.Column:
    """A column of the fact."""
    return exp.column(name)


def parameter(name: str, kind: str) -> exp.Expr:
    """A typed parameter; DuckDB is given texts."""
    return exp.cast(exp.Placeholder(this=name), kind)


def _adapt_node(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Placeholder) and node.name in _TIMES:
        return parameter(node.name, _TIMES[node.name])
    if isinstance(node, exp.Cast) and type(node) is exp.Cast and not isinstance(node.this, exp.Placeholder):
        # A node that is replaced is not walked any further: what it holds is made ready here.
        return exp.TryCast(this=_adapt(node.this), to=node.args["to"])
    if isinstance(node, _CONDITIONS) and isinstance(node.parent, _OPERATIONS):
        return exp.paren(_adapt(node.copy()), copy=False)
    return node


_CONDITIONS: Final = (exp.Predicate, exp.Not, exp.Connector)
_OPERATIONS: Final = (exp.Predicate, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg)
_ARITHMETIC: Final = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Abs)

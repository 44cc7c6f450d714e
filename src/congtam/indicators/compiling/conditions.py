"""What selects the rows of an indicator, as SQL trees; and the small parts every statement is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.narrowing import Narrowing
from congtam.indicators.domain.vocabulary import PARAMETERS, Family, Vocabulary
from congtam.indicators.language.expressions import Expression, check
from congtam.indicators.language.parsing import DIALECT
from congtam.kernel.errors import InputRefused, Problem, gather_problems

RELATION: Final = "fact_rows"
"""The table name that stands for the rows of a data version in compiled SQL."""


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
    per: Expression | None = None

    def __hash__(self) -> int:
        return hash(self.definition.digest)


_OF_ANY_VALUE: Final = (Kind.DISTINCT, Kind.DISTINCT_RATE)


def check_definition(definition: Definition, vocabulary: Vocabulary) -> Checked:
    """Check all expressions of a definition, or raise InputRefused with the mistakes of all of them."""
    checked: dict[str, Expression] = {}
    faults: list[Problem] = []
    for name, text, wants in expression_fields(definition):
        with gather_problems(faults):
            checked[name] = check(text, vocabulary, wants=wants)
    if faults:
        raise InputRefused(faults)
    return Checked(definition=definition, **checked)


def expression_fields(definition: Definition) -> list[tuple[str, str, Family | None]]:
    """The expressions of a definition: field, text, and what kind of value each must yield."""
    of_value = None if definition.kind in _OF_ANY_VALUE else Family.NUMBER
    wanted = {"out_of": Family.BOOLEAN, "counts": Family.BOOLEAN, "value": of_value, "per": Family.NUMBER}
    texts = {name: str(getattr(definition, name)) for name in wanted}
    return [(name, texts[name], wants) for name, wants in wanted.items() if texts[name]]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Compiled SQL with the parameters that occur in it."""

    sql: str
    parameters: frozenset[str]
    derived: frozenset[str] = frozenset()
    """Columns that the rows need besides their own: of joined facts, of the rows next to them."""


def statement(query: exp.Select) -> Statement:
    """The SQL text of a query, which is not used any more."""
    names = frozenset(one.name for one in query.find_all(exp.Placeholder))
    derived = frozenset(one.name for one in query.find_all(exp.Column) if "__" in one.name)
    return Statement(sql=query.sql(DIALECT, copy=False), parameters=names, derived=derived)


def sql_over(sql: str, relation: str) -> str:
    """Compiled SQL over a relation that holds the rows."""
    return sql.replace(f"FROM {RELATION}", f"FROM {relation} AS {RELATION}")


def denominator_condition(checked: Checked) -> exp.Expr:
    """The rows of the denominator: where values are summed or ranked, those that have one."""
    condition = adapt_to_engine(checked.out_of)
    if checked.definition.narrowing is not None:
        condition = both(exp.paren(condition, copy=False), _narrow(checked.definition.narrowing))
    for needed in (checked.value, checked.per):
        if needed is not None:
            condition = both(condition, not_null_condition(exp.paren(adapt_to_engine(needed), copy=False)))
    return condition


def _narrow(narrowing: Narrowing) -> exp.Expr:
    """Rows that say one thing in one column, or none of several; values are literals, never read as SQL."""
    own = exp.Trim(this=exp.Coalesce(this=column(narrowing.column), expressions=[exp.Literal.string("")]))
    if narrowing.excluded:
        values = [exp.Literal.string(value) for value in narrowing.excluded]
        return exp.not_(exp.In(this=own, expressions=values), copy=False)
    return exp.EQ(this=own, expression=exp.Literal.string(narrowing.value))


def numerator_condition(checked: Checked) -> exp.Expr:
    """What a row of the denominator must satisfy to be in the numerator."""
    return adapt_to_engine(checked.counts)


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


def suffix_parameters(tree: exp.Expr, number: int | None) -> exp.Expr:
    """The same with its parameters of time numbered, for conditions that stand once per window; None leaves them."""
    if number is None:
        return tree
    return tree.transform(
        lambda node: (
            exp.Placeholder(this=f"{node.name}_{number}")
            if isinstance(node, exp.Placeholder) and node.name in PARAMETERS
            else node
        )
    )


def column(name: str) -> exp.Column:
    """A column of the fact."""
    return exp.column(name)


def parameter(name: str, kind: str) -> exp.Expr:
    """A typed parameter; DuckDB is given texts."""
    return exp.cast(exp.Placeholder(this=name), kind)

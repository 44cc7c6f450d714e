"""SQL that lists the rows behind a figure, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.compiling.conditions import (
    RELATION,
    Checked,
    Columns,
    Statement,
    among_units,
    column,
    in_period,
    parameter,
    rows_condition,
    statement,
)
from congtam.indicators.domain.vocabulary import Family, Vocabulary

LAST: Final = {"date": "9999-12-31", "instant": "9999-12-31 00:00:00+00"}
"""Rows without a value in the order column come last."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """The column rows are listed by, ties by key."""

    column: str
    is_instant: bool

    @property
    def tree(self) -> exp.Expr:
        """The column, with a far day in place of a missing value, so that pages can go on from any row."""
        kind, far = ("TIMESTAMPTZ", LAST["instant"]) if self.is_instant else ("DATE", LAST["date"])
        return exp.func("COALESCE", column(self.column), exp.cast(exp.Literal.string(far), kind))

    @property
    def position(self) -> exp.Expr:
        """The place of the last row of the page before, given as the text parameter ``after``."""
        return parameter("after", "TIMESTAMPTZ" if self.is_instant else "DATE")


def order_of(name: str, period: str, vocabulary: Vocabulary) -> Order:
    """By the named column, else the instant of the period column, else the period column itself."""
    chosen = name or period.removesuffix("_on") + "_at"
    if chosen not in vocabulary.columns:
        chosen = period
    return Order(column=chosen, is_instant=vocabulary.columns[chosen] == Family.INSTANT)


@lru_cache(maxsize=256)
def compile_rows(
    checked: Checked, columns: Columns, order: Order, *, part: str, shown: tuple[str, ...], goes_on: bool
) -> Statement:
    """One page of the rows of a part, in order; with ``goes_on`` only those after (``after``, ``after_key``)."""
    conditions = _part_conditions(checked, columns, part)
    if goes_on:
        conditions.append(_after_position(order, columns.key))
    selected: list[exp.Expr] = [column(name) for name in shown]
    selected.append(exp.alias_(order.tree, "position"))
    if checked.value is not None:
        selected.append(exp.alias_(adapt_to_engine(checked.value), "value"))
    query = exp.select(*selected).from_(RELATION).where(*conditions)
    query = query.order_by(exp.column("position"), column(columns.key))
    return statement(query.limit(exp.Placeholder(this="limit")))


@lru_cache(maxsize=64)
def compile_row_counts(checked: Checked, columns: Columns, *, part: str) -> Statement:
    """How many rows of a part each unit has."""
    rows = exp.alias_(exp.func("COUNT", exp.Star()), "rows")
    query = (
        exp.select(column(columns.unit), rows)
        .from_(RELATION)
        .where(*_part_conditions(checked, columns, part))
    )
    return statement(query.group_by(column(columns.unit)))


@lru_cache(maxsize=64)
def compile_identities(checked: Checked, columns: Columns, *, part: str) -> Statement:
    """The keys of all rows of a part, with their units and the two halves of the digest of their content."""
    selected = (columns.key, columns.unit, columns.high, columns.low)
    query = exp.select(*(column(name) for name in selected)).from_(RELATION)
    return statement(query.where(*_part_conditions(checked, columns, part)))


def _part_conditions(checked: Checked, columns: Columns, part: str) -> list[exp.Expr]:
    period = checked.definition.period
    conditions = [rows_condition(checked, part), among_units(columns.unit)]
    return [*conditions, in_period(period)] if period else conditions


def _after_position(order: Order, key: str) -> exp.Expr:
    later = exp.GT(this=order.tree, expression=order.position)
    same = exp.EQ(this=order.tree, expression=order.position)
    next_key = exp.GT(this=column(key), expression=exp.Placeholder(this="after_key"))
    return exp.paren(exp.or_(later, exp.and_(same, next_key)))

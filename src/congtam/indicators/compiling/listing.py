"""SQL that lists rows: those behind a figure, page by page, and those that show a red flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.conditions import (
    RELATION,
    Checked,
    Columns,
    Statement,
    among_units,
    bound,
    column,
    in_period,
    parameter,
    rows_condition,
    statement,
)
from congtam.indicators.compiling.expressions import Expression
from congtam.indicators.domain.flags import FlagDefinition, FlagKind
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
    period = checked.definition.period
    conditions = [rows_condition(checked, part), among_units(columns.unit)]
    conditions += [in_period(period)] if period else []
    if goes_on:
        conditions.append(_after(order, columns.key))
    selected: list[exp.Expr] = [column(name) for name in shown]
    selected.append(exp.alias_(order.tree, "position"))
    if checked.value is not None:
        selected.append(exp.alias_(bound(checked.value.tree), "value"))
    query = exp.select(*selected).from_(RELATION).where(*conditions)
    query = query.order_by(exp.column("position"), column(columns.key))
    return statement(query.limit(exp.Placeholder(this="limit")))


@lru_cache(maxsize=64)
def compile_keys(checked: Checked, columns: Columns, *, part: str) -> Statement:
    """The keys of all rows of a part, with their units."""
    period = checked.definition.period
    conditions = [
        rows_condition(checked, part),
        among_units(columns.unit),
        *([in_period(period)] if period else []),
    ]
    query = exp.select(column(columns.key), column(columns.unit)).from_(RELATION).where(*conditions)
    return statement(query.order_by(column(columns.key)))


def compile_flag(
    flag: FlagDefinition,
    when: Expression,
    by: Sequence[Expression],
    *,
    columns: Columns,
    shown: tuple[str, ...],
) -> Statement:
    """The rows that show a flag, the strongest first: of groups the largest, else by the flag's order."""
    selection: list[exp.Expr] = [column(name) for name in shown]
    order: list[exp.Expr] = [column(flag.order)] if flag.order else []
    query = exp.select(*selection).from_(RELATION).where(*_shows(flag, when, columns))
    if flag.kind == FlagKind.GROUP:
        groups = [bound(one.tree) for one in by]
        same = [
            exp.EQ(this=tree, expression=exp.column(f"group_{number}")) for number, tree in enumerate(groups)
        ]
        large = _large_groups(flag, when, groups, columns=columns)
        query = query.select(exp.column("group_size")).join(
            large.subquery("large_groups"), on=exp.and_(*same)
        )
        order = [
            exp.column("group_size").desc(),
            *[exp.column(f"group_{number}") for number in range(len(groups))],
        ]
    return statement(query.order_by(*order, column(columns.key)))


def _shows(flag: FlagDefinition, when: Expression, columns: Columns) -> list[exp.Expr]:
    conditions = [bound(when.tree), among_units(columns.unit)]
    return [*conditions, in_period(flag.period)] if flag.period else conditions


def _large_groups(
    flag: FlagDefinition, when: Expression, groups: Sequence[exp.Expr], *, columns: Columns
) -> exp.Select:
    """The values that enough rows share: found first, so that only their rows are read whole."""
    keys = [exp.alias_(tree, f"group_{number}") for number, tree in enumerate(groups)]
    size = exp.func("COUNT", exp.Star())
    query = exp.select(*keys, exp.alias_(size, "group_size")).from_(RELATION)
    query = query.where(*_shows(flag, when, columns)).group_by(*[tree.copy() for tree in groups])
    return query.having(exp.GTE(this=size.copy(), expression=exp.Literal.number(flag.at_least)))


def _after(order: Order, key: str) -> exp.Expr:
    later = exp.GT(this=order.tree, expression=order.position)
    same = exp.EQ(this=order.tree, expression=order.position)
    next_key = exp.GT(this=column(key), expression=exp.Placeholder(this="after_key"))
    return exp.paren(exp.or_(later, exp.and_(same, next_key)))

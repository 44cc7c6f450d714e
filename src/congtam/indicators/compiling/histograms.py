"""How often each value occurs, for medians, quantiles and distinct values: many windows in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.compiling.conditions import (
    RELATION,
    Checked,
    Columns,
    Statement,
    both,
    column,
    denominator_condition,
    in_period,
    numerator_condition,
    selects_all,
    statement,
)
from congtam.indicators.domain.vocabulary import Family
from congtam.indicators.language.expressions import Expression

_KEYS: Final = ("window_number", "group_number", "chosen_value")
_SPANS: Final = {
    "window_number": ("windows", ""),
    "first_day": ("starts", "DATE"),
    "end_day": ("ends", "DATE"),
    "instant": ("instants", "TIMESTAMPTZ"),
}
_GROUPED: Final = {"of_unit": ("units", ""), "group_number": ("groups", "")}
_OF_WINDOW: Final = {"period_start": "first_day", "period_end": "end_day", "as_of": "instant"}


@lru_cache(maxsize=64)
def compile_histogram(checked: Checked, columns: Columns) -> Statement:
    """How many rows each window and group of units has of each value, with the digest sums of these rows.

    A result row is: window number, group number, value, rows, the two digest sums; then the same three of the rows that
    count, where not all of them do. Values that are no numbers are texts. Windows are the list parameters
    ``windows``, ``starts``, ``ends`` and ``instants``; ``start`` and ``end`` span them all. The list parameters
    ``units`` and ``groups`` say to which group a unit belongs; other units are not counted.
    """
    if checked.value is None:
        raise ValueError(f"{checked.definition.code} has no value expression")
    period = checked.definition.period
    rows = (
        exp.select(
            exp.column("window_number", table="spans"),
            exp.column("group_number", table="grouped"),
            exp.alias_(_bind_window_parameters(_chosen_value(checked.value)), "chosen_value"),
            exp.alias_(column(columns.high), "high"),
            exp.alias_(column(columns.low), "low"),
        )
        .from_(RELATION)
        .join(_table_of_lists(_SPANS, "spans"), on=_span_condition(period))
        .join(_table_of_lists(_GROUPED, "grouped"), on=_unit_condition(columns.unit))
        .where(in_period(period), _bind_window_parameters(denominator_condition(checked)))
    )
    keys = [exp.column(name) for name in _KEYS]
    sums: list[exp.Expr] = [exp.func("COUNT", exp.Star())]
    sums += [exp.func("SUM", exp.column(name)) for name in ("high", "low")]
    if not selects_all(checked):
        rows = rows.select(exp.alias_(_bind_window_parameters(numerator_condition(checked)), "does_count"))
        where = exp.Where(this=exp.column("does_count"))
        sums += [exp.Filter(this=one.copy(), expression=where.copy()) for one in sums[:3]]
    counted = exp.select(*keys, *sums).from_(rows.subquery("chosen"))
    return statement(counted.group_by(*keys))


def _chosen_value(value: Expression) -> exp.Expr:
    tree = adapt_to_engine(value)
    return tree if value.family == Family.NUMBER else exp.cast(tree, "VARCHAR", copy=False)


def _span_condition(period: str) -> exp.Expr:
    first, end = exp.column("first_day", table="spans"), exp.column("end_day", table="spans")
    return both(exp.GTE(this=column(period), expression=first), exp.LT(this=column(period), expression=end))


def _unit_condition(unit: str) -> exp.Expr:
    return exp.EQ(this=column(unit), expression=exp.column("of_unit", table="grouped"))


def _bind_window_parameters(tree: exp.Expr) -> exp.Expr:
    """An expression whose parameters are those of the row's window."""
    return tree.transform(
        lambda node: (
            exp.column(_OF_WINDOW[node.name], table="spans")
            if isinstance(node, exp.Placeholder) and node.name in _OF_WINDOW
            else node
        )
    )


def _table_of_lists(lists: Mapping[str, tuple[str, str]], name: str) -> exp.Subquery:
    """A table whose columns are list parameters, cast to a type where one is named."""
    columns = []
    for title, (parameter, kind) in lists.items():
        listed: exp.Expr = exp.Anonymous(this="UNNEST", expressions=[exp.Placeholder(this=parameter)])
        columns.append(exp.alias_(exp.cast(listed, kind) if kind else listed, title))
    return exp.select(*columns).subquery(name)

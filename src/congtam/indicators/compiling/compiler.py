"""From definitions to one pass over the rows of a fact.

Where there are several conditions, every row gets one number, ``bits``, whose bit k says that condition k holds (a
condition is: in the denominator of one indicator, or in its numerator). Rows are counted by unit and bits; the few
sums that come of it are then added up per condition. So a row is hashed once, however many indicators are computed.
With few conditions they are counted directly, which is cheaper. Equal conditions are one condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    both,
    column,
    denominator_condition,
    in_period,
    not_null_condition,
    numerator_condition,
    selects_all,
    statement,
    suffix_parameters,
)
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.language.expressions import Expression
from congtam.indicators.language.parsing import DIALECT

MOST_CONDITIONS: Final = 62
COUNTED_DIRECTLY: Final = 3
_SUMMED: Final = (Kind.MEAN, Kind.SUM, Kind.RATIO)


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where in a result row the parts of one indicator stand: numbers of conditions, and of sums of values.

    ``total`` is the numerator of a mean, sum or ratio; ``divisor`` the denominator of a ratio.
    """

    denominator: int
    numerator: int
    total: int | None = None
    divisor: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pass(Statement):
    """A compiled pass: SQL with `RELATION`, and where each indicator's parts are in its rows.

    A row is: unit[, month], then for each condition the number of rows[, the two digest sums], then the sums of
    values. Parameters: ``start``, ``end`` (days), ``as_of`` and ``units``, as far as they occur in the SQL.
    """

    positions: Mapping[tuple[str, int], Position]
    condition_count: int
    has_digests: bool
    leading: int


@dataclass
class _Distinct:
    """The distinct expressions met so far; equal SQL is one expression."""

    numbers: dict[str, int] = field(default_factory=dict)
    trees: list[exp.Expr] = field(default_factory=list)

    def number(self, tree: exp.Expr) -> int:
        text = tree.sql(DIALECT, copy=False)
        if text not in self.numbers:
            self.numbers[text] = len(self.trees)
            self.trees.append(tree)
        return self.numbers[text]


@lru_cache(maxsize=256)
def compile_pass(
    checked: tuple[Checked, ...],
    columns: Columns,
    *,
    by_month: bool = False,
    digests: bool = True,
    some_units: bool = False,
    windows: int = 1,
) -> Pass:
    """One pass for all these definitions, which must be either all stocks or all of periods.

    ``by_month`` groups by the month of the period column, which must be the same for all, over all time.
    ``some_units`` reads only the rows of the units in the list parameter ``units``. With several ``windows`` stocks
    are taken at as many instants at once, and their parameters are numbered (``as_of_0`` …).
    """
    periods = sorted({one.definition.period for one in checked if one.definition.period})
    groups: dict[str, exp.Expr] = {"unit": column(columns.unit)}
    if by_month:
        month = exp.func("DATE_TRUNC", exp.Literal.string("month"), column(periods[0]))
        groups["month"] = exp.cast(month, "DATE")
    builder = _Builder(columns=columns, groups=groups, digests=digests)
    windowed = len(periods) > 1 and not by_month
    positions = {
        (one.definition.code, number): builder.position(
            one, windowed=windowed, number=number if windows > 1 else None
        )
        for number in range(windows)
        for one in checked
    }
    filters = [_window_filter(periods, by_month=by_month), among_units(columns.unit) if some_units else None]
    if windows > 1:
        filters.append(builder.any_denominator(positions.values()))
    compiled = statement(builder.query([one for one in filters if one is not None]))
    return Pass(
        sql=compiled.sql,
        positions=positions,
        condition_count=len(builder.conditions.trees),
        has_digests=digests,
        leading=len(groups),
        parameters=compiled.parameters,
        derived=compiled.derived,
    )


@dataclass(kw_only=True)
class _Builder:
    """Collects the conditions of a pass, then writes its layers: mark, count[, add up]."""

    columns: Columns
    groups: Mapping[str, exp.Expr]
    digests: bool
    conditions: _Distinct = field(default_factory=_Distinct)
    values: _Distinct = field(default_factory=_Distinct)
    totals: list[tuple[int, int]] = field(default_factory=list)

    def position(self, checked: Checked, *, windowed: bool, number: int | None) -> Position:
        period = checked.definition.period if windowed else ""
        of_rows = suffix_parameters(_restrict_to_period(denominator_condition(checked), period), number)
        denominator = numerator = self.conditions.number(of_rows)
        if not selects_all(checked):
            chosen = both(denominator_condition(checked), numerator_condition(checked))
            numerator = self.conditions.number(suffix_parameters(_restrict_to_period(chosen, period), number))
        if len(self.conditions.trees) > MOST_CONDITIONS:
            raise ValueError(f"more than {MOST_CONDITIONS} conditions in one pass; compute fewer at once")
        kind = checked.definition.kind
        total = (
            self._total(checked.value, denominator if kind == Kind.MEAN else numerator)
            if kind in _SUMMED
            else None
        )
        divisor = self._total(checked.per, denominator) if kind == Kind.RATIO else None
        return Position(denominator=denominator, numerator=numerator, total=total, divisor=divisor)

    def _total(self, value: Expression | None, condition: int) -> int | None:
        """The number of a sum of values over the rows of a condition."""
        if value is None:
            return None
        self.totals.append((self.values.number(adapt_to_engine(value)), condition))
        return len(self.totals) - 1

    def any_denominator(self, positions: Iterable[Position]) -> exp.Expr:
        """A row counts in some window. Few rows are open at any instant: the engine need not read the rest of them."""
        numbers = sorted({position.denominator for position in positions})
        return exp.or_(*[exp.paren(self.conditions.trees[number].copy()) for number in numbers], copy=False)

    def query(self, filters: Sequence[exp.Expr]) -> exp.Select:
        if len(self.conditions.trees) <= COUNTED_DIRECTLY:
            return self._select_directly(filters)
        keys = self._group_columns()
        selection: list[exp.Expr] = [*keys]
        for number in range(len(self.conditions.trees)):
            selection += [
                _filter_aggregate("SUM", name, _has_bit(number))
                for name in ("row_count", *self._digest_names)
            ]
        selection += [_filter_aggregate("SUM", f"value_{value}", _has_bit(bit)) for value, bit in self.totals]
        return (
            exp.select(*selection, copy=False)
            .from_(self._select_counts(filters).subquery("counted"))
            .group_by(*keys)
        )

    def _select_directly(self, filters: Sequence[exp.Expr]) -> exp.Select:
        marks = [
            exp.alias_(tree, f"holds_{number}", copy=False)
            for number, tree in enumerate(self.conditions.trees)
        ]
        selection: list[exp.Expr] = [*self._group_columns()]
        for number in range(len(marks)):
            holds = exp.column(f"holds_{number}")
            selection.append(_filter_aggregate("COUNT", "*", holds))
            selection += [_filter_aggregate("SUM", name, holds) for name in self._digest_names]
        selection += [
            _filter_aggregate("SUM", f"value_{value}", exp.column(f"holds_{number}"))
            for value, number in self.totals
        ]
        marked = self._select_marked(marks, filters).subquery("marked", copy=False)
        return (
            exp.select(*selection, copy=False)
            .from_(marked, copy=False)
            .group_by(*self._group_columns(), copy=False)
        )

    def _group_columns(self) -> list[exp.Column]:
        return [exp.column(name) for name in self.groups]

    @property
    def _digest_names(self) -> tuple[str, ...]:
        return ("high", "low") if self.digests else ()

    def _select_counts(self, filters: Sequence[exp.Expr]) -> exp.Select:
        keys = [*self._group_columns(), exp.column("bits")]
        summed = [*self._digest_names, *(f"value_{number}" for number in range(len(self.values.trees)))]
        sums = [exp.alias_(exp.func("SUM", exp.column(name)), name) for name in summed]
        rows = exp.alias_(exp.func("COUNT", exp.Star()), "row_count")
        marked = self._select_marked(
            [exp.alias_(_condition_bits(self.conditions.trees), "bits", copy=False)], filters
        )
        return exp.select(*keys, rows, *sums).from_(marked.subquery("marked", copy=False)).group_by(*keys)

    def _select_marked(self, marks: Sequence[exp.Expr], filters: Sequence[exp.Expr]) -> exp.Select:
        selection: list[exp.Expr] = [exp.alias_(tree, name, copy=False) for name, tree in self.groups.items()]
        selection += marks
        if self.digests:
            halves = {"high": self.columns.high, "low": self.columns.low}
            selection += [exp.alias_(column(name), alias) for alias, name in halves.items()]
        selection += [
            exp.alias_(tree, f"value_{number}", copy=False) for number, tree in enumerate(self.values.trees)
        ]
        marked = exp.select(*selection, copy=False).from_(RELATION, copy=False)
        return marked.where(*filters, copy=False) if filters else marked


def _restrict_to_period(condition: exp.Expr, period: str) -> exp.Expr:
    return both(in_period(period), condition) if period else condition


def _condition_bits(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """A number whose bit k says that condition k holds; every term is BIGINT, so that 62 of them fit."""
    terms = [
        exp.Case(
            ifs=[exp.If(this=tree, true=exp.cast(exp.Literal.number(1 << number), "BIGINT"))],
            default=exp.Literal.number(0),
        )
        for number, tree in enumerate(conditions)
    ]
    total: exp.Expr = terms[0]
    for term in terms[1:]:
        total = exp.Add(this=total, expression=term)
    return total


def _has_bit(number: int) -> exp.Expr:
    bit = exp.BitwiseAnd(this=exp.column("bits"), expression=exp.Literal.number(1 << number))
    return exp.NEQ(this=exp.paren(bit, copy=False), expression=exp.Literal.number(0))


def _filter_aggregate(function: str, name: str, condition: exp.Expr) -> exp.Expr:
    """An aggregate over the rows that satisfy a condition."""
    argument = exp.Star() if name == "*" else exp.column(name)
    return exp.Filter(this=exp.func(function, argument), expression=exp.Where(this=condition.copy()))


def _window_filter(periods: Iterable[str], *, by_month: bool) -> exp.Expr | None:
    named = list(periods)
    if not named:
        return None
    if by_month:
        return not_null_condition(column(named[0]))
    return exp.or_(*[in_period(one) for one in named], copy=False)

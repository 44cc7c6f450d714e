"""From definitions to one pass over the rows of a fact.

Every row gets one number, ``bits``: bit 2k says that it is in the denominator of one indicator, another bit that it is
in the numerator. Rows are counted by unit and bits first; the few sums that come of it are then added up per
condition. So a row is hashed once, however many indicators are computed, and equal conditions share a bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sqlglot import exp

from congtam.indicators.domain.definitions import Definition, Kind
from congtam.indicators.domain.expressions import DIALECT, Expression, check
from congtam.indicators.domain.vocabulary import Family, Vocabulary

RELATION: Final = "fact_rows"
"""The table name that stands for the rows of a data version in compiled SQL."""
MOST_CONDITIONS: Final = 62
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
    return Checked(
        definition=definition,
        out_of=check(definition.out_of, vocabulary),
        counts=check(definition.counts, vocabulary),
        value=value,
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a result row the parts of one indicator stand: condition numbers, and the sum's number for a mean."""

    denominator: int
    numerator: int
    total: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pass:
    """A compiled pass: SQL with `RELATION`, and where each indicator's parts are in its rows.

    A row is: unit[, month], then for each condition the number of rows[, the two digest sums], then the sums of values.
    Parameters: ``start``, ``end`` (days) and ``as_of``, as far as they occur in the SQL.
    """

    sql: str
    places: Mapping[str, Place]
    condition_count: int
    has_digests: bool
    leading: int
    parameters: frozenset[str]


@dataclass
class _Distinct:
    """The distinct expressions met so far; equal SQL is one expression."""

    numbers: dict[str, int] = field(default_factory=dict)
    trees: list[exp.Expr] = field(default_factory=list)

    def number(self, tree: exp.Expr) -> int:
        text = tree.sql(DIALECT)
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
) -> Pass:
    """One pass for all these definitions, which must be either all stocks or all of periods.

    ``by_month`` groups by the month of the period column, which must be the same for all, over all time.
    ``some_units`` reads only the rows of the units in the list parameter ``units``.
    """
    periods = sorted({one.definition.period for one in checked if one.definition.period})
    groups: dict[str, exp.Expr] = {"unit": column(columns.unit)}
    if by_month:
        groups["month"] = exp.cast(
            exp.func("DATE_TRUNC", exp.Literal.string("month"), column(periods[0])), "DATE"
        )
    builder = _Builder(columns=columns, groups=groups, digests=digests)
    windowed = len(periods) > 1 and not by_month
    places = {one.definition.code: builder.place(one, windowed=windowed) for one in checked}
    filters = [_window_filter(periods, by_month=by_month), among_units(columns.unit) if some_units else None]
    query = builder.query([one for one in filters if one is not None])
    return Pass(
        sql=query.sql(DIALECT),
        places=places,
        condition_count=len(builder.conditions.trees),
        has_digests=digests,
        leading=len(groups),
        parameters=frozenset(one.name for one in query.find_all(exp.Placeholder)),
    )


@dataclass(kw_only=True)
class _Builder:
    """Collects the conditions of a pass, then writes its three layers: mark, count, add up."""

    columns: Columns
    groups: Mapping[str, exp.Expr]
    digests: bool
    conditions: _Distinct = field(default_factory=_Distinct)
    values: _Distinct = field(default_factory=_Distinct)
    totals: list[tuple[int, int]] = field(default_factory=list)

    def place(self, checked: Checked, *, windowed: bool) -> Place:
        period = checked.definition.period
        members = exp.and_(window(period), _members(checked)) if windowed and period else _members(checked)
        denominator = numerator = self.conditions.number(members)
        if not _is_true(checked.counts.tree):
            numerator = self.conditions.number(exp.and_(members, _selected(checked)))
        if len(self.conditions.trees) > MOST_CONDITIONS:
            raise ValueError(
                f"more than {MOST_CONDITIONS} conditions in one pass; compute fewer indicators at once"
            )
        total = None
        if checked.definition.kind == Kind.MEAN and checked.value is not None:
            self.totals.append((self.values.number(bound(checked.value.tree)), denominator))
            total = len(self.totals) - 1
        return Place(denominator=denominator, numerator=numerator, total=total)

    def query(self, filters: Sequence[exp.Expr]) -> exp.Select:
        keys = [exp.column(name) for name in self.groups]
        selected: list[exp.Expr] = [*keys]
        for number in range(len(self.conditions.trees)):
            selected += [_where_bit(name, number) for name in ("row_count", *self._digest_names)]
        selected += [_where_bit(f"value_{value}", bit) for value, bit in self.totals]
        return exp.select(*selected).from_(self._counted(filters).subquery("counted")).group_by(*keys)

    @property
    def _digest_names(self) -> tuple[str, ...]:
        return ("high", "low") if self.digests else ()

    def _counted(self, filters: Sequence[exp.Expr]) -> exp.Select:
        keys = [exp.column(name) for name in (*self.groups, "bits")]
        summed = [*self._digest_names, *(f"value_{number}" for number in range(len(self.values.trees)))]
        sums = [exp.alias_(exp.func("SUM", exp.column(name)), name) for name in summed]
        rows = exp.alias_(exp.func("COUNT", exp.Star()), "row_count")
        return exp.select(*keys, rows, *sums).from_(self._marked(filters).subquery("marked")).group_by(*keys)

    def _marked(self, filters: Sequence[exp.Expr]) -> exp.Select:
        selected = [exp.alias_(tree, name) for name, tree in self.groups.items()]
        selected.append(exp.alias_(_bits(self.conditions.trees), "bits"))
        if self.digests:
            selected += [
                exp.alias_(column(self.columns.high), "high"),
                exp.alias_(column(self.columns.low), "low"),
            ]
        selected += [exp.alias_(tree, f"value_{number}") for number, tree in enumerate(self.values.trees)]
        marked = exp.select(*selected).from_(RELATION)
        return marked.where(*filters) if filters else marked


def _bits(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """A number whose bit k says that condition k holds; every term is BIGINT, so that 62 of them fit."""
    terms = [
        exp.Case()
        .when(tree, exp.cast(exp.Literal.number(1 << number), "BIGINT"))
        .else_(exp.Literal.number(0))
        for number, tree in enumerate(conditions)
    ]
    total: exp.Expr = terms[0]
    for term in terms[1:]:
        total = exp.Add(this=total, expression=term)
    return total


def _where_bit(name: str, number: int) -> exp.Expr:
    """SUM(name) over the counted rows whose bit is set."""
    bit = exp.BitwiseAnd(this=exp.column("bits"), expression=exp.Literal.number(1 << number))
    test = exp.NEQ(this=exp.paren(bit), expression=exp.Literal.number(0))
    return exp.Filter(this=exp.func("SUM", exp.column(name)), expression=exp.Where(this=test))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Compiled SQL with the parameters that occur in it."""

    sql: str
    parameters: frozenset[str]


@lru_cache(maxsize=64)
def compile_histogram(checked: Checked, columns: Columns) -> Statement:
    """How many rows of the period have each value, by unit, with the digest sums of these rows."""
    if checked.value is None:
        raise ValueError(f"{checked.definition.code} has no value expression")
    keys = [exp.column("unit"), exp.column("value")]
    sums = [exp.func("SUM", column(name)) for name in ("high", "low")]
    rows = (
        exp.select(
            exp.alias_(column(columns.unit), "unit"),
            exp.alias_(bound(checked.value.tree), "value"),
            exp.alias_(column(columns.high), "high"),
            exp.alias_(column(columns.low), "low"),
        )
        .from_(RELATION)
        .where(window(checked.definition.period), _members(checked))
    )
    return statement(
        exp.select(*keys, exp.func("COUNT", exp.Star()), *sums).from_(rows.subquery("chosen")).group_by(*keys)
    )


def statement(query: exp.Select) -> Statement:
    """The SQL text of a query."""
    names = frozenset(one.name for one in query.find_all(exp.Placeholder))
    return Statement(sql=query.sql(DIALECT), parameters=names)


def rows_condition(checked: Checked, part: str) -> exp.Expr:
    """The condition of the rows behind a part of a figure: numerator, denominator, or the rest between them."""
    members = _members(checked)
    selected = _selected(checked)
    if part == "denominator":
        return members
    if part == "numerator":
        return exp.and_(members, selected)
    return exp.and_(members, exp.Is(this=exp.paren(selected), expression=exp.true()).not_())


def bound(tree: exp.Expr) -> exp.Expr:
    """A copy of an expression whose parameters are typed."""
    return tree.transform(_typed)


def window(period: str) -> exp.Expr:
    """The condition that a day column lies in the period."""
    return exp.and_(column(period) >= parameter("start", "DATE"), column(period) < parameter("end", "DATE"))


def column(name: str) -> exp.Column:
    """A column of the fact."""
    return exp.column(name)


def parameter(name: str, kind: str) -> exp.Expr:
    """A typed parameter; DuckDB is given texts."""
    return exp.cast(exp.Placeholder(this=name), kind)


def _typed(node: exp.Expr) -> exp.Expr:
    return parameter(node.name, _TIMES[node.name]) if isinstance(node, exp.Placeholder) else node


def _members(checked: Checked) -> exp.Expr:
    """The rows of the denominator: of a mean or median, those that have a value."""
    if checked.value is None:
        return bound(checked.out_of.tree)
    has_value = exp.Is(this=exp.paren(bound(checked.value.tree)), expression=exp.null()).not_()
    return exp.and_(bound(checked.out_of.tree), has_value)


def _selected(checked: Checked) -> exp.Expr:
    return bound(checked.counts.tree)


def _is_true(tree: exp.Expr) -> bool:
    return isinstance(tree, exp.Boolean) and bool(tree.this)


def _window_filter(periods: Iterable[str], *, by_month: bool) -> exp.Expr | None:
    named = list(periods)
    if not named:
        return None
    if by_month:
        return exp.Is(this=column(named[0]), expression=exp.null()).not_()
    return exp.or_(*[window(one) for one in named])


def among_units(unit: str) -> exp.Expr:
    """The condition that a row is of one of the units in the list parameter ``units``."""
    listed = exp.select(exp.Anonymous(this="UNNEST", expressions=[exp.Placeholder(this="units")]))
    return exp.In(this=column(unit), query=listed.subquery())

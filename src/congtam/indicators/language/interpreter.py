"""What an expression means (đặc tả ngôn ngữ biểu thức): its value for one row, worked out part by part.

This is the specification of the language. The engine is faster and must give the same; a property test compares them.

A value is None (missing), a bool, a whole number of 64 bits (int), a decimal with six places and up to 32 digits before
them (Decimal), a text, a day (date), an instant (a datetime without a zone: the clock on the wall in Việt Nam), or a
length of time (`Span`). What a value cannot hold is missing: an overflow, a division by zero, a text that is no number,
a day after the year 9999. Missing is neither true nor false: `and`, `or`, `not` are those of SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Any, Final, NamedTuple

from sqlglot import exp

from congtam.indicators.language.expressions import Expression
from congtam.indicators.language.families import is_decimal
from congtam.indicators.language.functions import NEIGHBOURS, SET_VALUE, name_of
from congtam.indicators.language.parsing import DIALECT
from congtam.indicators.language.times import add_months, as_instant, count_borders, part_of_time, truncate
from congtam.indicators.language.values import (
    bounded,
    cast_value,
    from_double,
    from_row,
    round_half_away,
    to_double,
)
from congtam.kernel.clock import LOCAL
from congtam.kernel.vietnamese import fold
from congtam.kernel.work_calendar import OutsideCalendar, WorkCalendar

Value = Any
Row = Mapping[str, Value]
_NOT_VALUES: Final = ("unit", "to", "decimals")
DAY_MICROSECONDS: Final = 86_400 * 10**6


class Span(NamedTuple):
    """A length of time; to compare two, a month has 30 days."""

    months: int = 0
    days: int = 0
    microseconds: int = 0

    @property
    def size(self) -> int:
        """All of it in microseconds."""
        return (self.months * 30 + self.days) * DAY_MICROSECONDS + self.microseconds


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """Works out expressions for one row.

    ``parameters`` are those of the period; ``before`` and ``after`` are the rows next to it in its group, None at the
    ends. A column of a joined fact is named ``join.column``. Instants of rows and parameters have a zone.
    """

    row: Row
    parameters: Row = field(default_factory=dict)
    before: Row | None = None
    after: Row | None = None
    calendar: WorkCalendar | None = None
    set_values: Callable[[str, date], Decimal | None] | None = None
    """The value of a parameter that holds for the unit of the row on a day."""

    def evaluate(self, expression: Expression) -> Value:
        """The value of an expression that passed the check."""
        with localcontext(prec=80):
            return self._value(expression.tree, expression)

    def _value(self, node: exp.Expr, expression: Expression) -> Value:
        def value(part: exp.Expr) -> Value:
            return self._value(part, expression)

        special = _SPECIAL.get(type(node))
        if isinstance(node, exp.Literal | exp.Round):
            result = self._number(node, expression)
        elif special is not None:
            result = special(node, value)
        elif isinstance(node, exp.Column | exp.Placeholder) or name_of(node) in NEIGHBOURS:
            result = self._read(node)
        else:
            children = node.iter_expressions()
            parts = [
                value(one)
                for one in children
                if one.arg_key not in _NOT_VALUES and not isinstance(one, exp.Var)
            ]
            result = None if None in parts else self._apply(node, parts)
        # A choice of whole numbers and decimals is a decimal, whichever it yields.
        return bounded(result, decimal=is_decimal(node, expression.vocabulary))

    def _number(self, node: exp.Expr, expression: Expression) -> Value:
        """A literal; or a number rounded half away from zero."""
        if isinstance(node, exp.Literal):
            return node.name if node.is_string else Decimal(node.name)
        number, places = self._value(node.this, expression), node.args.get("decimals")
        return (
            None
            if number is None
            else round_half_away(Decimal(number), int(places.sql()) if places is not None else 0)
        )

    def _read(self, node: exp.Expr) -> Value:
        """A column of the row or of one next to it, or a parameter."""
        if isinstance(node, exp.Anonymous):
            other = self.before if name_of(node) == "previous" else self.after
            return None if other is None else from_row(other[node.expressions[0].name])
        if isinstance(node, exp.Placeholder):
            return from_row(self.parameters[node.name])
        return from_row(self.row[f"{node.text('table')}.{node.name}".removeprefix(".")])

    def _apply(self, node: exp.Expr, parts: list[Value]) -> Value:
        """A function of values none of which is missing."""
        name = name_of(node)
        if name == "folded":
            return fold(parts[0])
        if name == SET_VALUE:
            return self.set_values(parts[0], parts[1]) if self.set_values else None
        if name:
            return self._working_time(name, *map(as_instant, parts))
        try:
            return _FUNCTIONS[type(node)](node, *parts)
        except (OverflowError, ValueError):  # a day before the year 1 or after 9999
            return None

    def _working_time(self, name: str, start: datetime, end: datetime) -> Value:
        try:
            if self.calendar is None:
                return None
            if name == "working_days":
                return self.calendar.working_days_between(start.date(), end.date())
            first, last = (one.replace(tzinfo=LOCAL) for one in (start, end))
            return from_double(self.calendar.working_seconds_between(first, last) / 3600)
        except OutsideCalendar:
            return None


def _key(value: Value) -> Value:
    return value.size if isinstance(value, Span) else value


def _compare(kind: type[exp.Expr], left: Value, right: Value) -> bool | None:
    return None if left is None or right is None else bool(_COMPARISONS[kind](_key(left), _key(right)))


def _same(left: Value, right: Value) -> bool:
    """IS NOT DISTINCT FROM: missing is the same as missing."""
    return left is right if left is None or right is None else bool(_compare(exp.EQ, left, right))


def _all(values: Iterable[bool | None]) -> bool | None:
    held = list(values)
    return False if False in held else None if None in held else True


def _any(values: Iterable[bool | None]) -> bool | None:
    held = list(values)
    return True if True in held else None if None in held else False


def _present(node: exp.Expr, value: Callable[[exp.Expr], Value]) -> list[Value]:
    """Those of the parts that are not missing."""
    return [held for one in node.iter_expressions() if (held := value(one)) is not None]


def _case(node: exp.Expr, value: Callable[[exp.Expr], Value]) -> Value:
    chosen = next(
        (one.args["true"] for one in node.args["ifs"] if value(one.this) is True), node.args.get("default")
    )
    return None if chosen is None else value(chosen)


def _interval(node: exp.Expr, _value: object) -> Span:
    count, unit = int(node.this.name), _unit(node)
    if unit in ("day", "week"):
        return Span(days=count * (7 if unit == "week" else 1))
    seconds = {"second": 1, "minute": 60, "hour": 3600}.get(unit, 0)
    return Span({"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * count, 0, seconds * count * 10**6)


def _add(node: exp.Expr, left: Value, right: Value) -> Value:
    """A sum or a difference of numbers, of lengths of time, of two times, or of a time and a length."""
    sign = -1 if isinstance(node, exp.Sub) else 1
    if isinstance(left, Span):
        return Span(*(one + sign * other for one, other in zip(left, right, strict=True)))
    if isinstance(right, Span):
        months, days, microseconds = (sign * one for one in right)
        day = add_months(as_instant(left).date(), months)
        moved = datetime.combine(day, as_instant(left).time()) + timedelta(
            days=days, microseconds=microseconds
        )
        return moved if isinstance(left, datetime) else moved.date()
    if isinstance(left, datetime):
        gap = (left - right) // timedelta(microseconds=1)
        days = abs(gap) // DAY_MICROSECONDS * (1 if gap >= 0 else -1)
        return Span(days=days, microseconds=gap - days * DAY_MICROSECONDS)
    return (left - right).days if isinstance(left, date) else left + sign * right


def _remainder(_node: exp.Expr, left: Value, right: Value) -> Value:
    """What division leaves, with the sign of the dividend."""
    return Decimal(left) % Decimal(right) if right and not (left == -(2**63) and right == -1) else None


def _unit(node: exp.Expr) -> str:
    return node.text("unit").lower().removesuffix("s")


_COMPARISONS: Final[Mapping[type[exp.Expr], Callable[[Any, Any], Any]]] = {
    exp.EQ: operator.eq, exp.NEQ: operator.ne, exp.LT: operator.lt, exp.LTE: operator.le, exp.GT: operator.gt,
    exp.GTE: operator.ge,
}  # fmt: skip
_SPECIAL: Final[Mapping[type[exp.Expr], Callable[[Any, Callable[[exp.Expr], Value]], Value]]] = {
    exp.Null: lambda _node, _value: None,
    exp.Boolean: lambda node, _value: bool(node.this),
    exp.Paren: lambda node, value: value(node.this),
    exp.Interval: _interval,
    exp.And: lambda node, value: _all([value(node.left), value(node.right)]),
    exp.Or: lambda node, value: _any([value(node.left), value(node.right)]),
    exp.Is: lambda node, value: _same(value(node.this), value(node.expression)),
    exp.NullSafeEQ: lambda node, value: _same(value(node.this), value(node.expression)),
    exp.NullSafeNEQ: lambda node, value: not _same(value(node.this), value(node.expression)),
    exp.In: lambda node, value: _any(
        _compare(exp.EQ, value(node.this), value(one)) for one in node.expressions
    ),
    exp.Between: lambda node, value: _all(
        _compare(kind, value(node.this), value(node.args[end]))
        for kind, end in ((exp.GTE, "low"), (exp.LTE, "high"))
    ),
    exp.Case: _case,
    exp.Coalesce: lambda node, value: next(iter(_present(node, value)), None),
    exp.Least: lambda node, value: min(_present(node, value), key=_key, default=None),
    exp.Greatest: lambda node, value: max(_present(node, value), key=_key, default=None),
}
_FUNCTIONS: Final[Mapping[type[exp.Expr], Callable[..., Value]]] = {
    **{kind: lambda node, left, right: _compare(type(node), left, right) for kind in _COMPARISONS},
    exp.Not: lambda _node, held: not held,
    **dict.fromkeys((exp.Add, exp.Sub), _add),
    exp.Mul: lambda _node, left, right: left * right,
    exp.Div: lambda _node, left, right: from_double(to_double(left) / to_double(right)) if right else None,
    exp.Mod: _remainder,
    exp.Neg: lambda _node, number: -number,
    exp.Abs: lambda _node, number: abs(number),
    exp.Lower: lambda _node, text: text.lower(),
    exp.Length: lambda _node, text: len(text),
    exp.StartsWith: lambda _node, text, start: text.startswith(start),
    exp.Contains: lambda _node, text, part: part in text,
    exp.Extract: lambda node, moment: part_of_time(node.name.lower().removesuffix("s"), moment),
    **{
        kind: lambda node, moment: part_of_time(type(node).__name__.lower(), moment)
        for kind in (exp.Year, exp.Quarter, exp.Month, exp.Day)
    },
    **dict.fromkeys((exp.TimestampTrunc, exp.DateTrunc), lambda node, moment: truncate(_unit(node), moment)),
    exp.DateDiff: lambda node, end, start: count_borders(_unit(node), end, start),
    exp.Cast: lambda node, value: cast_value(value, node.args["to"].sql(DIALECT)),
}

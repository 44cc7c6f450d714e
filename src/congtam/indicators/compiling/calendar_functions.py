"""Working days and hours between two instants, by lists of the work calendar that stand beside every row.

The lists have one entry for each covered day (``counting.calendar_lists`` makes them): how many working days, and how
many open seconds, lie before it, and which pattern of open spans it has. A look-up by the number of the day is all the
engine needs; a day that is not covered has no entry, so the result is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

FIRST_DAY: Final = "working_first_day"
DAYS_BEFORE: Final = "working_days_before"
DAYS_THROUGH: Final = "working_days_through"
SECONDS_BEFORE: Final = "working_seconds_before"
PATTERN: Final = "working_pattern"
SPANS: Final = "working_spans"
PREFIX: Final = "calendar__"
"""The lists are columns, each the same in all rows: as parameters they would be copied wherever they are named."""
MOST_SPANS: Final = 4
"""So many open spans a day may have; in a pattern each is two entries, those that are not there are empty spans."""


def working_days(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    """Working days after the first day up to and with the second; minus those before it when the second is first."""
    first, last = _day(start), _day(end)
    through = _difference(DAYS_THROUGH, first, last)
    before = _difference(DAYS_BEFORE, first, last)
    is_later = exp.GTE(this=last.copy(), expression=first.copy())
    return exp.Case(ifs=[exp.If(this=is_later, true=through)], default=before)


def working_hours(moments: Sequence[exp.Expr], *, are_days: Sequence[bool]) -> exp.Expr:
    """Open hours of the office from one instant to another, a fraction; a day stands for its first instant."""
    start, end = (
        _list_entry(SECONDS_BEFORE, _number(_day(moment))) if is_day else _seconds_until(moment)
        for moment, is_day in zip(moments, are_days, strict=True)
    )
    seconds = exp.paren(exp.Sub(this=end, expression=start), copy=False)
    return exp.Div(this=exp.cast(seconds, "DOUBLE", copy=False), expression=exp.Literal.number(3600))


def _seconds_until(moment: exp.Expr) -> exp.Expr:
    """Open seconds of all covered days before an instant."""
    number = _number(_day(moment))
    wall = exp.cast(moment.copy(), "TIMESTAMP")
    whole = exp.IntDiv(
        this=exp.Anonymous(this="EPOCH_US", expressions=[wall]), expression=exp.Literal.number(1_000_000)
    )
    second = exp.paren(exp.Mod(this=exp.paren(whole), expression=exp.Literal.number(86_400)))
    pattern = _list_entry(PATTERN, number)
    total: exp.Expr = _list_entry(SECONDS_BEFORE, number)
    for span in range(MOST_SPANS):
        opens, closes = (
            _list_entry(
                SPANS,
                exp.Add(
                    this=exp.Mul(this=pattern.copy(), expression=exp.Literal.number(2 * MOST_SPANS)),
                    expression=exp.Literal.number(2 * span + place),
                ),
            )
            for place in (1, 2)
        )
        passed = _call("GREATEST", exp.Sub(this=second.copy(), expression=opens), exp.Literal.number(0))
        length = exp.Sub(this=closes, expression=opens.copy())
        total = exp.Add(this=total, expression=_call("LEAST", passed, length))
    return exp.paren(total, copy=False)


def _difference(name: str, first: exp.Expr, last: exp.Expr) -> exp.Expr:
    return exp.Sub(this=_list_entry(name, _number(last)), expression=_list_entry(name, _number(first)))


def _day(tree: exp.Expr) -> exp.Expr:
    return exp.cast(tree.copy(), "DATE")


def _number(day: exp.Expr) -> exp.Expr:
    """The number of a day from 1; 0, which has no entry, for every day before the first and for none."""
    first = exp.column(f"{PREFIX}{FIRST_DAY}")
    number = exp.Add(this=exp.Sub(this=day.copy(), expression=first), expression=exp.Literal.number(1))
    return _call("GREATEST", number, exp.Literal.number(0))


def _list_entry(name: str, number: exp.Expr) -> exp.Expr:
    return _call("LIST_EXTRACT", exp.column(f"{PREFIX}{name}"), number.copy())


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))

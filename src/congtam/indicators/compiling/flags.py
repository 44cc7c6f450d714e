"""SQL for a red flag: the rows that show it, and how many there are by unit beside those to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.compiling.conditions import (
    RELATION,
    Columns,
    Statement,
    among_units,
    column,
    in_period,
    statement,
)
from congtam.indicators.domain.flags import FlagDefinition, FlagKind
from congtam.indicators.domain.vocabulary import Vocabulary
from congtam.indicators.language.expressions import Expression, check
from congtam.kernel.errors import InputRefused, Problem, msgid

_INSTANT: Final = "_at"
_HAS_TIME: Final = "_has_time"


@dataclass(frozen=True, kw_only=True)
class CheckedFlag:
    """A flag whose expressions passed the check."""

    flag: FlagDefinition
    when: Expression
    by: tuple[Expression, ...]
    among: Expression | None
    beside: Expression | None
    timed: tuple[str, ...]
    """The columns of the fact that say of an instant whether it has a time of day."""


def check_flag(flag: FlagDefinition, vocabulary: Vocabulary) -> CheckedFlag:
    """Check all expressions of a flag, or raise InputRefused."""
    return CheckedFlag(
        flag=flag,
        when=check(flag.when, vocabulary),
        by=tuple(check(one, vocabulary, wants=None) for one in flag.by),
        among=check(flag.among, vocabulary) if flag.among else None,
        beside=check(flag.beside, vocabulary) if flag.beside else None,
        timed=time_columns(flag.needs_time, vocabulary),
    )


def time_columns(instants: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """For instants such as ``finished_at`` the columns ``finished_has_time``; False there: only the day is known.

    Raises InputRefused where the fact declares no such column: hours would be read out of days, and nothing is guessed
    from midnight.
    """
    names = tuple(f"{instant.removesuffix(_INSTANT)}{_HAS_TIME}" for instant in instants)
    missing = [name for name in names if name not in vocabulary.columns]
    if missing:
        raise InputRefused([_undeclared_problem(name) for name in missing])
    return names


def _undeclared_problem(name: str) -> Problem:
    message = msgid("The fact does not declare the column {name}, which says whether a time of day is known.")
    advice = msgid("Declare the column, or remove the time from needs_time.")
    return Problem(code="column_undeclared", message=message, data={"name": name}, advice=advice)


def compile_flag(checked: CheckedFlag, *, columns: Columns, shown: tuple[str, ...]) -> Statement:
    """The rows that show a flag, the strongest first: of groups the largest, else by the flag's order.

    Besides what is shown, each row has the halves of its digest.
    """
    flag = checked.flag
    selection: list[exp.Expr] = [column(name) for name in (*shown, columns.high, columns.low)]
    order: list[exp.Expr] = [column(flag.order)] if flag.order else []
    query = exp.select(*selection).from_(RELATION).where(*_flag_conditions(checked, columns))
    if flag.kind == FlagKind.GROUP:
        groups = [adapt_to_engine(one) for one in checked.by]
        same = [
            exp.EQ(this=tree, expression=exp.column(f"group_{number}")) for number, tree in enumerate(groups)
        ]
        large = _large_groups(checked, groups, columns=columns)
        query = query.select(exp.column("group_size")).join(
            large.subquery("large_groups"), on=exp.and_(*same)
        )
        order = [
            exp.column("group_size").desc(),
            *[exp.column(f"group_{number}") for number in range(len(groups))],
        ]
    return statement(query.order_by(*order, column(columns.key)))


def compile_tally(checked: CheckedFlag, *, columns: Columns) -> Statement:
    """By unit: rows among which the sign can be, that show it, that are to be expected, and without a time of day.

    The digests of the first are summed too. Groups are not tallied here: only their rows can be counted.
    """
    timed = _time_conditions(checked)
    shows = exp.and_(adapt_to_engine(checked.when), *[one.copy() for one in timed])
    expected = adapt_to_engine(checked.beside) if checked.beside else exp.false()
    counts = {
        "among": exp.true(),
        "seen": shows,
        "beside": exp.and_(expected, *[one.copy() for one in timed]),
        "without_time": exp.not_(exp.and_(*timed)) if timed else exp.false(),
    }
    count = exp.func("COUNT", exp.Star())
    query = exp.select(column(columns.unit)).from_(RELATION).where(*_candidate_conditions(checked, columns))
    for name, condition in counts.items():
        query = query.select(exp.alias_(_filter_aggregate(count.copy(), condition), name))
    for name in (columns.high, columns.low):
        query = query.select(exp.alias_(exp.func("SUM", column(name)), f"among_{name}"))
    return statement(query.group_by(column(columns.unit)))


def _filter_aggregate(counted: exp.Expr, condition: exp.Expr) -> exp.Expr:
    return exp.Filter(this=counted, expression=exp.Where(this=condition))


def _candidate_conditions(checked: CheckedFlag, columns: Columns) -> list[exp.Expr]:
    """The rows that can show the sign, whether or not they have a time of day."""
    conditions = [adapt_to_engine(checked.among)] if checked.among else []
    conditions.append(among_units(columns.unit))
    return [*conditions, in_period(checked.flag.period)] if checked.flag.period else conditions


def _flag_conditions(checked: CheckedFlag, columns: Columns) -> list[exp.Expr]:
    return [
        adapt_to_engine(checked.when),
        *_time_conditions(checked),
        *_candidate_conditions(checked, columns),
    ]


def _time_conditions(checked: CheckedFlag) -> list[exp.Expr]:
    """That the instants which matter have a time of day: false is the only value that denies it."""
    return [exp.not_(exp.Is(this=column(name), expression=exp.false()), copy=False) for name in checked.timed]


def _large_groups(checked: CheckedFlag, groups: Sequence[exp.Expr], *, columns: Columns) -> exp.Select:
    """The values that enough rows share: found first, so that only their rows are read whole."""
    keys = [exp.alias_(tree, f"group_{number}") for number, tree in enumerate(groups)]
    size = exp.func("COUNT", exp.Star())
    query = exp.select(*keys, exp.alias_(size, "group_size")).from_(RELATION)
    query = query.where(*_flag_conditions(checked, columns)).group_by(*[tree.copy() for tree in groups])
    return query.having(exp.GTE(this=size.copy(), expression=exp.Literal.number(checked.flag.at_least)))

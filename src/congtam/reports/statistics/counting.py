"""Counting a reporting form (tổng hợp số liệu): one pass over the column store; every number can list its dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from congtam.dossiers.public import OPEN
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import tree
from congtam.reports.statistics.definitions import Check, StatisticsForm, measures
from congtam.reports.statistics.spans import spans_for
from congtam.warehouse import public as warehouse

FACT: Final = "dossiers"
ALL_ROWS: Final = "*"
"""Stands for the total in addresses of the rows behind a number."""


class Convention(StrEnum):
    """How time is compared (quy ước tính hạn)."""

    BY_DATE = "date"
    BY_INSTANT = "instant"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One form for one unit and period; the period is the one of the form, cut-offs applied."""

    form: StatisticsForm
    unit: str
    period: Period
    convention: Convention = Convention.BY_DATE


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """One row: its key (a field of work or a unit code) and its numbers by column."""

    key: str
    values: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class FailedCheck:
    """A check that does not hold in a row, and by how much (sai lệch)."""

    check: Check
    row: str
    difference: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A form counted: its rows, the total, and what does not add up."""

    question: Question
    rows: tuple[CountedRow, ...]
    total: CountedRow
    failures: tuple[FailedCheck, ...]
    as_of: datetime
    data_version: int


# A clock that was stopped before the due instant stands still: it does not become overdue while it does.
_STANDS: Final = "coalesce(f.stopped_at < f.due_at, false)"
_VERDICT: Final = {
    Convention.BY_DATE: f"""CASE WHEN f.due_on IS NULL THEN 'missing'
      WHEN f.finished_on < $until THEN
        CASE WHEN f.finished_on < f.due_on THEN 'early' WHEN f.finished_on = f.due_on THEN 'on_time' ELSE 'late' END
      WHEN f.due_on < $as_of_day AND NOT {_STANDS} THEN 'overdue' ELSE 'within' END""",
    Convention.BY_INSTANT: f"""CASE WHEN f.due_at IS NULL THEN 'missing'
      WHEN f.finished_on < $until THEN
        CASE WHEN f.finished_at > f.due_at THEN 'late' WHEN f.finished_on < f.due_on THEN 'early' ELSE 'on_time' END
      WHEN f.due_at < $as_of AND NOT {_STANDS} THEN 'overdue' ELSE 'within' END""",
}
_STATES: Final = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
_ROW_KEY: Final = {"field": "coalesce(f.field_name, '')", "unit": "s.bucket"}


def count(question: Question, *, to: Actor) -> Counted:
    """Count the form; NotFound for a unit out of sight."""
    version = warehouse.data_version(FACT)
    sql, parameters = _in_hand(question, version=version, to=to)
    numbers = ", ".join(
        f"count(*) FILTER (WHERE {measures()[column.measure]})" for column in question.form.columns
    )
    found = warehouse.query(f"{sql} SELECT row_key, {numbers} FROM in_hand GROUP BY row_key", parameters)  # noqa: S608
    numbered = [column.number for column in question.form.columns]
    rows = [CountedRow(key=key, values=dict(zip(numbered, values, strict=True))) for key, *values in found]
    rows = _in_order(rows, question)
    total = CountedRow(
        key=ALL_ROWS, values={number: sum(row.values[number] for row in rows) for number in numbered}
    )
    return Counted(
        question=question,
        rows=tuple(rows),
        total=total,
        failures=tuple(_failures(question.form, (*rows, total))),
        as_of=as_of(question.period),
        data_version=version,
    )


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Which dossiers are asked for: those of a number, or those behind the difference of a check."""

    row: str = ALL_ROWS
    column: int | None = None
    check: int | None = None


@dataclass(frozen=True, kw_only=True)
class BehindPage:
    """A page of the dossiers behind a number, the code to go on after, and how many there are in all."""

    rows: tuple[Mapping[str, Any], ...]
    next_after: str | None
    total: int


SHOWN: Final = (
    "code", "unit_code", "procedure_name", "channel", "received_on", "due_on", "finished_on", "state",
)  # fmt: skip


def behind(
    question: Question, asked: Behind, *, to: Actor, after: str | None = None, limit: int = 50
) -> BehindPage:
    """The dossiers behind a number of the form, through the same conditions as the number itself."""
    sql, parameters = _in_hand(question, version=warehouse.data_version(FACT), to=to)
    where = f"({_condition(question.form, asked)})"
    if asked.row != ALL_ROWS:
        where += " AND row_key = $row_key"
        parameters["row_key"] = asked.row
    total = warehouse.query(f"{sql} SELECT count(*) FROM in_hand WHERE {where}", parameters)[0][0]  # noqa: S608
    if after:
        where += " AND code > $after"
        parameters["after"] = after
    columns = ", ".join(SHOWN)
    listed = f"{sql} SELECT {columns} FROM in_hand WHERE {where} ORDER BY code LIMIT {limit + 1}"  # noqa: S608
    found = [dict(zip(SHOWN, row, strict=True)) for row in warehouse.query(listed, parameters)]
    more = len(found) > limit
    rows = tuple(found[:limit])
    return BehindPage(rows=rows, next_after=str(rows[-1]["code"]) if more else None, total=int(total))


def as_of(period: Period) -> datetime:
    """The instant at which open dossiers are looked at: the end of the period, or now while it runs."""
    return min(clock().now(), period.instants()[1])


def _condition(form: StatisticsForm, asked: Behind) -> str:
    """A dossier is behind a difference when its own counts do not add up."""
    if asked.check is None:
        return measures()[form.column(asked.column or 0).measure]
    if not 0 <= asked.check < len(form.checks):
        raise NotFound(kind="check", key=str(asked.check))
    check = form.checks[asked.check]
    left, *parts = (
        f"coalesce(({measures()[form.column(number).measure]})::int, 0)"
        for number in (check.column, *check.parts)
    )
    return f"{left} <> {' + '.join(parts)}"


def _in_hand(question: Question, *, version: int, to: Actor) -> tuple[str, dict[str, Any]]:
    """The dossiers that were in hand during the period, with what the measures need.

    In hand: received in the period, or before it and not ended before it. One received before whose end nobody wrote
    down counts as ended then; one received in the period whose end is not written down is neither settled nor open, and
    the checks name it.
    """
    spans = spans_for(question.unit, by_child=question.form.by == "unit", to=to)
    moment = as_of(question.period)
    sql = f"""WITH spans AS (SELECT unnest($units) AS unit_code, unnest($buckets) AS bucket,
      unnest($since_days) AS since, unnest($until_days) AS until),
    in_hand AS (SELECT f.code, f.unit_code, f.procedure_name, f.channel, f.received_on, f.due_on, f.finished_on,
      f.state, f.payment, coalesce(f.supplement_count, 0) AS supplement_count,
      {_ROW_KEY[question.form.by]} AS row_key, {_VERDICT[question.convention]} AS verdict,
      coalesce(f.finished_on < $until, false) AS is_settled,
      coalesce(f.finished_on >= $until, f.state IN ({_STATES})) AS is_open
    FROM {warehouse.relation(FACT, version)} f
    JOIN spans s ON f.unit_code = s.unit_code AND f.received_on >= s.since AND f.received_on < s.until
    WHERE f.received_on < $until AND (f.received_on >= $since OR f.finished_on >= $since
      OR (f.finished_on IS NULL AND f.state IN ({_STATES}))))"""  # noqa: S608 - made of constants
    parameters: dict[str, Any] = {
        "units": [span.unit_code for span in spans],
        "buckets": [span.bucket for span in spans],
        "since_days": [span.since for span in spans],
        "until_days": [span.until for span in spans],
        "since": question.period.start,
        "until": question.period.end,
    }
    if question.convention is Convention.BY_DATE:
        parameters["as_of_day"] = moment.astimezone(LOCAL).date()
    else:
        parameters["as_of"] = moment
    return sql, parameters


def _in_order(rows: list[CountedRow], question: Question) -> list[CountedRow]:
    """Fields in the order of the Vietnamese alphabet, units in the order of the tree; those without a name last."""
    if question.form.by == "field":
        return sorted(rows, key=lambda row: (not row.key, collation_key(row.key)))
    place = {code: number for number, code in enumerate(tree(question.period.last_day))}
    return sorted(rows, key=lambda row: (row.key == question.unit, place.get(row.key, len(place)), row.key))


def _failures(form: StatisticsForm, rows: tuple[CountedRow, ...]) -> list[FailedCheck]:
    return [
        FailedCheck(check=check, row=row.key, difference=difference)
        for check in form.checks
        for row in rows
        if (difference := check.difference(row.values))
    ]

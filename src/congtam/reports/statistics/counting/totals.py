"""Counting a reporting form (tổng hợp số liệu): one pass over each source it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from congtam.foundation.public import Actor
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import tree
from congtam.reports.statistics.counting.question import (
    ALL_ROWS,
    Counted,
    CountedRow,
    FailedCheck,
    StatisticsQuestion,
    as_of,
)
from congtam.reports.statistics.counting.sources import build_source
from congtam.reports.statistics.definitions import (
    DOSSIERS,
    CountedColumn,
    StatisticsForm,
    measures,
)
from congtam.reports.statistics.spans import UnitSpan, spans_for
from congtam.warehouse import public as warehouse

Numbers = dict[str, dict[int, int]]
"""The numbers of each row by column."""


def count_form(question: StatisticsQuestion, *, to: Actor) -> Counted:
    """Count the form; NotFound for a unit out of sight."""
    form = question.form
    spans = spans_for(question.unit, by_child=form.by == "unit", to=to)
    numbers_by_row: Numbers = {}
    versions = {}
    for name, columns in form.by_source().items():
        versions[name] = _count_source(
            numbers_by_row, columns, name=name, question=question, spans=spans, to=to
        )
    rows = _sort_rows([_counted_row(form, key, numbers) for key, numbers in numbers_by_row.items()], question)
    sums = {column.number: sum(row.numbers[column.number] for row in rows) for column in form.counted_columns}
    total = _counted_row(form, ALL_ROWS, sums)
    return Counted(
        question=question,
        rows=tuple(rows),
        total=total,
        failures=tuple(_failed_checks(form, (*rows, total))),
        as_of=as_of(question.period),
        data_version=versions[DOSSIERS],
    )


def _count_source(
    numbers_by_row: Numbers,
    columns: Sequence[CountedColumn],
    *,
    name: str,
    question: StatisticsQuestion,
    spans: Sequence[UnitSpan],
    to: Actor,
) -> int:
    """Add the numbers of one source; the data version it was read at."""
    source = build_source(name, question, spans, to=to)
    count_columns = ", ".join(
        f"count(*) FILTER (WHERE {measures()[column.measure].when})" for column in columns
    )
    sql = f"{source.sql} SELECT row_key, {count_columns} FROM in_hand GROUP BY row_key"  # noqa: S608 - made of constants
    for key, *values in warehouse.query(sql, source.parameters):
        numbered = zip((column.number for column in columns), values, strict=True)
        numbers_by_row.setdefault(key, {}).update(numbered)
    return source.version


def _counted_row(form: StatisticsForm, key: str, numbers: Mapping[int, int]) -> CountedRow:
    return CountedRow(
        key=key,
        values={column.number: numbers.get(column.number, 0) for column in form.columns},
        notes={column.number: numbers.get(column.number, 0) for column in form.notes},
    )


def _sort_rows(rows: list[CountedRow], question: StatisticsQuestion) -> list[CountedRow]:
    """Fields in the order of the Vietnamese alphabet, units in the order of the tree; those without a name last."""
    if question.form.by == "field":
        return sorted(rows, key=lambda row: (not row.key, collation_key(row.key)))
    tree_positions = {code: number for number, code in enumerate(tree(question.period.last_day))}
    return sorted(
        rows,
        key=lambda row: (row.key == question.unit, tree_positions.get(row.key, len(tree_positions)), row.key),
    )


def _failed_checks(form: StatisticsForm, rows: tuple[CountedRow, ...]) -> list[FailedCheck]:
    return [
        FailedCheck(check=check, row=row.key, difference=difference)
        for check in form.checks
        for row in rows
        if (difference := check.difference(row.numbers))
    ]

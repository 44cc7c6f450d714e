"""The dossiers behind a number of a form, through the same conditions as the number itself."""

from __future__ import annotations

from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.reports.statistics.counting.question import ALL_ROWS, Behind, BehindPage, Question
from congtam.reports.statistics.counting.sources import SHOWN, source_of
from congtam.reports.statistics.definitions import DOSSIERS, Measure, StatisticsForm, measures
from congtam.reports.statistics.spans import spans_for
from congtam.warehouse import public as warehouse


def behind(
    question: Question, asked: Behind, *, to: Actor, after: str | None = None, limit: int = 50
) -> BehindPage:
    """The dossiers behind a number, or behind the difference of a check; a page of them by code."""
    wanted = _measure(question.form, asked)
    spans = spans_for(question.unit, by_child=question.form.by == "unit", to=to)
    source = source_of(wanted.source, question, spans)
    where, parameters = f"({wanted.when})", dict(source.parameters)
    if asked.row != ALL_ROWS:
        where += " AND row_key = $row_key"
        parameters["row_key"] = asked.row
    total = warehouse.query(f"{source.sql} SELECT count(*) FROM in_hand WHERE {where}", parameters)[0][0]  # noqa: S608
    if after:
        where += " AND code > $after"
        parameters["after"] = after
    columns = ", ".join(SHOWN)
    listed = f"{source.sql} SELECT {columns} FROM in_hand WHERE {where} ORDER BY code LIMIT {limit + 1}"  # noqa: S608
    found = [dict(zip(SHOWN, row, strict=True)) for row in warehouse.query(listed, parameters)]
    more = len(found) > limit
    rows = tuple(found[:limit])
    return BehindPage(rows=rows, next_after=str(rows[-1]["code"]) if more else None, total=int(total))


def _measure(form: StatisticsForm, asked: Behind) -> Measure:
    """A dossier is behind a difference when its own counts do not add up."""
    if asked.check is None:
        return measures()[form.column(asked.column or 0).measure]
    if not 0 <= asked.check < len(form.checks):
        raise NotFound(kind="check", key=str(asked.check))
    check = form.checks[asked.check]
    left, *parts = (
        f"coalesce(({measures()[form.column(number).measure].when})::int, 0)"
        for number in (check.column, *check.parts)
    )
    return Measure(source=DOSSIERS, when=f"{left} <> {' + '.join(parts)}")

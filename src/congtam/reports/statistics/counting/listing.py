"""The dossiers behind a number of a form, through the same conditions as the number itself."""

from __future__ import annotations

from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.reports.statistics.counting.question import (
    ALL_ROWS,
    DrillDown,
    DrillDownPage,
    StatisticsQuestion,
)
from congtam.reports.statistics.counting.sources import SHOWN, build_source
from congtam.reports.statistics.definitions import DOSSIERS, Measure, StatisticsForm, measures
from congtam.reports.statistics.spans import spans_for
from congtam.warehouse import public as warehouse


def list_drill_down(
    question: StatisticsQuestion,
    drill_down: DrillDown,
    *,
    to: Actor,
    after: str | None = None,
    limit: int = 50,
) -> DrillDownPage:
    """The dossiers behind a number, or behind the difference of a check; a page of them by code."""
    measure = _measure_behind(question.form, drill_down)
    spans = spans_for(question.unit, by_child=question.form.by == "unit", to=to)
    source = build_source(measure.source, question, spans, to=to)
    where, parameters = f"({measure.when})", dict(source.parameters)
    if drill_down.row != ALL_ROWS:
        where += " AND row_key = $row_key"
        parameters["row_key"] = drill_down.row
    total = warehouse.query(f"{source.sql} SELECT count(*) FROM in_hand WHERE {where}", parameters)[0][0]  # noqa: S608
    if after:
        where += " AND code > $after"
        parameters["after"] = after
    columns = ", ".join(SHOWN)
    listed = f"{source.sql} SELECT {columns} FROM in_hand WHERE {where} ORDER BY code LIMIT {limit + 1}"  # noqa: S608
    dossiers = [dict(zip(SHOWN, row, strict=True)) for row in warehouse.query(listed, parameters)]
    more = len(dossiers) > limit
    rows = tuple(dossiers[:limit])
    return DrillDownPage(rows=rows, next_after=str(rows[-1]["code"]) if more else None, total=int(total))


def _measure_behind(form: StatisticsForm, drill_down: DrillDown) -> Measure:
    """A dossier is behind a difference when its own counts do not add up."""
    if drill_down.check is None:
        return measures()[form.column(drill_down.column or 0).measure]
    if not 0 <= drill_down.check < len(form.checks):
        raise NotFound(kind="check", key=str(drill_down.check))
    check = form.checks[drill_down.check]
    left, *parts = (
        f"coalesce(({measures()[form.column(number).measure].when})::int, 0)"
        for number in (check.column, *check.parts)
    )
    return Measure(source=DOSSIERS, when=f"{left} <> {' + '.join(parts)}")

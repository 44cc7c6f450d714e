"""What is counted: dossiers in hand during a period, and what was filed online and still waits at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from congtam.dossiers.public import OPEN
from congtam.foundation.public import Actor
from congtam.kernel.clock import local_day
from congtam.reports.statistics.counting.question import Convention, StatisticsQuestion, as_of
from congtam.reports.statistics.definitions import DOSSIERS, FILINGS
from congtam.reports.statistics.spans import UnitSpan
from congtam.warehouse import public as warehouse

Parameters = dict[str, Any]
_PARAMETER: Final = re.compile(r"\$(\w+)")
SHOWN: Final = (
    "code", "unit_code", "procedure_name", "channel", "received_on", "due_on", "finished_on", "state",
)  # fmt: skip
"""What a list of dossiers shows; filings have the same columns."""


@dataclass(frozen=True, kw_only=True)
class RowSource:
    """SQL that names the counted rows ``in_hand``, with its parameters and the data version it reads."""

    sql: str
    parameters: Parameters
    version: int


def build_source(
    name: str, question: StatisticsQuestion, spans: Sequence[UnitSpan], *, to: Actor
) -> RowSource:
    """The rows of a source for a question, as far as the actor may see them."""
    version = warehouse.data_version(name)
    relation = warehouse.visible_rows(name, version, to=to)
    sql = f"""WITH spans AS (SELECT unnest($units) AS unit_code, unnest($buckets) AS bucket,
      unnest($since_days) AS since, unnest($until_days) AS until),
    in_hand AS ({_ROWS[name](question, relation.sql)})"""
    moment = as_of(question.period)
    values: Parameters = {
        **relation.values,
        "units": [span.unit_code for span in spans],
        "buckets": [span.bucket for span in spans],
        "since_days": [span.since for span in spans],
        "until_days": [span.until for span in spans],
        "since": question.period.start,
        "until": question.period.end,
        "as_of": moment,
        "as_of_day": local_day(moment),
    }
    used = set(_PARAMETER.findall(sql))
    return RowSource(
        sql=sql, parameters={key: value for key, value in values.items() if key in used}, version=version
    )


# A clock that was stopped before the due instant stands still: it does not become overdue while it does.
_STOPPED_BEFORE_DUE: Final = "coalesce(f.stopped_at < f.due_at, false)"
_VERDICT: Final = {
    Convention.BY_DATE: f"""CASE WHEN f.due_on IS NULL THEN 'missing'
      WHEN f.finished_on < $until THEN
        CASE WHEN f.finished_on < f.due_on THEN 'early' WHEN f.finished_on = f.due_on THEN 'on_time' ELSE 'late' END
      WHEN f.due_on < $as_of_day AND NOT {_STOPPED_BEFORE_DUE} THEN 'overdue' ELSE 'within' END""",
    Convention.BY_INSTANT: f"""CASE WHEN f.due_at IS NULL THEN 'missing'
      WHEN f.finished_on < $until THEN
        CASE WHEN f.finished_at > f.due_at THEN 'late' WHEN f.finished_on < f.due_on THEN 'early' ELSE 'on_time' END
      WHEN f.due_at < $as_of AND NOT {_STOPPED_BEFORE_DUE} THEN 'overdue' ELSE 'within' END""",
}
_STATES: Final = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
_ROW_KEY: Final = {"field": "coalesce(f.field_name, '')", "unit": "s.bucket"}


def _dossiers_in_hand(question: StatisticsQuestion, relation: str) -> str:
    """The dossiers that were in hand during the period, with what the measures need.

    In hand: received in the period, or before it and not ended before it. One received before whose end nobody wrote
    down counts as ended then; one received in the period whose end is not written down is neither settled nor open, and
    the checks name it.
    """
    return f"""SELECT f.code, f.unit_code, f.procedure_name, f.channel, f.received_on, f.due_on, f.finished_on,
      f.state, f.payment, f.fee_dong, coalesce(f.supplement_count, 0) AS supplement_count,
      f.online_level, f.apology_count, f.received_unit_code, {_ROW_KEY[question.form.by]} AS row_key,
      {_VERDICT[question.convention]} AS verdict,
      coalesce(f.finished_on < $until, false) AS is_settled,
      coalesce(f.finished_on >= $until, f.state IN ({_STATES})) AS is_open
    FROM {relation} f
    JOIN spans s ON f.unit_code = s.unit_code AND f.received_on >= s.since AND f.received_on < s.until
    WHERE f.received_on < $until AND (f.received_on >= $since OR f.finished_on >= $since
      OR (f.finished_on IS NULL AND f.state IN ({_STATES})))"""  # noqa: S608 - made of constants


_LATE_ANSWER: Final = {
    Convention.BY_DATE: "f.answer_due_on < $as_of_day",
    Convention.BY_INSTANT: "f.answer_due_at < $as_of",
}


def _filings_waiting(question: StatisticsQuestion, relation: str) -> str:
    """What was filed online before the end of the period and had no answer then."""
    return f"""SELECT f.code, f.unit_code, f.procedure_name, 'online' AS channel, f.submitted_on AS received_on,
      f.answer_due_on AS due_on, f.answered_on AS finished_on, f.state, {_ROW_KEY[question.form.by]} AS row_key,
      {_LATE_ANSWER[question.convention]} AS is_late
    FROM {relation} f
    JOIN spans s ON f.unit_code = s.unit_code AND f.submitted_on >= s.since AND f.submitted_on < s.until
    WHERE f.submitted_on < $until AND (f.answered_on IS NULL OR f.answered_on >= $until)"""  # noqa: S608


_ROWS: Final[Mapping[str, Callable[[StatisticsQuestion, str], str]]] = {
    DOSSIERS: _dossiers_in_hand,
    FILINGS: _filings_waiting,
}

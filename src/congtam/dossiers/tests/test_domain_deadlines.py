"""The worked tables of docs/algorithms/deadlines.md, run."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates, step_due
from congtam.dossiers.deadlines.domain.clock import DossierClock, verdict_by_date, verdict_by_instant
from congtam.dossiers.domain.states import LineKind
from congtam.dossiers.tests.on_time_rule import Handling, Supplement, on_time_outcome
from congtam.kernel.clock import LOCAL
from congtam.testing.documents import calendar_of_the_document, table_headed

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "deadlines.md"
CALENDAR = calendar_of_the_document()
EVENT = re.compile(r"(\w+) ([\d-]+ [\d:]+)(?: (\w+))?(?: → ([\d-]+ [\d:]+))?$")


def at(text: str) -> datetime:
    """An instant of a table by the clock of Hà Giang; the year 2026 may be left out."""
    year = "" if text.startswith("2026-") else "2026-"
    return datetime.fromisoformat(year + text).replace(tzinfo=LOCAL)


def find_at(text: str) -> datetime | None:
    return at(text) if text else None


def limit_of(text: str, latest: str) -> Limit:
    value, unit = text.split()
    hour = time.fromisoformat(latest) if latest else None
    return Limit(value=Decimal(value), unit=unit, latest_receipt=hour)


def line_of(text: str) -> Line:
    found = EVENT.match(text.strip())
    assert found, text
    kind, moment, ground, until = found.groups()
    return Line(kind=LineKind(kind), at=at(moment), ground=ground or "", until=at(until) if until else None)


LEDGERS = table_headed(DOCUMENT, "limit", "latest hour", "what happened", "due", "why")
STEPS = table_headed(DOCUMENT, "began", "hours", "dossier due", "step due", "why")
CONVENTIONS = table_headed(DOCUMENT, "due", "finished", "by time", "by date")
METRIC = table_headed(
    DOCUMENT,
    *("received", "due", "longest", "supplements", "finished"),
    *("returned", "stopped", "period ends", "verdict", "why"),
)


@pytest.mark.parametrize(
    ("limit", "latest", "happened", "due"), [pytest.param(*row[:4], id=row[4]) for row in LEDGERS]
)
def test_a_ledger_comes_to_what_is_documented(*, limit: str, latest: str, happened: str, due: str) -> None:
    lines = [line_of(event) for event in happened.split(";")]
    found = compute_due_dates(limit_of(limit, latest), lines, calendar=CALENDAR)
    assert found.due_at == at(due)
    assert len(found.due_after) == len(lines)


@pytest.mark.parametrize(
    ("began", "hours", "whole", "due"), [pytest.param(*row[:4], id=row[4]) for row in STEPS]
)
def test_a_step_is_due_as_documented(*, began: str, hours: str, whole: str, due: str) -> None:
    allowed = Decimal(hours) if hours else None
    assert step_due(at(began), allowed, calendar=CALENDAR, within=at(whole)) == at(due)


@pytest.mark.parametrize(("due", "finished", "by_instant", "by_date"), CONVENTIONS)
def test_the_two_conventions_are_as_documented(
    *, due: str, finished: str, by_instant: str, by_date: str
) -> None:
    clock = DossierClock(
        received_at=at("2026-03-02 09:00"),
        due_at=at(due),
        finished_at=at(finished),
        is_open=False,
        time_zone="Asia/Ho_Chi_Minh",
    )
    now = at("2026-04-01 09:00")
    assert (verdict_by_instant(clock, now=now), verdict_by_date(clock, now=now)) == (by_instant, by_date)


def supplements_of(text: str) -> list[Supplement]:
    asked = [part.split("–") for part in text.split(",") if part.strip()]
    return [
        Supplement(requested_at=at(start.strip()), completed_at=find_at(end.strip())) for start, end in asked
    ]


@pytest.mark.parametrize("row", [pytest.param(row, id=row[-1]) for row in METRIC])
def test_metric_2_1_judges_as_documented(row: list[str]) -> None:
    received, due, longest, supplements, finished, returned, stopped, period_end, verdict, _why = row
    handling = Handling(
        received_at=at(received),
        due_at=find_at(due),
        longest=timedelta(days=int(longest.split()[0])) if longest else None,
        supplements=supplements_of(supplements),
        finished_at=find_at(finished),
        returned_at=find_at(returned),
        stopped_at=find_at(stopped),
    )
    assert on_time_outcome(handling, period_end=at(period_end)) == verdict


def test_the_tables_are_read() -> None:
    assert [len(table) for table in (LEDGERS, STEPS, CONVENTIONS, METRIC)] == [41, 5, 6, 17]

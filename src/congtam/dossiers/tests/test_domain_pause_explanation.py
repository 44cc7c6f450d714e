"""Whatever moved the due date, or kept it, is said truthfully: a table of stops of the clock."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from congtam.dossiers.deadlines.domain import Limit, Line
from congtam.dossiers.deadlines.domain.explanation import explain_ledger
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.clock import LOCAL
from congtam.testing.documents import calendar_of_the_document

CALENDAR = calendar_of_the_document()
MOVED = "The remaining time was kept: the due date moved from {old} to {new}."
NO_HOURS = "There were no working hours in that time, so the due date did not move."
SAME_DAY = "The clock stopped and started on the same day; a time limit in days is not moved by that."
OVERDUE = "The dossier was already overdue, so the due date did not move."
SECONDS = "That was less than a minute of working time, so the due date did not move."
DAYS_OFF = "The last day moved within days off, so the time limit still ends on the same working day."


def at(text: str) -> datetime:
    """An instant of 2026; 2 March is a Monday."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("limit", "stopped", "resumed", "reason"),
    [
        pytest.param("5 working_days", "03-04 17:30", "03-05 06:00", NO_HOURS, id="overnight"),
        pytest.param("5 working_days", "03-07 08:00", "03-08 20:00", NO_HOURS, id="weekend"),
        pytest.param("5 working_days", "03-04 12:00", "03-04 13:00", NO_HOURS, id="lunch break"),
        pytest.param("5 working_days", "03-04 10:00", "03-04 10:01", SAME_DAY, id="a working minute"),
        pytest.param("5 working_days", "03-04 08:00", "03-04 16:59", SAME_DAY, id="nearly a whole day"),
        pytest.param("5 working_days", "03-04 16:59", "03-05 08:00", MOVED, id="a minute across the evening"),
        pytest.param("5 working_days", "03-04 10:00", "03-11 09:00", MOVED, id="a week"),
        pytest.param("5 working_days", "03-10 09:00", "03-12 09:00", OVERDUE, id="after the due date"),
        pytest.param("16 hours", "03-03 10:00", "03-03 10:01", MOVED, id="a working minute, in hours"),
        pytest.param("16 hours", "03-03 10:00:00", "03-03 10:00:20", SECONDS, id="twenty seconds, in hours"),
        pytest.param("16 hours", "03-03 17:30", "03-04 06:00", NO_HOURS, id="overnight, in hours"),
        pytest.param("0.5 working_days", "03-02 10:00", "03-02 10:30", MOVED, id="part of a day"),
        pytest.param("10 calendar_days", "03-04 10:00", "03-04 15:00", SAME_DAY, id="in calendar days"),
        pytest.param("12 calendar_days", "03-04 10:00", "03-05 10:00", DAYS_OFF, id="Saturday to Sunday"),
        pytest.param("12 calendar_days", "03-04 10:00", "03-07 10:00", MOVED, id="past the weekend"),
        pytest.param("1 months", "03-04 10:00", "03-05 10:00", MOVED, id="in months"),
    ],
)
def test_each_stop_says_what_it_did(*, limit: str, stopped: str, resumed: str, reason: str) -> None:
    value, unit = limit.split()
    lines = [
        Line(kind=LineKind.GIVEN, at=at("03-02 09:00")),
        Line(kind=LineKind.SUSPENDED, at=at(stopped), ground="supplement"),
        Line(kind=LineKind.RESUMED, at=at(resumed), ground="supplement"),
    ]
    found = explain_ledger(
        Limit(value=Decimal(value), unit=unit), lines, calendar=CALENDAR, now=at("03-20 09:00")
    )
    reasons = {MOVED, NO_HOURS, SAME_DAY, OVERDUE, SECONDS, DAYS_OFF}
    assert [part.message for part in found.sentences if part.message in reasons] == [reason]


def test_stops_for_two_grounds_are_one_stop() -> None:
    lines = [
        Line(kind=LineKind.GIVEN, at=at("03-02 09:00")),
        Line(kind=LineKind.SUSPENDED, at=at("03-03 10:00"), ground="supplement"),
        Line(kind=LineKind.SUSPENDED, at=at("03-03 17:30"), ground="payment"),
        Line(kind=LineKind.RESUMED, at=at("03-03 17:40"), ground="supplement"),
        Line(kind=LineKind.RESUMED, at=at("03-03 18:00"), ground="payment"),
    ]
    found = explain_ledger(
        Limit(value=Decimal(16), unit="hours"), lines, calendar=CALENDAR, now=at("03-20 09:00")
    )
    assert [part.data["new"] for part in found.sentences if part.message == MOVED] == [at("03-04 16:00")]

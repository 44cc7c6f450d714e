"""The worked tables of docs/algorithms/work-calendar.md, run."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from congtam.kernel.clock import LOCAL
from congtam.kernel.work_calendar import CalendarRow, WorkCalendar
from congtam.kernel.work_calendar.days import ALWAYS

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "work-calendar.md"


def table_headed(*columns: str) -> list[list[str]]:
    """The rows of the document's table with exactly these column headings."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    start = lines.index("| " + " | ".join(columns) + " |") + 2
    rows: list[list[str]] = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


CALENDAR = WorkCalendar.from_rows(
    (CalendarRow(date.fromisoformat(day), kind) for day, kind in table_headed("listed day", "kind")),  # type: ignore[arg-type]
    covers=ALWAYS,
)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [pytest.param(*row[:3], id=row[3]) for row in table_headed("received", "limit", "due", "why")],
)
def test_a_due_day_is_as_documented(received: str, limit: str, due: str) -> None:
    count, kind = limit.split(" ", 1)
    add = {
        "working days": CALENDAR.add_working_days,
        "calendar days": CALENDAR.add_calendar_days,
        "months": CALENDAR.add_months,
    }[kind]
    assert add(date.fromisoformat(received), int(count)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [pytest.param(*row[:3], id=row[3]) for row in table_headed("received", "hours", "due", "why")],
)
def test_a_due_hour_is_as_documented(received: str, hours: str, due: str) -> None:
    start, end = (datetime.fromisoformat(text).replace(tzinfo=LOCAL) for text in (received, due))
    assert CALENDAR.add_working_hours(start, float(hours)) == end
    assert CALENDAR.working_hours_between(start, end) == float(hours)


def test_the_tables_are_read() -> None:
    assert len(table_headed("received", "limit", "due", "why")) == 18
    assert len(table_headed("received", "hours", "due", "why")) == 11

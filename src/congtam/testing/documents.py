"""The worked tables of docs/algorithms, as data for the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, cast

from congtam.kernel.work_calendar import CalendarRow, DayKind, WorkCalendar
from congtam.kernel.work_calendar.days import ALWAYS

ALGORITHMS: Final = Path(__file__).parents[3] / "docs" / "algorithms"


def table_headed(document: Path, *columns: str) -> list[list[str]]:
    """The rows of the document's table with exactly these column headings."""
    lines = document.read_text(encoding="utf-8").splitlines()
    start = lines.index("| " + " | ".join(columns) + " |") + 2
    rows: list[list[str]] = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")])
    return rows


def calendar_of_the_document() -> WorkCalendar:
    """The calendar of the worked examples: Tết 2026, a swapped Friday, one half day."""
    rows = table_headed(ALGORITHMS / "work-calendar.md", "listed day", "kind")
    listed = (CalendarRow(date.fromisoformat(day), cast("DayKind", kind)) for day, kind in rows)
    return WorkCalendar.from_rows(listed, covers=ALWAYS)

"""The days off we ship, against dates from official notices."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import CalendarRow, WorkCalendar

CORRECTIONS = Path(__file__).parents[2] / "work_calendar" / "catalogue" / "days_off_corrections.yaml"


def corrections() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(CORRECTIONS.read_text(encoding="utf-8"))
    return rows


@cache
def shipped_calendar() -> WorkCalendar:
    """The package's days, corrected: as an installation starts."""
    import holidays

    vietnam = holidays.country_holidays("VN", years=range(2010, 2031))
    rows = {day: CalendarRow(day, "day_off", name) for day, name in vietnam.items()}
    rows |= {day: CalendarRow(day, "make_up") for day in vietnam.weekend_workdays}
    rows |= {
        row["day"]: CalendarRow(row["day"], row["kind"], row["reason"], row["source"])
        for row in corrections()
    }
    return WorkCalendar.from_rows(rows.values())


def test_it_covers_every_year_asked_for() -> None:
    assert shipped_calendar().covers == Period(date(2010, 1, 1), date(2031, 1, 1))


@pytest.mark.real_data
def test_official_notices_agree(real_data: Path) -> None:
    with (real_data / "holidays" / "official_checks.csv").open(encoding="utf-8") as file:
        checks = list(csv.DictReader(file))
    assert len(checks) == 13
    wrong = [
        row["date"]
        for row in checks
        if shipped_calendar().is_working_day(date.fromisoformat(row["date"])) != (row["official"] != "off")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date(2012, 12, 29), date(2013, 1, 1), id="New Year 2013"),
        pytest.param(date(2013, 2, 9), date(2013, 2, 17), id="Tết 2013"),
        pytest.param(date(2014, 1, 28), date(2014, 2, 5), id="Tết 2014"),
        pytest.param(date(2015, 2, 15), date(2015, 2, 23), id="Tết 2015"),
        pytest.param(date(2015, 4, 28), date(2015, 5, 3), id="Liberation Day 2015"),
        pytest.param(date(2020, 1, 23), date(2020, 1, 29), id="Tết 2020"),
        pytest.param(date(2024, 2, 8), date(2024, 2, 14), id="Tết 2024"),
        pytest.param(date(2026, 1, 1), date(2026, 1, 4), id="New Year 2026"),
        pytest.param(date(2026, 2, 14), date(2026, 2, 22), id="Tết 2026"),
    ],
)
def test_announced_holidays_are_free_from_first_to_last_day(first: date, last: date) -> None:
    calendar = shipped_calendar()
    assert calendar.working_days_between(first, last) == 0
    assert not calendar.is_working_day(first)
    assert calendar.working_days_between(first, calendar.working_day_on_or_after(last)) == 1


@pytest.mark.parametrize(
    "day", ["2013-01-05", "2013-02-23", "2014-01-25", "2014-02-08", "2015-02-14", "2026-01-10"]
)
def test_announced_make_up_days_are_worked(day: str) -> None:
    assert shipped_calendar().is_working_day(date.fromisoformat(day))


def test_every_correction_names_its_reason_and_source() -> None:
    for row in corrections():
        assert row.keys() - {"seen_at"} == {"day", "kind", "reason", "source"}
        assert row["reason"]
        assert row["source"].startswith(("Bộ luật", "Công văn", "Thông báo", "Chưa đối chiếu văn bản"))

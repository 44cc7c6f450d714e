"""The table by which SQL counts working days is what the calendar says, day by day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from congtam.work_calendar.calendar import COVERS, working_calendar
from congtam.work_calendar.models import WorkingDay

pytestmark = pytest.mark.django_db


def test_each_day_counts_those_worked_up_to_it(seeded_calendar: None) -> None:
    calendar, day, worked = working_calendar(), COVERS.start, 0
    rows = []
    while day < COVERS.end:
        worked += calendar.is_working_day(day)
        rows.append((day, worked))
        day += timedelta(days=1)
    assert list(WorkingDay.objects.order_by("day").values_list("day", "ordinal")) == rows

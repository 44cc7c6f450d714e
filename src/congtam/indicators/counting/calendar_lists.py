"""The work calendar as lists, one entry a covered day, for statements that count working time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from congtam.indicators.compiling import calendar_functions as names
from congtam.kernel.work_calendar import WorkCalendar

Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def calendar_lists(calendar: WorkCalendar) -> Mapping[str, Any]:
    """The parameters of a statement with ``working_days`` or ``working_hours`` (lịch làm việc dạng danh sách).

    Raises ValueError for office hours of more spans than a statement reads.
    """
    first = calendar.covers.start
    days = [first + timedelta(days=number) for number in range(calendar.covers.day_count)]
    worked = [calendar.is_working_day(day) for day in days]
    patterns: dict[Spans, int] = {}
    of_day = [
        patterns.setdefault(_open_spans(calendar, day) if is_worked else (), len(patterns))
        for day, is_worked in zip(days, worked, strict=True)
    ]
    lengths = [sum(closes - opens for opens, closes in spans) for spans in patterns]
    through = list(accumulate(int(one) for one in worked))
    return {
        names.FIRST_DAY: first.isoformat(),
        names.DAYS_THROUGH: through,
        names.DAYS_BEFORE: [0, *through[:-1]],
        names.SECONDS_BEFORE: list(accumulate((lengths[one] for one in of_day[:-1]), initial=0)),
        names.PATTERN: of_day,
        names.SPANS: [mark for spans in patterns for mark in _padded(spans)],
    }


def _open_spans(calendar: WorkCalendar, day: date) -> Spans:
    return calendar.hours_on(day).on(half=day in calendar.half_days)


def _padded(spans: Spans) -> list[int]:
    """Beginnings and ends of the spans, filled up with empty ones."""
    if len(spans) > names.MOST_SPANS:
        raise ValueError(f"office hours have more than {names.MOST_SPANS} spans a day")
    marks = [mark for span in spans for mark in span]
    return marks + [0] * (2 * names.MOST_SPANS - len(marks))

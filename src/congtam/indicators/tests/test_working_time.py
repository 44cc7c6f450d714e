"""Working days and hours of expressions: the engine's lists give what the calendar's own arithmetic gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from congtam.indicators.compiling.adaptation import adapt_to_engine
from congtam.indicators.compiling.conditions import statement
from congtam.indicators.counting.calendar_lists import calendar_lists
from congtam.indicators.counting.sources import calendar_relation
from congtam.indicators.domain.vocabulary import Vocabulary
from congtam.indicators.language.expressions import check, problems
from congtam.indicators.language.interpreter import Interpreter
from congtam.indicators.tests.test_compiler import ANSWERED
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import OfficeHours, WorkCalendar
from congtam.warehouse.public import query

COVERS: Final = Period(date(2025, 1, 1), date(2026, 1, 1))
CALENDAR: Final = WorkCalendar(
    [date(2025, 1, 1), *(date(2025, 1, 27) + timedelta(days=day) for day in range(7)), date(2025, 9, 2)],
    [date(2025, 4, 26)],
    [date(2025, 1, 24), date(2025, 8, 30)],
    covers=COVERS,
    later_hours=[(date(2025, 4, 16), OfficeHours(((time(6, 30), time(11)), (time(13), time(16, 30)))))],
)
WORDS: Final = Vocabulary.of_columns(
    "letters", {"sent_at": "timestamp", "answered_at": "timestamp", "sent_on": "date", "answered_on": "date"}
)
EXPRESSIONS: Final = [
    check(text, WORDS, wants=None)
    for text in (
        "working_days(sent_at, answered_at)",
        "working_days(sent_on, answered_on)",
        "working_hours(sent_at, answered_at)",
        "working_hours(sent_on, answered_at)",
        "coalesce(working_hours(sent_at, answered_at), -1) + working_days(sent_on, answered_at) * 8",
    )
]
MOMENTS: Final = st.none() | st.integers(0, 370 * 24 * 60).map(
    lambda minute: datetime(2024, 12, 30, tzinfo=UTC) + timedelta(minutes=minute)
)
DAYS: Final = st.none() | st.dates(date(2024, 12, 30), date(2026, 1, 3))


Row = tuple[Any, ...]


def by_engine(rows: Sequence[Row]) -> list[Row]:
    """The values of all expressions for each row."""
    compiled = statement(exp.select(*[adapt_to_engine(one) for one in EXPRESSIONS]))
    kinds = {"sent_at": "TIMESTAMPTZ", "answered_at": "TIMESTAMPTZ", "sent_on": "DATE", "answered_on": "DATE"}
    values: dict[str, Any] = {}
    selects = []
    for number, row in enumerate(rows):
        named = dict(zip(kinds, row, strict=True))
        values |= {f"{name}_{number}": value and value.isoformat() for name, value in named.items()}
        columns = ", ".join(f"CAST(${name}_{number} AS {kind}) AS {name}" for name, kind in kinds.items())
        selects.append(f"SELECT {number} AS number, {columns}")
    table = f"({' UNION ALL '.join(selects)}) CROSS JOIN {calendar_relation(compiled.derived)}"
    return query(f"{compiled.sql} FROM {table} ORDER BY number", {**values, **calendar_lists(CALENDAR)})


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(MOMENTS, MOMENTS, DAYS, DAYS), min_size=8, max_size=16))
@example(
    [
        (datetime(2025, 1, 24, 4, tzinfo=UTC), datetime(2025, 2, 3, 2, tzinfo=UTC), date(2025, 4, 25), None),
        (None, datetime(2025, 12, 31, 17, tzinfo=UTC), date(2025, 1, 1), date(2024, 12, 31)),
    ]
)
def test_the_engine_counts_as_the_calendar_does(rows: list[Row]) -> None:
    for row, values in zip(rows, by_engine(rows), strict=True):
        named = dict(zip(("sent_at", "answered_at", "sent_on", "answered_on"), row, strict=True))
        interpreter = Interpreter(row=named, calendar=CALENDAR)
        assert values == tuple(interpreter.evaluate(one) for one in EXPRESSIONS)


def test_hours_of_a_half_day_and_of_a_made_up_saturday() -> None:
    """Friday 24 January is a half day of 4.5 hours before Tết; Saturday 26 April is worked, by summer hours."""

    def hours(start: datetime, end: datetime) -> Any:
        return by_engine([(start, end, None, None)])[0][2]

    friday, monday = datetime(2025, 1, 24, tzinfo=LOCAL), datetime(2025, 2, 3, tzinfo=LOCAL)
    assert hours(friday, monday) == pytest.approx(4.5)
    saturday = datetime(2025, 4, 26, tzinfo=LOCAL)
    assert hours(saturday, saturday.replace(hour=7, minute=30)) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("working_days(sent_at) > 1", "arguments_differ"),
        ("working_days(sent_at, working_days(sent_at, answered_at)) > 1", "nested_calendar"),
        ("working_hours(sent_at, 5) > 1", "types_differ"),
        ("working_dais(sent_at, sent_at) > 1", "function_not_allowed"),
    ],
)
def test_mistakes_are_refused(text: str, code: str) -> None:
    assert [one.code for one in problems(text, WORDS)] == [f"expression.{code}"]


def test_a_definition_that_counts_by_the_calendar_has_no_cells() -> None:
    """A correction of the calendar changes it without any row having changed."""
    assert not replace(ANSWERED, counts="working_days(sent_on, answered_on) < 3").has_cells
    assert replace(ANSWERED, counts="working_days < 3").has_cells

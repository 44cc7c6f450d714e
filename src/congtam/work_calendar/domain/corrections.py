"""A correction of the work calendar (điều chỉnh lịch nghỉ): which days, on which ground, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import OfficeHours

KINDS: Final = ("day_off", "make_up", "half_day")
ORDINARY: Final = ""
"""The day is taken off the list: it is an ordinary day again."""
_SATURDAY: Final = 5
_LONGEST: Final = {"reason": 200, "source": 300}


@dataclass(frozen=True, kw_only=True)
class DayChange:
    """A day as it shall be listed; kind ``ORDINARY`` takes it off the list. ``row`` is where a file says so."""

    day: date
    kind: str
    reason: str = ""
    source: str = ""
    row: int | None = None


@dataclass(frozen=True, kw_only=True)
class HoursChange:
    """Office hours from a day on; without spans, those that were entered for that day are taken away."""

    since: date
    spans: tuple[tuple[time, time], ...]
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarCorrection:
    """What is to be changed, together."""

    days: Sequence[DayChange] = field(default_factory=tuple)
    hours: Sequence[HoursChange] = field(default_factory=tuple)


def validate_correction(correction: CalendarCorrection, *, covers: Period) -> Iterator[Problem]:
    """Everything that is wrong with a correction."""
    if not correction.days and not correction.hours:
        yield Problem(code="nothing_to_change", message=msgid("Nothing would change."))
    counts = Counter(change.day for change in correction.days)
    for change in correction.days:
        yield from _problems_of_day(change, covers=covers)
        if counts[change.day] > 1:
            yield _correction_problem(
                change, "day", "day_repeated", message=msgid("{day:%d/%m/%Y} is listed more than once.")
            )
    for rule in correction.hours:
        yield from _problems_of_hours(rule)


def _problems_of_day(change: DayChange, *, covers: Period) -> Iterator[Problem]:
    if not covers.contains(change.day):
        message = msgid("{day:%d/%m/%Y} is outside the years of the calendar.")
        yield _correction_problem(change, "day", "day_outside", message=message)
    if change.kind not in {*KINDS, ORDINARY}:
        message = msgid("“{kind}” is not a kind of day. Choose day off, make-up day or half day.")
        yield _correction_problem(change, "kind", "kind_unknown", message=message)
    is_weekend = change.day.weekday() >= _SATURDAY
    if change.kind == "make_up" and not is_weekend:
        message = msgid("{day:%d/%m/%Y} is a weekday; only a Saturday or Sunday can be a make-up day.")
        yield _correction_problem(change, "kind", "make_up_on_weekday", message=message)
    if change.kind == "half_day" and is_weekend:
        message = msgid("{day:%d/%m/%Y} is a weekend day; it cannot be a half day.")
        yield _correction_problem(change, "kind", "half_day_on_weekend", message=message)
    for column in ("reason", "source"):
        yield from _problems_of_text(change, column)


def _problems_of_text(change: DayChange, column: str) -> Iterator[Problem]:
    text = getattr(change, column).strip()
    needed = column == "source" or change.kind != ORDINARY
    if needed and not text:
        message = msgid("Enter the legal source.") if column == "source" else msgid("Enter the reason.")
        yield _correction_problem(change, column, f"{column}_missing", message=message)
    if len(text) > _LONGEST[column]:
        message = msgid("The text is too long.")
        yield _correction_problem(change, column, f"{column}_too_long", message=message)


def _correction_problem(change: DayChange, column: str, code: str, *, message: str) -> Problem:
    data = {"day": change.day, "kind": change.kind}
    return Problem(code=code, message=message, data=data, row=change.row, column=column)


def _problems_of_hours(rule: HoursChange) -> Iterator[Problem]:
    if not rule.source.strip():
        message = msgid("Enter the legal source.")
        yield Problem(code="source_missing", message=message, column="hours_source")
    if rule.spans and not has_valid_office_hours(rule.spans):
        message = msgid(
            "Enter office hours as time ranges in order, such as 07:00-11:30, "
            "13:30-17:00, with at least one before noon."
        )
        yield Problem(code="hours_wrong", message=message, column="hours")


def has_valid_office_hours(spans: Sequence[tuple[time, time]]) -> bool:
    """Whether the spans are in order and one begins before noon, which a half day needs."""
    if any(at.tzinfo for span in spans for at in span):
        return False
    try:
        return bool(OfficeHours(tuple(spans)).on(half=True))
    except ValueError:
        return False

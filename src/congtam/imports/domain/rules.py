"""What no dossier can be, whatever its source says (quy tắc hợp lý của hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from congtam.kernel.errors import Problem
from congtam.kernel.precision import has_time, precedes
from congtam.tabular.problems import problem

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
TOLERANCE: Final = timedelta(days=1)
"""Clocks of two systems differ, and so do zones; more than a day ahead is not the past."""
FURTHEST_DUE: Final = timedelta(days=30 * 366)
LONGEST_CODE: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """The dates and the state of one dossier, as its source tells them (vòng đời hồ sơ)."""

    received: datetime
    due: datetime | None
    finished: datetime | None
    returned: datetime | None
    state: str
    zone: ZoneInfo
    is_open: bool
    has_result: bool


def date_contradictions(life: Life, *, now: datetime) -> list[Problem]:
    """Everything about these dates that cannot be true.

    >>> day = datetime(2026, 3, 2, tzinfo=UTC)
    >>> life = Life(received=day, due=None, finished=day - timedelta(1), returned=None, state="finished",
    ...             zone=ZoneInfo("UTC"), is_open=False, has_result=True)
    >>> [problem.code for problem in date_contradictions(life, now=day)]
    ['finished_before_received']
    """
    if _is_usual(life, now):
        return []
    return [
        *_implausible_date_problems(life, now),
        *_date_order_problems(life),
        *_state_contradiction_problems(life),
    ]


def _is_usual(life: Life, now: datetime) -> bool:
    """The common case told quickly: finished in order, nothing returned, every date in its place."""
    return (
        life.finished is not None
        and life.due is not None
        and life.returned is None
        and not life.is_open
        and EARLIEST <= life.received <= life.finished <= now
        and life.received <= life.due <= now
    )


def is_plausible(instant: datetime, *, now: datetime) -> bool:
    """Whether something can have happened at this instant."""
    return EARLIEST <= instant <= now + TOLERANCE


def is_code(code: str) -> bool:
    """Whether a text can be a dossier code: 1 to 100 characters one can see."""
    return 0 < len(code) <= LONGEST_CODE and code.isprintable() and code.strip() == code


def _implausible_date_problems(life: Life, now: datetime) -> Iterator[Problem]:
    for field in ("received", "finished", "returned"):
        instant: datetime | None = getattr(life, field)
        if instant is not None and not is_plausible(instant, now=now):
            yield problem("date_implausible", field=field, value=_day_text(instant, life.zone))
    if life.due is not None and not EARLIEST <= life.due <= now + FURTHEST_DUE:
        yield problem("date_implausible", field="due", value=_day_text(life.due, life.zone))


def _date_order_problems(life: Life) -> Iterator[Problem]:
    if life.finished is not None and precedes(life.finished, life.received, life.zone.key):
        yield problem(
            "finished_before_received",
            finished=_time_text(life.finished, life.zone),
            received=_time_text(life.received, life.zone),
        )
    if life.returned is not None and precedes(life.returned, life.received, life.zone.key):
        yield problem(
            "returned_before_received",
            returned=_time_text(life.returned, life.zone),
            received=_time_text(life.received, life.zone),
        )
    if life.due is not None and precedes(life.due, life.received, life.zone.key):
        yield problem(
            "due_before_received",
            severity="warning",
            due=_time_text(life.due, life.zone, is_limit=True),
            received=_time_text(life.received, life.zone),
        )


def _state_contradiction_problems(life: Life) -> Iterator[Problem]:
    if life.has_result and life.finished is None:
        yield problem("finish_missing", state=life.state)
    if life.is_open and life.finished is not None:
        yield problem("state_contradicts_finish", state=life.state)


def _day_text(instant: datetime, zone: ZoneInfo) -> str:
    # Not strftime: it writes years before 1000 without their leading zeros.
    day = instant.astimezone(zone)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _time_text(instant: datetime, zone: ZoneInfo, *, is_limit: bool = False) -> str:
    """The local time as people write it, its seconds where there are any; a day where nothing more is known."""
    if not has_time(instant, zone.key, is_limit=is_limit):
        return _day_text(instant, zone)
    local = instant.astimezone(zone)
    return f"{_day_text(instant, zone)} {local:%H:%M:%S}".removesuffix(":00")

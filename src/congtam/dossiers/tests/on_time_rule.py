"""On time by metric 2.1 of QĐ 766/QĐ-TTg (đúng hạn theo Bộ chỉ số 766), from the dates the national portal holds.

The rule in Python, against which tests compare the figure that the catalogue of indicators defines.

Source: working document of the National Portal for QĐ 766/QĐ-TTg (2022); see ``docs/algorithms/deadlines.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class OnTimeOutcome(StrEnum):
    """What the metric says of a dossier; UNKNOWN where there is neither a due date nor a longest time."""

    ON_TIME = "on_time"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """A request for supplement (yêu cầu bổ sung) and when it was complied with, if it was."""

    requested_at: datetime
    completed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Handling:
    """The dates the metric looks at; ``due_at`` as set at receipt, ``longest`` the time the procedure allows.

    ``stopped_at`` is when the dossier was stopped, refused, or withdrawn after it had been received.
    """

    received_at: datetime
    due_at: datetime | None = None
    longest: timedelta | None = None
    supplements: Sequence[Supplement] = ()
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    stopped_at: datetime | None = None


def on_time_outcome(handling: Handling, *, period_end: datetime) -> OnTimeOutcome:
    """Whether a dossier was handled on time; ``period_end`` is exclusive and replaces an end not yet recorded."""
    if len(handling.supplements) > 1:
        return OnTimeOutcome.LATE
    end = end_of_handling(handling, period_end=period_end) - supplement_time(handling)
    if handling.due_at is not None:
        return OnTimeOutcome.ON_TIME if end <= handling.due_at else OnTimeOutcome.LATE
    if handling.longest is not None:
        return OnTimeOutcome.ON_TIME if end - handling.received_at <= handling.longest else OnTimeOutcome.LATE
    return OnTimeOutcome.UNKNOWN


def end_of_handling(handling: Handling, *, period_end: datetime) -> datetime:
    """When handling ended (kết thúc xử lý): finished before returned before stopped; waiting, when it was requested."""
    for end in (handling.finished_at, handling.returned_at, handling.stopped_at):
        if end is not None:
            return end
    waiting = [request.requested_at for request in handling.supplements if request.completed_at is None]
    return max(waiting, default=period_end)


def supplement_time(handling: Handling) -> timedelta:
    """The time from request to answer of the supplements that were submitted."""
    times = (
        request.completed_at - request.requested_at
        for request in handling.supplements
        if request.completed_at is not None
    )
    return sum((time for time in times if time > timedelta(0)), timedelta(0))

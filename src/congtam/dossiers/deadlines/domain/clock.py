"""The clock of one dossier, explained (giải trình thời hạn): what it was given, when it stood still, how it ended.

Two conventions are in use and both are told: by instant (a result at 16:01 for a limit of 16:00 is late) and by date
(any hour of the due day is on time). Nothing here is stored; the verdict follows from the dates every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from congtam.dossiers.domain.states import State, Verdict
from congtam.kernel.errors import msgid
from congtam.kernel.precision import has_time, precedes


class _EndingMessages(NamedTuple):
    """How an end is told: without a due date, after it, before it."""

    plain: str
    after: str
    before: str


_FINISHED: Final = _EndingMessages(
    msgid("It was finished on {finished}."),
    msgid("It was finished on {finished}, {length} after the due time."),
    msgid("It was finished on {finished}, {length} before the due time."),
)
_ENDED: Final[Mapping[str, _EndingMessages]] = {
    State.STOPPED: _EndingMessages(
        msgid("Handling was stopped on {finished}."),
        msgid("Handling was stopped on {finished}, {length} after the due time."),
        msgid("Handling was stopped on {finished}, {length} before the due time."),
    ),
    State.WITHDRAWN: _EndingMessages(
        msgid("The applicant withdrew it on {finished}."),
        msgid("The applicant withdrew it on {finished}, {length} after the due time."),
        msgid("The applicant withdrew it on {finished}, {length} before the due time."),
    ),
    State.REFUSED: _EndingMessages(
        msgid("It was refused on {finished}."),
        msgid("It was refused on {finished}, {length} after the due time."),
        msgid("It was refused on {finished}, {length} before the due time."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A time during which the clock stands still (tạm dừng)."""

    ground: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DossierClock:
    """The dates that decide (mốc thời hạn); ``is_open`` when somebody still has to act."""

    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    is_open: bool
    time_zone: str
    limit_text: str = ""
    pauses: Sequence[Pause] = ()
    ended_as: str = ""
    """The state in which it ended, for the words of the ending; empty when a result came of it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence to be put into the reader's language: a msgid and the values of its placeholders."""

    message: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The verdicts of both conventions and the story in sentences."""

    by_instant: Verdict
    by_date: Verdict
    sentences: tuple[Sentence, ...]


def explain(clock: DossierClock, *, now: datetime) -> Explanation:
    """Tell how the clock of a dossier ran until ``now``.

    >>> from datetime import UTC
    >>> utc = "UTC"
    >>> due = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> told = explain(DossierClock(received_at=due - timedelta(9), due_at=due, finished_at=due + timedelta(hours=1),
    ...                             is_open=False, time_zone=utc), now=due + timedelta(3))
    >>> told.by_instant.value, told.by_date.value
    ('late', 'on_time')
    """
    by_instant, by_date = verdict_by_instant(clock, now=now), verdict_by_date(clock, now=now)
    sentences = [
        *_beginning_sentences(clock),
        *_pause_sentences(clock, now),
        *outcome_sentences(clock, now=now),
    ]
    return Explanation(by_instant=by_instant, by_date=by_date, sentences=tuple(sentences))


def verdict_by_instant(clock: DossierClock, *, now: datetime) -> Verdict:
    """The verdict when time stamps are compared; early means on a day before the due day."""
    if clock.due_at is None:
        return Verdict.NO_LIMIT
    if clock.finished_at is None:
        return _unfinished_verdict(clock, is_past=_judged_at(clock, now) > clock.due_at)
    if clock.finished_at > clock.due_at:
        return Verdict.LATE
    return (
        Verdict.EARLY
        if _local_day(clock, clock.finished_at) < _local_day(clock, clock.due_at)
        else Verdict.ON_TIME
    )


def verdict_by_date(clock: DossierClock, *, now: datetime) -> Verdict:
    """The verdict when days are compared, in the time zone of the dossier."""
    if clock.due_at is None:
        return Verdict.NO_LIMIT
    due_on = _local_day(clock, clock.due_at)
    if clock.finished_at is None:
        return _unfinished_verdict(clock, is_past=_local_day(clock, _judged_at(clock, now)) > due_on)
    finished_on = _local_day(clock, clock.finished_at)
    if finished_on > due_on:
        return Verdict.LATE
    return Verdict.EARLY if finished_on < due_on else Verdict.ON_TIME


def _unfinished_verdict(clock: DossierClock, *, is_past: bool) -> Verdict:
    if not clock.is_open:
        return Verdict.NO_LIMIT
    return Verdict.OVERDUE if is_past else Verdict.RUNNING


def _judged_at(clock: DossierClock, now: datetime) -> datetime:
    """The instant by which what is unfinished is judged: while the clock stands still, the one at which it stopped."""
    return min([now, *(pause.started_at for pause in clock.pauses if pause.ended_at is None)])


def _local_day(clock: DossierClock, instant: datetime) -> Any:
    return instant.astimezone(ZoneInfo(clock.time_zone)).date()


def _beginning_sentences(clock: DossierClock) -> Iterator[Sentence]:
    yield Sentence(msgid("The dossier was received on {received}."), {"received": clock.received_at})
    if clock.limit_text:
        yield Sentence(msgid("Time limit as stated by the source: {limit}."), {"limit": clock.limit_text})
    if clock.due_at is None:
        yield Sentence(
            msgid("No due date is recorded, so it cannot be determined whether the dossier is late.")
        )
        return
    if precedes(clock.due_at, clock.received_at, clock.time_zone):
        yield Sentence(
            msgid("It was due on {due}, before it was received: one of the dates is wrong."),
            {"due": clock.due_at},
        )
    else:
        allowed = _time_to_due(clock, clock.received_at, clock.due_at)
        yield Sentence(
            msgid("It was due on {due}, {length} after receipt."), {"due": clock.due_at, "length": allowed}
        )


def _pause_sentences(clock: DossierClock, now: datetime) -> Iterator[Sentence]:
    for pause in sorted(clock.pauses, key=lambda pause: pause.started_at):
        data: dict[str, Any] = {"start": pause.started_at, "ground": pause.ground}
        if pause.ended_at is None and not clock.is_open:
            yield Sentence(
                msgid("The clock was stopped on {start} ({ground}); no end of this is recorded."), data
            )
        elif pause.ended_at is None:
            data["length"] = max(now - pause.started_at, timedelta(0))
            yield Sentence(
                msgid("The clock has been stopped since {start} ({ground}), for {length} so far."), data
            )
        else:
            data |= {"end": pause.ended_at, "length": pause.ended_at - pause.started_at}
            yield Sentence(
                msgid("The clock was stopped from {start} to {end} ({ground}), for {length}."), data
            )
    if clock.pauses and clock.due_at is not None:
        yield Sentence(
            msgid(
                "The due date above comes from the source and should already take these "
                "suspensions into account."
            )
        )


def outcome_sentences(clock: DossierClock, *, now: datetime) -> Iterator[Sentence]:
    """How it ended, or how it stands, and where the two conventions differ."""
    yield from _ending_sentences(clock, now)
    bad = {Verdict.LATE, Verdict.OVERDUE}
    if (verdict_by_instant(clock, now=now) in bad) != (verdict_by_date(clock, now=now) in bad):
        yield Sentence(_difference_text(clock))


def _ending_sentences(clock: DossierClock, now: datetime) -> Iterator[Sentence]:
    if clock.finished_at is None:
        if clock.is_open:
            yield from _open_dossier_sentences(clock, now)
        else:
            yield Sentence(msgid("It ended without a result."))
        return
    data: dict[str, Any] = {"finished": clock.finished_at}
    messages = _ENDED.get(clock.ended_as, _FINISHED)
    length = _time_to_due(clock, clock.finished_at, clock.due_at) if clock.due_at else None
    if clock.due_at is None or length is None or (not length and not _has_exact_times(clock)):
        yield Sentence(messages.plain, data)
    elif clock.finished_at > clock.due_at:
        yield Sentence(messages.after, data | {"length": length})
    else:
        yield Sentence(messages.before, data | {"length": length})


def _has_exact_times(clock: DossierClock) -> bool:
    """Whether finish and due date are known to the minute."""
    is_known = clock.finished_at is None or has_time(clock.finished_at, clock.time_zone)
    return is_known and (clock.due_at is None or has_time(clock.due_at, clock.time_zone, is_limit=True))


def _time_to_due(clock: DossierClock, one: datetime, due_at: datetime) -> timedelta:
    """The time between an instant and the due date: whole days where the time of one is not known."""
    zone = clock.time_zone
    if has_time(one, zone) and has_time(due_at, zone, is_limit=True):
        return abs(due_at - one)
    return abs(timedelta(days=(_local_day(clock, due_at) - _local_day(clock, one)).days))


def _open_dossier_sentences(clock: DossierClock, now: datetime) -> Iterator[Sentence]:
    at = _judged_at(clock, now)
    if clock.due_at is None:
        yield Sentence(msgid("It is not finished."))
        return
    if at > clock.due_at:
        yield Sentence(msgid("It is not finished and is {length} overdue."), {"length": at - clock.due_at})
    else:
        yield Sentence(msgid("It is not finished; {length} left."), {"length": clock.due_at - at})


def _difference_text(clock: DossierClock) -> str:
    """Why the two conventions differ: the due time has passed, and the due date has not."""
    if clock.finished_at is None:
        if any(pause.ended_at is None for pause in clock.pauses):
            return msgid(
                "The clock stopped on the due date but after the due time: within the limit by date, overdue by time."
            )
        return msgid(
            "Only the due time has passed, not the due date: within the limit by date, overdue by time."
        )
    if clock.ended_as in _ENDED:
        return msgid("It ended on the due date but after the due time: on time by date, late by time.")
    return msgid("It was finished on the due date but after the due time: on time by date, late by time.")

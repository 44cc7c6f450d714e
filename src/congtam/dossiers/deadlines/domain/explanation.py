"""Why is it due then (vì sao hẹn trả ngày đó)? The ledger of a dossier as one paragraph, with its grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates
from congtam.dossiers.deadlines.domain.clock import (
    DossierClock,
    Explanation,
    Pause,
    Sentence,
    outcome_sentences,
    verdict_by_date,
    verdict_by_instant,
)
from congtam.dossiers.deadlines.domain.days_off import explain_days_off
from congtam.dossiers.deadlines.domain.ledger import CALENDAR_DAYS, MONTHS
from congtam.dossiers.deadlines.domain.pause_explanation import Stop, explain_stop
from congtam.dossiers.deadlines.domain.receipt_explanation import explain_receipt
from congtam.dossiers.deadlines.domain.terms import first_term
from congtam.dossiers.domain.states import PAYMENT_WAIVED, LineKind
from congtam.kernel.errors import msgid
from congtam.kernel.work_calendar import WorkCalendar


def explain_ledger(
    limit: Limit | None,
    lines: Sequence[Line],
    *,
    calendar: WorkCalendar,
    now: datetime,
    finished_at: datetime | None = None,
    is_open: bool = True,
    ended_as: str = "",
) -> Explanation:
    """Tell how the clock of a dossier received here ran until ``now``, from its ledger.

    The due dates stored with the lines are used where there are any: a closed dossier is judged by the date it had.
    """
    computed = compute_due_dates(limit, lines, calendar=calendar)
    due_after = [line.due_at or due for line, due in zip(lines, computed.due_after, strict=True)]
    narration = _Narration(limit=limit, lines=lines, due_after=due_after, calendar=calendar, now=now)
    clock = DossierClock(
        received_at=lines[0].at,
        due_at=due_after[-1],
        finished_at=finished_at,
        is_open=is_open,
        time_zone=str(calendar.zone),
        pauses=[Pause(ground="", started_at=since)] if (since := computed.stopped_since) else [],
        ended_as=ended_as,
    )
    return Explanation(
        by_instant=verdict_by_instant(clock, now=now),
        by_date=verdict_by_date(clock, now=now),
        sentences=(*narration.sentences(), *outcome_sentences(clock, now=now)),
    )


@dataclass
class _Narration:
    """What has been explained so far: the days off named, and the grounds for which the clock is stopped."""

    limit: Limit | None
    lines: Sequence[Line]
    due_after: Sequence[datetime | None]
    calendar: WorkCalendar
    now: datetime
    named_days: set[date] = field(default_factory=set)
    grounds: dict[str, datetime] = field(default_factory=dict)
    stopped_at: datetime | None = None
    """When the clock stopped for the first of the grounds that hold now."""

    def sentences(self) -> Iterator[Sentence]:
        """The sentences, receipt first."""
        corrected = {
            day for line in self.lines if line.kind is LineKind.CALENDAR for day in _corrected_days(line)
        }
        self.named_days |= corrected
        yield from self._narrate_beginning()
        for position, line in enumerate(self.lines[1:], start=1):
            yield from self._narrate_line(
                line, before=self.due_after[position - 1], after=self.due_after[position]
            )
        for ground, start in self.grounds.items():
            length = max(self.now - start, start - start)
            data = {"start": start, "ground": ground, "length": length}
            yield Sentence(
                msgid("The clock has been stopped since {start} ({ground}), for {length} so far."), data
            )
            yield Sentence(
                msgid("The time remaining at that point is preserved and continues when the clock resumes.")
            )

    def _narrate_beginning(self) -> Iterator[Sentence]:
        first, due_at = self.lines[0], self.due_after[0]
        yield from explain_receipt(self.limit, first.at, calendar=self.calendar)
        if first.legal:
            yield Sentence(msgid("Legal ground: {legal}."), {"legal": first.legal})
        if self.limit is None or due_at is None:
            yield Sentence(
                msgid("No due date is recorded, so it cannot be determined whether the dossier is late.")
            )
            return
        counts_from = self.calendar.counts_from(first.at, latest=self.limit.latest_receipt)
        yield from self._narrate_days_off(counts_from, due_at)
        yield Sentence(msgid("The result was therefore due on {due}."), {"due": due_at})

    def _narrate_days_off(self, start: date, due_at: datetime) -> Iterator[Sentence]:
        """The days that did not count on the way to a due date; counted in days, only a last day that was moved."""
        if self.limit is None:
            return
        due_on = due_at.astimezone(self.calendar.zone).date()
        if self.limit.unit in {CALENDAR_DAYS, MONTHS}:
            last_on = first_term(self.limit, self.lines[0].at, calendar=self.calendar).last_on
            if not self.named_days and last_on < due_on:
                yield Sentence(
                    msgid(
                        "The last day, {day}, is a day off, so the time limit ends on the next working day."
                    ),
                    {"day": last_on},
                )
            return
        yield from explain_days_off(start, due_on, calendar=self.calendar, named_days=self.named_days)

    def _narrate_line(
        self, line: Line, *, before: datetime | None, after: datetime | None
    ) -> Iterator[Sentence]:
        data: dict[str, Any] = {"at": line.at, "old": before, "new": after, "until": after}
        if line.kind is LineKind.SUSPENDED:
            self.stopped_at = self.stopped_at if self.grounds else line.at
            self.grounds.setdefault(line.ground, line.at)
        elif line.kind is LineKind.RESUMED:
            yield from self._narrate_resumption(line, before=before, after=after)
        elif line.kind is LineKind.EXTENDED:
            yield Sentence(_extension_text(line), data | {"letter": line.note})
        elif line.kind is LineKind.CALENDAR:
            yield Sentence(
                msgid(
                    "On {at} the calendar of days off was corrected ({legal}); the due date moved from {old} to {new}."
                ),
                data | {"legal": line.legal},
            )
        elif line.kind is LineKind.REOPENED:
            yield Sentence(_reopening_text(line), data)
        elif line.kind is LineKind.ENDED:
            self.grounds.clear()

    def _narrate_resumption(
        self, line: Line, *, before: datetime | None, after: datetime | None
    ) -> Iterator[Sentence]:
        start = self.grounds.pop(line.ground, None)
        if start is None:
            return
        data = {"start": start, "end": line.at, "ground": line.ground, "length": line.at - start}
        yield Sentence(msgid("The clock was stopped from {start} to {end} ({ground}), for {length}."), data)
        if line.note == PAYMENT_WAIVED:
            yield Sentence(_waiver_text(line), {"legal": line.legal})
        if self.limit is None or before is None or after is None or self.grounds:
            return
        stop = Stop(
            stopped_at=self.stopped_at or start, resumed_at=line.at, due_before=before, due_after=after
        )
        if after != before:
            yield from self._narrate_days_off(self.calendar.counts_from(line.at), after)
        yield from explain_stop(stop, self.limit, calendar=self.calendar)


def _corrected_days(line: Line) -> list[date]:
    """The days of the calendar that a line of correction names."""
    return [date.fromisoformat(text) for text in line.note.split() if text]


def _extension_text(line: Line) -> str:
    if line.note:
        return msgid("On {at} the office apologised and postponed the due date to {until} (letter {letter}).")
    return msgid("On {at} the office apologised and postponed the due date to {until}.")


def _waiver_text(line: Line) -> str:
    if line.legal:
        return msgid("The clock resumed because the payment was waived ({legal}).")
    return msgid("The clock resumed because the payment was waived.")


def _reopening_text(line: Line) -> str:
    if line.until:
        return msgid("It was reopened on {at}, with the new due date {until}.")
    return msgid(
        "It was reopened on {at}; the due date is unchanged because closing the dossier is not a "
        "ground for stopping the clock."
    )

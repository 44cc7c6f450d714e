"""A dossier under change (thay đổi hồ sơ): clock, letters and end, for the verbs that need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Max

from congtam.dossiers.deadlines.domain import DueDates, compute_due_dates
from congtam.dossiers.deadlines.domain.spans import seconds_covered
from congtam.dossiers.deadlines.ledgers import limit_of, to_clock_line
from congtam.dossiers.domain.states import LineKind, State, SuspensionGround
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, LetterKind, Suspension
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.dossiers.steps.stepping import end_step, shift_step_due
from congtam.foundation.public import Actor
from congtam.work_calendar.public import working_calendar


@dataclass
class DossierChange:
    """A dossier in one's hands: locked, its right checked, its next state set."""

    subject: HandledDossier
    verb: DeskVerb
    before: str
    """The digest of its row before the change."""
    data: dict[str, Any] = field(default_factory=dict)
    """What the ledger shall say besides; no personal data."""
    closing_reason: str = ""
    """Why nobody pays any more when it ends without a result, for the books of payments; written as people there do."""

    @property
    def actor(self) -> Actor:
        """Who changes it."""
        return self.subject.actor

    @property
    def dossier(self) -> Dossier:
        """The row."""
        return self.subject.dossier

    @property
    def desk(self) -> DeskRecord:
        """Where it lies."""
        return self.subject.desk

    @property
    def process(self) -> DossierProcess:
        """The internal process it was received under."""
        return self.subject.process

    @property
    def now(self) -> datetime:
        """The instant that counts for all that follows from the change."""
        return self.subject.now

    @cached_property
    def lines(self) -> list[ClockLine]:
        """The clock ledger as it stands."""
        return list(ClockLine.objects.filter(dossier=self.dossier))

    def add_line(self, kind: LineKind, **fields: Any) -> ClockLine:
        """Add a line to the clock ledger and work out the due date again."""
        new = ClockLine(
            dossier=self.dossier,
            sequence=len(self.lines) + 1,
            kind=kind.value,
            at=fields.pop("at", self.now),
            actor=self.actor.username,
            recorded_at=self.now,
            **fields,
        )
        self.lines.append(new)
        new.due_at = due_dates_of(self.desk, self.lines).due_at
        self.dossier.due_at = new.due_at
        new.save(force_insert=True)
        return new

    def stop_clock(self, ground: SuspensionGround, *, note: str = "") -> None:
        """Let the clock stand still from now on (tạm dừng)."""
        self.add_line(LineKind.SUSPENDED, ground=ground.value, note=note)
        Suspension.objects.create(dossier=self.dossier, ground=ground.value, started_at=self.now, note=note)

    def start_clock(
        self,
        *,
        ground: SuspensionGround | None = None,
        note: str = "",
        at: datetime | None = None,
        line_fields: Mapping[str, str] | None = None,
    ) -> None:
        """Let the clock run again (tính tiếp thời hạn): end the pauses with this ground and note, or all of them.

        ``line_fields`` is what the lines of the ledger say of it besides.
        """
        since, due_at = due_dates_of(self.desk, self.lines).stopped_since, self.dossier.due_at
        until = min(at or self.now, self.now)
        for pause in self.dossier.suspensions.filter(ended_at__isnull=True).order_by("pk"):
            if (ground is None or pause.ground == ground) and (not note or pause.note == note):
                self._end_pause(pause, max(until, pause.started_at), line_fields or {})
        if since and due_dates_of(self.desk, self.lines).stopped_since is None:
            shift_step_due(self, since=since, until=max(until, since), old_due_at=due_at)

    def _end_pause(self, pause: Suspension, until: datetime, line_fields: Mapping[str, str]) -> None:
        pause.ended_at = until
        pause.save(update_fields=["ended_at"])
        self.add_line(LineKind.RESUMED, ground=pause.ground, at=until, **{"note": pause.note, **line_fields})
        ended = self.dossier.suspensions.filter(ended_at__isnull=False)
        self.dossier.suspended_seconds = seconds_covered(
            (span.started_at, span.ended_at) for span in ended if span.ended_at
        )

    def write_letter(
        self,
        kind: LetterKind,
        content: Mapping[str, Any],
        *,
        due_at: datetime | None = None,
        to_unit: str = "",
    ) -> Letter:
        """Write a letter about the dossier; it is numbered within the dossier."""
        written = Letter.objects.filter(dossier=self.dossier)
        sequence = (written.aggregate(last=Max("sequence"))["last"] or 0) + 1
        return Letter.objects.create(
            dossier=self.dossier,
            sequence=sequence,
            kind=kind.value,
            number=f"{sequence:02}/{self.dossier.code}",
            issued_at=self.now,
            issued_by=self.actor.username,
            to_unit_code=to_unit,
            due_at=due_at,
            content=dict(content),
        )

    def end(self) -> None:
        """Handling has ended: the clock runs out, and nobody has to act unless a result is to be returned."""
        self.start_clock()
        end_step(self, "done" if self.dossier.state == State.FINISHED else "ended")
        self.dossier.finished_at = max(self.now, self.dossier.received_at)
        self.add_line(LineKind.ENDED)
        self.clear_assignment()

    def clear_assignment(self) -> None:
        """Nobody's move."""
        desk = self.desk
        desk.role = desk.holder = desk.office = ""
        desk.is_offered, desk.step_due_at, desk.supplement_due_at = False, None, None


def due_dates_of(desk: DeskRecord, lines: list[ClockLine]) -> DueDates:
    """What the clock ledger of a dossier comes to."""
    return compute_due_dates(
        limit_of(desk), [to_clock_line(line) for line in lines], calendar=working_calendar()
    )

"""One change of a dossier at the desk (thay đổi hồ sơ): right, row lock, table of states, clock, digest, ledger.

Every action opens ``changing`` and says inside what is different; what follows from it is worked out on the way out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from congtam.dossiers.deadlines.domain import Limit, Line, Reckoning, reckon
from congtam.dossiers.deadlines.domain.spans import seconds_covered
from congtam.dossiers.domain.lifecycle import Verb, advance
from congtam.dossiers.domain.states import OPEN, Ground, LineKind, State
from congtam.dossiers.fees.open_fees import cancel_open
from congtam.dossiers.handling.assignment import require_move, situation_of
from congtam.dossiers.handling.domain.guards import obstacle
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, LetterKind, Suspension
from congtam.dossiers.record import permissions
from congtam.dossiers.record.announcing import announce
from congtam.dossiers.record.digests import digest_of
from congtam.dossiers.record.visibility import visible_to
from congtam.dossiers.steps.stepping import begin_step, end_step, move_step
from congtam.foundation.public import Actor, Role, clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, NotFound, msgid
from congtam.kernel.vietnamese import nfc
from congtam.org_units.public import VisibleUnits
from congtam.work_calendar.public import working_calendar


class DossierChanged(DomainError):
    """Somebody else changed the dossier since it was read (hồ sơ đã thay đổi)."""

    code = "dossiers.changed_meanwhile"
    message = msgid("Somebody changed dossier {dossier} in the meantime. Look at it again, then decide.")


class NotOfTheDesk(DomainError):
    """A dossier that came from another system is only read here."""

    code = "dossiers.not_of_the_desk"
    message = msgid("Dossier {dossier} came from another system and is handled there.")


AT_THE_COUNTER: Final = frozenset(
    {Verb.RECEIVE_SUPPLEMENT, Verb.CONFIRM_PAYMENT, Verb.ATTACH, Verb.WITHDRAW, Verb.RETURN_RESULT}
)
"""What an applicant comes back for to the place where the application was handed in."""

Reach = Callable[[str, Verb, Actor], Dossier]
"""How an actor comes to a dossier: the dossier, or NotFound or NotAllowed."""


def through_rights(code: str, verb: Verb, actor: Actor) -> Dossier:
    """The way of nearly all: the actor sees the dossier and its role allows the verb over the unit.

    Where it was handed in for another unit (phi địa giới), the clerks of that place do what is done at a counter.
    """
    seen = visible_to(actor).filter(code=nfc(code)).first()
    if seen is None and verb in AT_THE_COUNTER:
        here = received_at(code, permissions.receivable_units(actor))
        if here is not None:
            return here
    if seen is None:
        raise NotFound(kind="dossier", key=code)
    permissions.require(actor, verb, seen.unit_code)
    return seen


def received_at(code: str, units: VisibleUnits) -> Dossier | None:
    """The dossier, when it was handed in at one of the units."""
    found = Dossier.objects.filter(code=nfc(code), desk__isnull=False).select_related("desk").first()
    return found if found and found.desk.received_unit_code in units else None


@dataclass
class Change:
    """A dossier in one's hands: locked, its right checked, its next state known."""

    actor: Actor
    verb: Verb
    now: datetime
    dossier: Dossier
    desk: DeskRecord
    before: str
    data: dict[str, Any] = field(default_factory=dict)
    """What the ledger shall say besides; no personal data."""

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
        new.due_at = reckoning_of(self.desk, self.lines).due_at
        self.dossier.due_at = new.due_at
        new.save(force_insert=True)
        return new

    def stop_clock(self, ground: Ground, *, note: str = "") -> None:
        """Let the clock stand still from now on (tạm dừng)."""
        self.add_line(LineKind.SUSPENDED, ground=ground.value, note=note)
        Suspension.objects.create(dossier=self.dossier, ground=ground.value, started_at=self.now, note=note)

    def start_clock(
        self,
        *,
        ground: Ground | None = None,
        note: str = "",
        at: datetime | None = None,
        told: Mapping[str, str] | None = None,
    ) -> None:
        """Let the clock run again (tính tiếp thời hạn): end the pauses with this ground and note, or all of them.

        ``told`` is what the lines of the ledger say of it besides.
        """
        since, due_at = reckoning_of(self.desk, self.lines).stands_still_since, self.dossier.due_at
        until = min(at or self.now, self.now)
        for pause in self.dossier.suspensions.filter(ended_at__isnull=True).order_by("pk"):
            if (ground is None or pause.ground == ground) and (not note or pause.note == note):
                self._end_pause(pause, max(until, pause.started_at), told or {})
        if since and reckoning_of(self.desk, self.lines).stands_still_since is None:
            move_step(self, since=since, until=max(until, since), old_due_at=due_at)

    def _end_pause(self, pause: Suspension, until: datetime, told: Mapping[str, str]) -> None:
        pause.ended_at = until
        pause.save(update_fields=["ended_at"])
        self.add_line(LineKind.RESUMED, ground=pause.ground, at=until, **{"note": pause.note, **told})
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
        self.idle()

    def idle(self) -> None:
        """Nobody's move."""
        desk = self.desk
        desk.role = desk.holder = desk.office = ""
        desk.is_offered, desk.step_due_at, desk.supplement_due_at = False, None, None


@contextmanager
def changing(
    code: str, verb: Verb, *, actor: Actor, version: int | None = None, reach: Reach = through_rights
) -> Iterator[Change]:
    """Do one thing with a dossier, in one transaction.

    ``version`` is the one the person saw; raises DossierChanged when it is another by now, NotFound when the actor may
    not see the dossier, NotAllowed without the right or when it lies with somebody else, StepNotAllowed when its state
    forbids it, and what else stands in the way (`domain.moves`).
    """
    with transaction.atomic():
        change = _begin(code, verb, actor=actor, version=version, reach=reach)
        yield change
        _finish(change)


def _begin(code: str, verb: Verb, *, actor: Actor, version: int | None, reach: Reach) -> Change:
    seen = reach(code, verb, actor)
    desk = DeskRecord.objects.select_for_update().filter(dossier_id=seen.pk).first()
    if desk is None:
        raise NotOfTheDesk(dossier=seen.code)
    if version is not None and desk.version != version:
        raise DossierChanged(dossier=seen.code)
    dossier = Dossier.objects.select_for_update().get(pk=seen.pk)
    now = max(clock().now(), dossier.received_at)
    state = advance(State(dossier.state), verb, code=dossier.code)
    require_move(actor, verb, desk, code=dossier.code)
    change = Change(actor=actor, verb=verb, now=now, dossier=dossier, desk=desk, before=dossier.row_digest)
    at = situation_of(dossier, desk, now=now, asks_for_fees=verb is Verb.CONFIRM_PAYMENT)
    if found := obstacle(verb, at):
        until, due = desk.supplement_due_at or now, dossier.due_at or now
        raise found(dossier=dossier.code, until=until.astimezone(LOCAL), due=due.astimezone(LOCAL))
    dossier.state = state.value
    return change


def _finish(change: Change) -> None:
    dossier, desk = change.dossier, change.desk
    is_open = dossier.state in OPEN
    if not is_open and dossier.finished_at is None:
        change.end()
        if dossier.state == State.FINISHED:
            _wait_for_return(change)
        else:
            cancel_open(dossier, ended_by=change.verb, actor=change.actor)
    desk.version += 1
    desk.due_at = dossier.due_at if is_open else None
    desk.save()
    steps, pauses = dossier.steps.order_by("pk"), dossier.suspensions.order_by("pk")
    dossier.row_digest = digest_of(dossier, steps, pauses)
    dossier.save()
    announce(dossier, change.verb.value, actor=change.actor, data=change.data, before=change.before)


def _wait_for_return(change: Change) -> None:
    """A finished dossier lies at the one-stop until its result is fetched or sent, however long that takes."""
    process = change.desk.process
    returns = [step for step in process if step["code"] == "return" or step["role"] == Role.CLERK]
    planned = {**(returns[-1] if returns else process[-1]), "role": Role.CLERK.value}
    begin_step(change, planned, holder="", is_limited=False)


def reckoning_of(desk: DeskRecord, lines: list[ClockLine]) -> Reckoning:
    """What the clock ledger of a dossier comes to."""
    limit = None
    if desk.limit_value is not None:
        limit = Limit(value=desk.limit_value, unit=desk.limit_unit, latest_receipt=desk.latest_receipt)
    told = [
        Line(
            kind=LineKind(line.kind),
            at=line.at,
            ground=line.ground,
            until=line.until,
            legal=line.legal,
            note=line.note,
        )
        for line in lines
    ]
    return reckon(limit, told, calendar=working_calendar())

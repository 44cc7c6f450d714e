"""How the engine of life cycles reaches dossiers (hồ sơ): visibility, lock, and what follows from every change."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from congtam.dossiers.domain.states import OPEN, STATE_NAMES, State
from congtam.dossiers.fees.open_fees import cancel_open_fees, note_unrecorded_payment
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.errors import (
    DossierChangedMeanwhile,
    NotOfTheDesk,
    NotYourMove,
    StepNotAllowed,
)
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record import permissions
from congtam.dossiers.record.announcing import KIND, TOPIC, build_announcement
from congtam.dossiers.record.digests import set_digests
from congtam.dossiers.record.visibility import visible_to
from congtam.dossiers.steps.stepping import begin_step
from congtam.foundation.lifecycle import ChangeNotice, Port
from congtam.foundation.public import Account, Actor, Role, clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, NotAllowed
from congtam.kernel.vietnamese import nfc


class DossierPort(Port[HandledDossier, DossierChange]):
    """The adapter of the dossiers received here."""

    kind: ClassVar[str] = KIND
    topic: ClassVar[str] = TOPIC
    states = STATE_NAMES

    def find(self, key: str, *, actor: Actor) -> HandledDossier | None:
        """By its code; one of another system is found too, and then refused by name."""
        row = visible_to(actor).filter(code=nfc(key)).first()
        return HandledDossier(actor=actor, dossier=row, now=clock().now()) if row else None

    def may(self, subject: HandledDossier, verb: DeskVerb) -> bool:
        """By role over the unit; at the counter that took it in, what is done there besides."""
        if subject.is_at_counter:
            return verb.also_reached is not None
        return permissions.may(subject.actor, verb.roles, subject.dossier.unit_code)

    def lock(self, subject: HandledDossier) -> HandledDossier:
        """Its record of the desk first, then the dossier; nothing is done before it was received."""
        code = subject.dossier.code
        desk = DeskRecord.objects.select_for_update().filter(dossier_id=subject.dossier.pk).first()
        if desk is None:
            raise NotOfTheDesk(dossier=code)
        dossier = Dossier.objects.select_for_update().get(pk=desk.pk)
        now = max(clock().now(), dossier.received_at)
        return replace(subject, dossier=dossier, prefetched_desk=desk, now=now)

    def version(self, subject: HandledDossier) -> int:
        """The version of the desk."""
        return subject.desk.version

    def state(self, subject: HandledDossier) -> str:
        """The state of the dossier."""
        return subject.dossier.state

    def key(self, subject: HandledDossier) -> str:
        """Its code."""
        return subject.dossier.code

    def begin(self, subject: HandledDossier, *, verb: DeskVerb, state: str) -> DossierChange:
        """The state is set at once: what follows is worked out from it."""
        change = DossierChange(subject=subject, verb=verb, before=subject.dossier.row_digest)
        subject.dossier.state = state
        return change

    def store(self, change: DossierChange) -> ChangeNotice:
        """End what has ended, then write version, digest and rows."""
        dossier, desk = change.dossier, change.desk
        is_open = dossier.state in OPEN
        if not is_open and dossier.finished_at is None:
            _end_dossier(change)
        note_unrecorded_payment(dossier)
        desk.version += 1
        desk.due_at = dossier.due_at if is_open else None
        desk.save()
        steps, pauses = dossier.steps.order_by("pk"), dossier.suspensions.order_by("pk")
        set_digests(dossier, steps, pauses)
        dossier.save()
        return build_announcement(dossier, change.verb.code, data=change.data, before=change.before)

    def forbidden_error(self, subject: HandledDossier, verb: DeskVerb) -> DomainError:
        """The right that is missing, and over which unit."""
        return NotAllowed(right=f"dossiers.{verb.code}", unit=subject.dossier.unit_code)

    def stale_error(self, subject: HandledDossier) -> DomainError:
        """In the words of the desk."""
        return DossierChangedMeanwhile(dossier=subject.dossier.code)

    def not_in_state(self, subject: HandledDossier, verb: DeskVerb) -> DomainError:
        """In the words of the desk."""
        state = State(subject.dossier.state)
        return StepNotAllowed(
            dossier=subject.dossier.code,
            state=state.value,
            verb=verb.code,
            state_name=STATE_NAMES[state],
            verb_name=verb.name,
        )

    def not_your_turn(self, subject: HandledDossier) -> DomainError:
        """With whom it lies."""
        desk = subject.desk
        account = Account.objects.filter(username=desk.holder).first() if desk.holder else None
        return NotYourMove(dossier=subject.dossier.code, holder=str(account or desk.holder or desk.office))

    def refusal(self, subject: HandledDossier, kind: type[DomainError]) -> DomainError:
        """With the dates that the errors of the guards name."""
        until = subject.desk.supplement_due_at or subject.now
        due = subject.dossier.due_at or subject.now
        return kind(dossier=subject.dossier.code, until=until.astimezone(LOCAL), due=due.astimezone(LOCAL))


def _end_dossier(change: DossierChange) -> None:
    """What has a result lies at the one-stop until it is fetched or sent; what has none is no longer paid for."""
    change.end()
    if change.dossier.state == State.FINISHED:
        planned = replace(change.process.returning, role=Role.CLERK.value)
        begin_step(change, planned, holder="", is_limited=False)
    else:
        reason = change.closing_reason or change.verb.code
        cancel_open_fees(change.dossier, reason=reason, actor=change.actor)

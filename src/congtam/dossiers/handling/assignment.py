"""Whose move it is (ai đang giữ hồ sơ), and which steps a person may take now."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from congtam.dossiers.deadlines.ledgers import due_as_it_runs
from congtam.dossiers.domain.lifecycle import Verb, verbs_of
from congtam.dossiers.domain.states import State
from congtam.dossiers.fees.open_fees import owes
from congtam.dossiers.handling.domain.guards import NotYourMove, Situation, obstacle
from congtam.dossiers.models import DeskRecord, Dossier, Letter, LetterKind, Step
from congtam.dossiers.record import permissions
from congtam.foundation.public import Account, Actor, clock
from congtam.kernel.errors import NotAllowed, msgid

BY_WHOSE_MOVE_IT_IS: Final = frozenset(
    {
        Verb.HAND_OVER,
        Verb.ACCEPT,
        Verb.SEND_BACK,
        Verb.CONSULT,
        Verb.ASK_SUPPLEMENT,
        Verb.ASK_PAYMENT,
        Verb.WAIVE_PAYMENT,
        Verb.APOLOGISE,
        Verb.REFUSE,
        Verb.APPROVE,
        Verb.ISSUE_RESULT,
        Verb.OPEN_LINKED,
    }
)
"""The rest may be done by anybody with the right: the one-stop's own work, and what the head alone decides."""
BY_ITSELF: Final = frozenset({Verb.RESUME, Verb.NOTE_PAYMENT})
"""What nobody is offered: it follows from something else."""


class HandledBySame(NotAllowed):
    """Who handled a dossier must not approve it."""

    code = "dossiers.handled_by_same"
    message = msgid("You handled dossier {dossier} yourself; somebody else must approve it.")


def verbs_for(dossier: Dossier, *, actor: Actor) -> tuple[Verb, ...]:
    """What this person may do with the dossier now: its state, the rights, whose move it is."""
    desk = DeskRecord.objects.filter(dossier_id=dossier.pk).first()
    if desk is None:
        return ()
    at = situation_of(dossier, desk, now=clock().now())
    return tuple(
        verb
        for verb in verbs_of(State(dossier.state))
        if verb not in BY_ITSELF
        and permissions.may(actor, verb, dossier.unit_code)
        and is_move_of(actor, verb, desk)
        and obstacle(verb, at) is None
        and not (verb is Verb.APPROVE and has_handled(dossier, actor))
        and not (verb is Verb.ANSWER and not is_asked(dossier))
    )


def require_move(actor: Actor, verb: Verb, desk: DeskRecord, *, code: str) -> None:
    """Raise NotYourMove when the dossier lies with somebody else."""
    if not is_move_of(actor, verb, desk):
        account = Account.objects.filter(username=desk.holder).first() if desk.holder else None
        raise NotYourMove(dossier=code, holder=str(account or desk.holder or desk.office))


def is_move_of(actor: Actor, verb: Verb, desk: DeskRecord) -> bool:
    """Whether the dossier lies with this person: the holder; without one, the role at hand; the head always."""
    if verb is Verb.TAKE_BACK:
        return is_giver(actor, desk)
    if verb not in BY_WHOSE_MOVE_IT_IS or permissions.is_head(actor, desk.unit_code):
        return True
    if desk.holder:
        return desk.holder == actor.username
    return bool(desk.role) and permissions.holds_role(actor, desk.role, desk.unit_code)


def is_giver(actor: Actor, desk: DeskRecord) -> bool:
    """Whether the actor handed over what is on offer, or heads the unit."""
    if permissions.is_head(actor, desk.unit_code):
        return True
    steps = Step.objects.filter(dossier_id=desk.pk, finished_at__isnull=True)
    step = steps.order_by("-sequence").first()
    return step is not None and step.attributes.get("given_by") == actor.username


def is_asked(dossier: Dossier) -> bool:
    """Whether a question to another office waits for its answer."""
    asked = Letter.objects.filter(dossier=dossier, kind=LetterKind.CONSULTATION, answered_at__isnull=True)
    return asked.exists()


def has_handled(dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor held a step in which the dossier was worked on."""
    return dossier.steps.filter(officer=actor.username, attributes__role="officer").exists()


def situation_of(
    dossier: Dossier, desk: DeskRecord, *, now: datetime, asks_for_fees: bool = True
) -> Situation:
    """How the dossier lies; the books of payments are only looked into where a verb depends on them."""
    return Situation(
        place=desk.place,
        process=desk.process,
        is_offered=desk.is_offered,
        is_decided=desk.decided_at is not None,
        owes=owes(dossier) if asks_for_fees else False,
        supplement_count=dossier.supplement_count,
        apology_count=desk.apology_count,
        due_at=_due_at(dossier, desk, now=now),
        supplement_due_at=desk.supplement_due_at,
        now=now,
    )


def _due_at(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> datetime | None:
    """The ledger is only read where the date has passed and it may still be put off."""
    if dossier.due_at is None or now <= dossier.due_at or desk.apology_count:
        return dossier.due_at
    return due_as_it_runs(dossier, desk, now=now)

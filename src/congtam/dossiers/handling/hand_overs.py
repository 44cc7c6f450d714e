"""Handing a dossier on and back (bàn giao, tiếp nhận bàn giao, trả lại, phân công)."""

from __future__ import annotations

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.handling.changing import Change, changing
from congtam.dossiers.handling.domain.guards import NoNextStep, NoPreviousStep, NothingOffered
from congtam.dossiers.models import Dossier, Step
from congtam.dossiers.record import permissions
from congtam.dossiers.record.reasons import noted, said
from congtam.dossiers.steps.stepping import (
    accept_step,
    begin_step,
    end_step,
    offer_step,
    open_step,
    planned_at,
)
from congtam.foundation.public import Account, Actor, Role, actor_for
from congtam.kernel.errors import InputRefused, Problem, msgid


def hand_over(
    code: str, *, actor: Actor, note: str = "", to_officer: str = "", version: int | None = None
) -> Dossier:
    """Hand the dossier to the next step of its process; it waits there to be accepted (bàn giao)."""
    written = noted(note)
    with changing(code, Verb.HAND_OVER, actor=actor, version=version) as change:
        following = next((step for step in change.desk.process if step["place"] > change.desk.place), None)
        if following is None:
            raise NoNextStep(dossier=code)
        if to_officer:
            require_officer(to_officer, role=following["role"], unit_code=change.dossier.unit_code)
        end_step(change, "done")
        offer_step(change, following, to=to_officer, note=written)
        change.data |= {"place": following["place"], "to": to_officer}
    return change.dossier


def accept(code: str, *, actor: Actor, version: int | None = None) -> Dossier:
    """Accept what was handed over; the step runs from now on (tiếp nhận bàn giao)."""
    with changing(code, Verb.ACCEPT, actor=actor, version=version) as change:
        step = open_step(change.dossier)
        if step is None:
            raise NothingOffered(dossier=code)
        accept_step(change, step)
        if change.desk.role == Role.OFFICER:
            change.dossier.officer = actor.username
        change.data |= {"place": change.desk.place}
    return change.dossier


def take_back(code: str, *, actor: Actor, version: int | None = None) -> Dossier:
    """Take back a hand-over nobody has accepted (thu hồi bàn giao); the former due date of the step stands."""
    with changing(code, Verb.TAKE_BACK, actor=actor, version=version) as change:
        before = _before(change)
        end_step(change, "taken_back")
        _return_to(change, before, due_at_kept=True, note="")
    return change.dossier


def send_back(code: str, *, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """Send the dossier back to the step before, to whoever held it, with a reason (trả lại bước trước).

    A decision is taken back when the dossier returns to the step of approval or before it.
    """
    why = said(reason)
    with changing(code, Verb.SEND_BACK, actor=actor, version=version) as change:
        before = _before(change)
        end_step(change, "sent_back", reason=why)
        _return_to(change, before, due_at_kept=False, note=why)
        change.desk.decided_at, change.desk.decided_by = None, ""
        change.data |= {"place": change.desk.place}
    return change.dossier


def assign(code: str, *, officer: str, actor: Actor, version: int | None = None) -> Dossier:
    """Give the dossier to a person of the office in which it lies (phân công); the step's due date stands."""
    with changing(code, Verb.ASSIGN, actor=actor, version=version) as change:
        desk = change.desk
        require_officer(officer, role=desk.role, unit_code=change.dossier.unit_code)
        step, was_offered = open_step(change.dossier), desk.is_offered
        planned = planned_at(desk.process, desk.place)
        end_step(change, "reassigned")
        if was_offered:
            offer_step(change, planned, to=officer)
        else:
            begin_step(change, planned, holder=officer, due_at=step.due_at if step else None)
        if desk.role == Role.OFFICER:
            change.dossier.officer = officer
        change.data |= {"to": officer}
    return change.dossier


def require_officer(username: str, *, role: str, unit_code: str) -> None:
    """Raise InputRefused unless the account exists, is open and has the role over the unit."""
    account = Account.objects.filter(username=username, is_active=True).first()
    person = actor_for(account) if account else None
    if person and (permissions.holds_role(person, role, unit_code) or permissions.is_head(person, unit_code)):
        return
    message = msgid("“{officer}” does not work on this step in this unit.")
    raise InputRefused(
        [Problem(code="officer_unsuitable", message=message, data={"officer": username}, column="officer")]
    )


def _before(change: Change) -> Step:
    """The last step at an earlier place of the process."""
    for step in change.dossier.steps.order_by("-sequence"):
        if step.started_at and int(step.attributes.get("place", 0)) < change.desk.place:
            return step
    raise NoPreviousStep(dossier=change.dossier.code)


def _return_to(change: Change, before: Step, *, due_at_kept: bool, note: str) -> None:
    """To whoever held it; to the office when that person does not work there (any more)."""
    planned = planned_at(change.desk.process, int(before.attributes["place"]))
    holder = before.officer
    try:
        require_officer(holder, role=planned["role"], unit_code=change.dossier.unit_code)
    except InputRefused:
        holder = ""
    begin_step(change, planned, holder=holder, due_at=before.due_at if due_at_kept else None, note=note)

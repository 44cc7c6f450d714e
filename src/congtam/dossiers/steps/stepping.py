"""The steps of a dossier as rows (bước xử lý): begun, offered to somebody, ended; what the Phiếu kiểm soát needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from congtam.dossiers.deadlines.domain import step_due
from congtam.dossiers.domain.states import Verdict
from congtam.dossiers.models import DeskRecord, Dossier, Step
from congtam.dossiers.record.domain.step_attributes import StepAttributes, StepCourse
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.foundation.public import Actor
from congtam.kernel.clock import local_day
from congtam.procedures.public import ProcessStep
from congtam.work_calendar.public import working_calendar


class ChangeInProgress(Protocol):
    """A dossier in the hands of somebody who changes it: locked, with the instant that counts."""

    @property
    def actor(self) -> Actor:
        """Who changes it."""
        ...

    @property
    def now(self) -> datetime:
        """The instant that counts."""
        ...

    @property
    def dossier(self) -> Dossier:
        """The row."""
        ...

    @property
    def desk(self) -> DeskRecord:
        """Where it lies."""
        ...

    @property
    def process(self) -> DossierProcess:
        """The internal process it was received under."""
        ...


def current_step(dossier: Dossier) -> Step | None:
    """The step at hand; None when nobody has to act."""
    return dossier.steps.filter(finished_at__isnull=True).order_by("-sequence").first()


def end_step(change: ChangeInProgress, outcome: str, *, reason: str | None = None) -> Step | None:
    """Close the step at hand; ``outcome`` is done, taken_back, sent_back, reassigned or ended."""
    step = current_step(change.dossier)
    if step is None:
        return None
    step.finished_at = max(change.now, step.started_at or change.now)
    step.officer = step.officer or change.actor.username
    end = {
        "outcome": outcome,
        "timeliness": timeliness(step.finished_at, step.due_at),
        "finished_by": change.actor.username,
    }
    amend_attributes(step, notes={"reason": reason} if reason is not None else {}, **end)
    step.save(update_fields=["finished_at", "officer", "attributes"])
    return step


def offer_step(change: ChangeInProgress, planned: ProcessStep, *, to: str, note: str = "") -> Step:
    """Hand the dossier to a step of its process; it runs from acceptance on."""
    step = _new_step(change, planned, officer=to)
    amend_attributes(
        step,
        notes={"note": note},
        handed_over_by=change.actor.username,
        handed_over_at=change.now.isoformat(),
    )
    step.planned_at = step_due_at(change.now, planned, within=change.dossier.due_at)
    step.save(force_insert=True)
    _assign_desk(change, planned, holder=to, is_offered=True)
    change.desk.step_due_at = step.planned_at
    return step


def begin_step(
    change: ChangeInProgress,
    planned: ProcessStep,
    *,
    holder: str,
    due_at: datetime | None = None,
    is_limited: bool = True,
    note: str | None = None,
) -> Step:
    """Begin a step at once, without an offer; a due date that is given is kept instead of a fresh one."""
    step = _new_step(change, planned, officer=holder)
    notes = {} if note is None else {"note": note}
    amend_attributes(
        step, notes=notes, handed_over_by=change.actor.username, handed_over_at=change.now.isoformat()
    )
    step.started_at = change.now
    if is_limited:
        step.due_at = due_at or step_due_at(change.now, planned, within=change.dossier.due_at)
    step.save(force_insert=True)
    _assign_desk(change, planned, holder=holder, is_offered=False)
    change.desk.step_due_at = step.due_at
    return step


def accept_step(change: ChangeInProgress, step: Step) -> None:
    """The step that was offered begins now and is the actor's."""
    planned = change.process.at(change.desk.position)
    step.started_at, step.officer = change.now, change.actor.username
    step.due_at = step_due_at(change.now, planned, within=change.dossier.due_at)
    amend_attributes(step, accepted_by=change.actor.username, accepted_at=change.now.isoformat())
    step.save(update_fields=["started_at", "officer", "due_at", "attributes"])
    change.desk.holder, change.desk.is_offered = change.actor.username, False
    change.desk.step_due_at = step.due_at


def step_due_at(started_at: datetime, planned: ProcessStep, *, within: datetime | None) -> datetime | None:
    """When a step of the process is due that begins now."""
    return step_due(started_at, planned.hours or None, calendar=working_calendar(), within=within)


def shift_step_due(
    change: ChangeInProgress, *, since: datetime, until: datetime, old_due_at: datetime | None
) -> None:
    """The clock stood still: the step at hand gets the office hours back; without hours it is due with the dossier."""
    step, desk, due_at = current_step(change.dossier), change.desk, change.dossier.due_at
    if step is None or step.due_at is None:
        return
    if step.due_at == old_due_at or not change.process.at(desk.position).hours:
        step.due_at = due_at
    elif since < step.due_at:
        left = working_calendar().working_seconds_between(max(since, step.started_at or since), step.due_at)
        moved = working_calendar().add_working_hours(until, max(left, 0) / 3600)
        step.due_at = min(moved, due_at) if due_at and due_at > until else moved
    step.save(update_fields=["due_at"])
    desk.step_due_at = step.due_at


def update_step_due(change: ChangeInProgress, old_due_at: datetime | None) -> None:
    """The dossier's due date was put off: so is that of a step that lasts as long as the dossier."""
    step = current_step(change.dossier)
    if step is not None and step.due_at is not None and step.due_at == old_due_at:
        step.due_at = change.desk.step_due_at = change.dossier.due_at
        step.save(update_fields=["due_at"])


def amend_attributes(step: Step, *, notes: Mapping[str, str] | None = None, **course: str) -> None:
    """Record more about a step: how it went, and what people wrote about it."""
    amended = StepAttributes.parse({**step.attributes, **course, **(notes or {})})
    step.attributes = amended.serialize()


def timeliness(finished_at: datetime, due_at: datetime | None) -> str:
    """For the Phiếu kiểm soát: late after the due instant, early on an earlier day, else on time."""
    if due_at is None:
        return Verdict.NO_LIMIT.value
    if finished_at > due_at:
        return Verdict.LATE.value
    is_earlier = local_day(finished_at) < local_day(due_at)
    return (Verdict.EARLY if is_earlier else Verdict.ON_TIME).value


def _new_step(change: ChangeInProgress, planned: ProcessStep, *, officer: str) -> Step:
    last = change.dossier.steps.order_by("-sequence").values_list("sequence", flat=True).first()
    return Step(
        dossier=change.dossier,
        sequence=(last or 0) + 1,
        code=planned.code,
        name=planned.name,
        office=planned.office,
        officer=officer,
        attributes=StepAttributes(
            course=StepCourse(position=planned.position, role=planned.role)
        ).serialize(),
    )


def _assign_desk(change: ChangeInProgress, planned: ProcessStep, *, holder: str, is_offered: bool) -> None:
    desk = change.desk
    desk.role, desk.office, desk.position = planned.role, planned.office, planned.position
    desk.holder, desk.is_offered = holder, is_offered

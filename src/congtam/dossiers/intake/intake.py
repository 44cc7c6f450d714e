"""An application in order, and the rows it becomes (bản ghi tiếp nhận)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db import connection

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates
from congtam.dossiers.domain.states import LineKind, PaymentWay, State
from congtam.dossiers.models import DeskRecord, Dossier, Step
from congtam.dossiers.record.domain.checklist import Checklist, ChecklistPaper
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.dossiers.record.domain.step_attributes import StepAttributes, StepCourse, StepNotes
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.dossiers.record.subjects import get_or_create_subject_key
from congtam.dossiers.steps.stepping import amend_attributes, step_due_at, timeliness
from congtam.forms.public import is_filled_form
from congtam.foundation.public import Actor
from congtam.kernel.clock import local_day
from congtam.kernel.vietnamese import nfc
from congtam.procedures.public import DeskLimit, DeskProcedure, ProcessStep
from congtam.work_calendar.public import working_calendar

DESK_SOURCE: Final = "desk"


@dataclass(frozen=True)
class Intake:
    """An application that is in order, about to be written; ``passes_on`` at once to the responsible unit."""

    receipt: Receipt
    procedure: DeskProcedure
    actor: Actor = field(kw_only=True)
    received_at: datetime = field(kw_only=True)
    recorded_at: datetime = field(kw_only=True)
    passes_on: bool = field(kw_only=True)
    lookup_secret: str = field(kw_only=True)

    @property
    def limit(self) -> DeskLimit | None:
        """The limit of its channel and case."""
        return self.procedure.limit_for(channel=self.receipt.channel, case_kind=self.receipt.case_kind)

    @cached_property
    def fee(self) -> int | None:
        """Its fee in đồng; None where the catalogue speaks of one that nobody can tell from its words."""
        conditions = {"channel": self.receipt.channel, "case_kind": self.receipt.case_kind}
        return self.procedure.fee_for(**conditions) or (None if self.procedure.fee_texts else 0)

    @property
    def first_step(self) -> ProcessStep:
        """The step that receives."""
        return self.procedure.process[0]

    @property
    def current_step(self) -> ProcessStep:
        """The step the dossier lies at once it is received."""
        process = self.procedure.process
        return process[1] if self.passes_on and len(process) > 1 else process[0]

    def due_at(self) -> datetime | None:
        """The due date it gets."""
        limit = Limit.from_counted(self.limit) if self.limit else None
        first_line = Line(kind=LineKind.GIVEN, at=self.received_at)
        return compute_due_dates(limit, [first_line], calendar=working_calendar()).due_at


def build_dossier(intake: Intake) -> Dossier:
    """The dossier, still without number and digest."""
    receipt, procedure, limit = intake.receipt, intake.procedure, intake.limit
    dossier = Dossier(
        unit_code=receipt.unit_code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field_name=procedure.field_name,
        channel=receipt.channel,
        applicant=nfc(receipt.applicant.name).strip(),
        applicant_kind=receipt.applicant.kind,
        received_at=intake.received_at,
        due_at=intake.due_at(),
        state=State.RECEIVED.value,
        payment=PaymentWay.NONE.value if intake.fee == 0 else PaymentWay.UNKNOWN.value,
        fee_dong=intake.fee,
        limit_text=limit.raw_text if limit else procedure.limit_text,
        officer="" if intake.passes_on else intake.actor.username,
        source=DESK_SOURCE,
    )
    with connection.cursor() as cursor:
        dossier.subject_id = get_or_create_subject_key(
            cursor, procedure.code, procedure.name, procedure.field_name
        )
    return dossier


def build_steps(intake: Intake, due_at: datetime | None) -> list[Step]:
    """The step that receives; and when it passes the dossier on at once, the one it is offered to."""
    at, by = intake.received_at, intake.actor.username
    first_course = StepCourse(position=intake.first_step.position, role=intake.first_step.role)
    first = Step(
        sequence=1,
        officer=by,
        started_at=at,
        due_at=step_due_at(at, intake.first_step, within=due_at),
        attributes=StepAttributes(course=first_course).serialize(),
        **_step_names(intake.first_step),
    )
    if not intake.passes_on:
        return [first]
    first.finished_at = at
    amend_attributes(first, outcome="done", timeliness=timeliness(at, first.due_at), finished_by=by)
    current_step = intake.current_step
    offered_course = StepCourse(
        position=current_step.position,
        role=current_step.role,
        handed_over_by=by,
        handed_over_at=at.isoformat(),
    )
    offered = Step(
        sequence=2,
        planned_at=step_due_at(at, intake.current_step, within=due_at),
        attributes=StepAttributes(course=offered_course, notes=StepNotes(note="")).serialize(),
        **_step_names(intake.current_step),
    )
    return [first, offered]


def build_desk_record(intake: Intake, dossier: Dossier, steps: list[Step]) -> DeskRecord:
    """Where the dossier lies and what it was received under."""
    receipt, procedure, limit, current_step = (
        intake.receipt,
        intake.procedure,
        intake.limit,
        intake.current_step,
    )
    return DeskRecord(
        received_unit_code=receipt.received_unit_code or receipt.unit_code,
        received_by=intake.actor.username,
        procedure_digest=procedure.digest,
        case_kind=receipt.case_kind,
        online_level=procedure.online_level,
        limit_value=limit.value if limit else None,
        limit_unit=limit.unit if limit else "",
        latest_receipt=limit.latest_receipt if limit else None,
        legal=list(procedure.legal),
        process=DossierProcess(tuple(procedure.process)).serialize(),
        papers=_build_checklist(receipt, procedure).serialize(),
        form=dict(receipt.form),
        unit_code=dossier.unit_code,
        role=current_step.role,
        holder="" if intake.passes_on else intake.actor.username,
        office=current_step.office,
        is_offered=intake.passes_on,
        position=current_step.position,
        step_due_at=steps[-1].due_at or steps[-1].planned_at,
        due_at=dossier.due_at,
        return_way=receipt.return_way,
        lookup_secret=intake.lookup_secret,
        parent_code=receipt.parent_code,
        numbered_on=local_day(intake.received_at),
    )


def _step_names(step: ProcessStep) -> dict[str, str]:
    return {"code": step.code, "name": step.name, "office": step.office}


def _build_checklist(receipt: Receipt, procedure: DeskProcedure) -> Checklist:
    """The papers of the case with the counts that were handed in, and whether the form filled in stands for one."""
    is_filled = is_filled_form(receipt.form)
    blank = [
        ChecklistPaper(
            position=paper.position,
            name=paper.name,
            is_required=paper.is_required,
            is_filled_online=bool(is_filled and paper.filled_online),
        )
        for paper in procedure.papers_for(receipt.case_kind)
    ]
    return Checklist(tuple(blank)).plus(receipt.papers)

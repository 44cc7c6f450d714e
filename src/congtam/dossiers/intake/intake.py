"""An application in order, and the rows it becomes (bản ghi tiếp nhận)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db import connection

from congtam.dossiers.deadlines.domain import Limit, Line, reckon
from congtam.dossiers.domain.states import LineKind, Payment, State
from congtam.dossiers.models import DeskRecord, Dossier, Step
from congtam.dossiers.record.domain.checklist import Checklist, ChecklistPaper
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.dossiers.record.domain.step_attributes import StepAttributes, StepCourse, StepWords
from congtam.dossiers.record.internal_process import InternalProcess
from congtam.dossiers.record.subjects import subject_key
from congtam.dossiers.steps.stepping import amend_attributes, due_of, timeliness
from congtam.forms.public import is_filled_form
from congtam.foundation.public import Actor
from congtam.kernel.clock import LOCAL
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
        asked = {"channel": self.receipt.channel, "case_kind": self.receipt.case_kind}
        return self.procedure.fee_for(**asked) or (None if self.procedure.fee_texts else 0)

    @property
    def first(self) -> ProcessStep:
        """The step that receives."""
        return self.procedure.process[0]

    @property
    def lies_at(self) -> ProcessStep:
        """The step the dossier lies at once it is received."""
        process = self.procedure.process
        return process[1] if self.passes_on and len(process) > 1 else process[0]

    def due_at(self) -> datetime | None:
        """The due date it gets."""
        limit = Limit.of(self.limit) if self.limit else None
        given = Line(kind=LineKind.GIVEN, at=self.received_at)
        return reckon(limit, [given], calendar=working_calendar()).due_at


def dossier_of(intake: Intake) -> Dossier:
    """The dossier, still without number and digest."""
    receipt, procedure, found = intake.receipt, intake.procedure, intake.limit
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
        payment=Payment.NONE.value if intake.fee == 0 else Payment.UNKNOWN.value,
        fee_dong=intake.fee,
        limit_text=found.raw_text if found else procedure.limit_text,
        officer="" if intake.passes_on else intake.actor.username,
        source=DESK_SOURCE,
    )
    with connection.cursor() as cursor:
        dossier.subject_id = subject_key(cursor, procedure.code, procedure.name, procedure.field_name)
    return dossier


def steps_of(intake: Intake, due_at: datetime | None) -> list[Step]:
    """The step that receives; and when it passes the dossier on at once, the one it is offered to."""
    at, by = intake.received_at, intake.actor.username
    first_course = StepCourse(place=intake.first.place, role=intake.first.role)
    first = Step(
        sequence=1,
        officer=by,
        started_at=at,
        due_at=due_of(at, intake.first, within=due_at),
        attributes=StepAttributes(course=first_course).serialize(),
        **_named(intake.first),
    )
    if not intake.passes_on:
        return [first]
    first.finished_at = at
    amend_attributes(first, outcome="done", timeliness=timeliness(at, first.due_at), finished_by=by)
    lies_at = intake.lies_at
    given = StepCourse(place=lies_at.place, role=lies_at.role, given_by=by, given_at=at.isoformat())
    offered = Step(
        sequence=2,
        planned_at=due_of(at, intake.lies_at, within=due_at),
        attributes=StepAttributes(course=given, words=StepWords(note="")).serialize(),
        **_named(intake.lies_at),
    )
    return [first, offered]


def desk_of(intake: Intake, dossier: Dossier, steps: list[Step]) -> DeskRecord:
    """Where the dossier lies and what it was received under."""
    receipt, procedure, found, lies_at = intake.receipt, intake.procedure, intake.limit, intake.lies_at
    return DeskRecord(
        received_unit_code=receipt.received_unit_code or receipt.unit_code,
        received_by=intake.actor.username,
        procedure_digest=procedure.digest,
        case_kind=receipt.case_kind,
        online_level=procedure.online_level,
        limit_value=found.value if found else None,
        limit_unit=found.unit if found else "",
        latest_receipt=found.latest_receipt if found else None,
        legal=list(procedure.legal),
        process=InternalProcess(tuple(procedure.process)).serialize(),
        papers=_checklist(receipt, procedure).serialize(),
        form=dict(receipt.form),
        unit_code=dossier.unit_code,
        role=lies_at.role,
        holder="" if intake.passes_on else intake.actor.username,
        office=lies_at.office,
        is_offered=intake.passes_on,
        place=lies_at.place,
        step_due_at=steps[-1].due_at or steps[-1].planned_at,
        due_at=dossier.due_at,
        return_way=receipt.return_way,
        lookup_secret=intake.lookup_secret,
        parent_code=receipt.parent_code,
        numbered_on=intake.received_at.astimezone(LOCAL).date(),
    )


def _named(step: ProcessStep) -> dict[str, str]:
    return {"code": step.code, "name": step.name, "office": step.office}


def _checklist(receipt: Receipt, procedure: DeskProcedure) -> Checklist:
    """The papers of the case with the counts that were handed in, and whether the form filled in stands for one."""
    is_filled = is_filled_form(receipt.form)
    blank = [
        ChecklistPaper(
            position=paper.place,
            name=paper.name,
            is_required=paper.is_required,
            is_filled_online=bool(is_filled and paper.filled_online),
        )
        for paper in procedure.papers_for(receipt.case_kind)
    ]
    return Checklist(tuple(blank)).plus(receipt.papers)

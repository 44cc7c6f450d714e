"""Entering internal processes (nhập quy trình nội bộ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.public import Actor, record
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.org_units.public import is_registered_unit
from congtam.procedures import permissions
from congtam.procedures.catalogue import edition
from congtam.procedures.domain.desk import ProcessStep
from congtam.procedures.domain.processes import process_digest, steps_to_json, validate_steps
from congtam.procedures.models import InternalProcess, Procedure


@dataclass(frozen=True, kw_only=True)
class NewProcess:
    """A process to be entered: for a procedure, from a day on, in one unit or (empty) in all."""

    procedure_code: str
    valid_from: date
    steps: tuple[ProcessStep, ...]
    code: str = ""
    decision: str = ""
    decided_on: date | None = None
    unit_code: str = ""
    source: str = ""

    def with_positions(self) -> NewProcess:
        """The same with places and step codes filled in."""
        steps = [
            replace(step, position=position, code=step.code or f"step{position}")
            for position, step in enumerate(self.steps, 1)
        ]
        return replace(self, steps=tuple(steps))


@transaction.atomic
def enter_process(new: NewProcess, *, actor: Actor) -> bool:
    """Make this the process from its day on; whether anything changed. Raises InputRefused with all problems.

    A process that begins later stays as it is, and this one ends where that begins.
    """
    permissions.require_may_enter_process(actor, new.unit_code)
    procedure = Procedure.objects.select_for_update().filter(code=new.procedure_code).first()
    if procedure is None:
        raise NotFound(kind="procedure", key=new.procedure_code)
    problems = [*validate_steps(new.steps), *_process_problems(new)]
    if problems:
        raise InputRefused(problems)
    new = new.with_positions()
    digest = process_digest(new.code, new.decision, new.steps)
    before = InternalProcess.objects.filter(
        procedure=procedure, unit_code=new.unit_code, valid__contains=new.valid_from
    ).first()
    if before is not None and before.digest == digest:
        return False
    _write_process(procedure, new, before, digest=digest)
    edition.renew_edition()
    record(
        actor,
        "procedure.process_entered",
        kind="procedures",
        key=new.procedure_code,
        data={"unit": new.unit_code, "valid_from": new.valid_from.isoformat(), "process": new.code},
        before=before.digest if before else None,
        after=digest,
    )
    return True


@transaction.atomic
def enter_processes(news: Sequence[NewProcess], *, actor: Actor) -> int:
    """Enter many (nhập nhiều quy trình), all or none; how many were new or changed."""
    return sum(enter_process(new, actor=actor) for new in news)


def _process_problems(new: NewProcess) -> Iterator[Problem]:
    if new.unit_code and not is_registered_unit(new.unit_code):
        yield Problem(
            code="unit_unknown",
            message=msgid("There is no unit {unit}."),
            data={"unit": new.unit_code},
            column="unit_code",
        )
    if new.decided_on and new.decided_on > new.valid_from:
        yield Problem(
            code="process_before_decision",
            message=msgid("A process cannot be in force before the date of its decision."),
            column="valid_from",
        )


def _write_process(
    procedure: Procedure, new: NewProcess, before: InternalProcess | None, *, digest: str
) -> None:
    end = before.valid.upper if before else _next_start(procedure, new)
    if before is not None and before.valid.lower == new.valid_from:
        before.delete()
    elif before is not None:
        before.valid = DateRange(before.valid.lower, new.valid_from)
        before.save(update_fields=["valid"])
    InternalProcess.objects.create(
        procedure=procedure,
        unit_code=new.unit_code,
        valid=DateRange(new.valid_from, end),
        code=new.code,
        decision=new.decision,
        decided_on=new.decided_on,
        steps=steps_to_json(new.steps),
        source=new.source,
        digest=digest,
    )


def _next_start(procedure: Procedure, new: NewProcess) -> date | None:
    later = InternalProcess.objects.filter(
        procedure=procedure,
        unit_code=new.unit_code,
        valid__startswith__gte=new.valid_from + timedelta(days=1),
    ).order_by("valid")
    first = later.first()
    return first.valid.lower if first else None

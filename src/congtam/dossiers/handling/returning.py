"""Giving a dossier back to the step before (trả về bước trước): shared by taking back and sending back."""

from __future__ import annotations

from congtam.dossiers.handling.assignment import require_officer
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.guards import NoPreviousStep
from congtam.dossiers.models import Step
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.dossiers.steps.stepping import begin_step
from congtam.kernel.errors import InputRefused


def previous_step(change: DossierChange) -> Step:
    """The last step at an earlier position of the process; raises NoPreviousStep."""
    for earlier in change.dossier.steps.order_by("-sequence"):
        if earlier.started_at and _step_position(earlier) < change.desk.position:
            return earlier
    raise NoPreviousStep(dossier=change.dossier.code)


def return_to_step(change: DossierChange, before: Step, *, keeps_due_date: bool, note: str) -> None:
    """To whoever held it; to the office when that person does not work there (any more)."""
    planned = change.process.at(_step_position(before))
    holder = before.officer
    try:
        require_officer(holder, role=planned.role, unit_code=change.dossier.unit_code)
    except InputRefused:
        holder = ""
    begin_step(change, planned, holder=holder, due_at=before.due_at if keeps_due_date else None, note=note)


def _step_position(step: Step) -> int:
    return int(StepAttributes.parse(step.attributes).course.position or 0)

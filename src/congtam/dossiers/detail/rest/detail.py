"""One dossier with everything that belongs to it, as the API tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Model
from ninja import Field, Schema

from congtam.dossiers.deadlines.ledgers import explain_clock
from congtam.dossiers.deadlines.web.texts import format_sentence
from congtam.dossiers.form.answers import plain_answers
from congtam.dossiers.form.rest.schema import FormPartOut, serialize_form
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.lists.queries.rows import date_only_instant_names, row_dicts
from congtam.dossiers.lists.rest.rows import DossierRowOut
from congtam.dossiers.models import DeskRecord, Dossier, Step
from congtam.dossiers.record import permissions
from congtam.dossiers.record.desk_queries import is_parent_ended
from congtam.dossiers.record.domain.issued_result import IssuedResult
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.foundation.public import Actor, clock
from congtam.payments.public import fee_requests


class StepOut(Schema):
    """A step of the dossier."""

    sequence: int
    code: str
    name: str
    office: str
    officer: str
    started_at: datetime | None
    finished_at: datetime | None
    due_at: datetime | None
    day_only: list[str] = Field(description="Which of these instants are known by their day only.")
    attributes: dict[str, Any]


class ClockLineOut(Schema):
    """A line of the clock ledger and the due date after it."""

    sequence: int
    kind: str
    at: datetime
    ground: str
    until: datetime | None
    legal: str
    note: str | None
    due_at: datetime | None
    actor: str
    recorded_at: datetime


class LetterOut(Schema):
    """A letter about the dossier; its words are null where the caller may not see persons."""

    sequence: int
    kind: str
    number: str
    issued_at: datetime
    issued_by: str
    to_unit_code: str
    due_at: datetime | None
    content: dict[str, Any] | None
    answered_at: datetime | None
    answered_by: str
    answer: dict[str, Any] | None


class FileOut(Schema):
    """A file of the dossier; fetch it at ``/dossiers/{code}/files/{digest}``."""

    digest: str
    name: str
    kind: str
    position: int | None
    media_type: str
    size: int
    is_reused: bool
    added_at: datetime
    added_by: str


class FeeOut(Schema):
    """A fee request of the dossier."""

    code: str
    amount_dong: int
    paid_dong: int
    state: str
    reason: str
    closing_reason: str = Field(description="Why it was cancelled.")
    counter_unit_code: str = Field(description="Another unit whose counter may take the cash too.")
    paid_at_unit_code: str = Field(description="The unit whose counter took the cash.")
    requested_at: datetime
    paid_at: datetime | None
    way: str


class ClockOut(Schema):
    """Why the dossier is due then, in the caller's language."""

    explanation: str
    by_instant: str
    by_date: str
    lines: list[ClockLineOut]


class DossierOut(DossierRowOut):  # type: ignore[misc, valid-type]
    """A dossier with everything that belongs to it."""

    version: int | None = Field(description="Send it back as If-Match to change what you saw.")
    parent_ended: bool = Field(
        description="It is open and the dossier it was opened for ended without a result."
    )
    time_zone: str
    source: str
    legal: list[str]
    papers: list[dict[str, Any]]
    process: list[dict[str, Any]]
    form: dict[str, Any] | None = Field(
        description="The answers by name, as the form of the procedure names them."
    )
    form_parts: list[FormPartOut] | None
    result: dict[str, Any]
    attributes: dict[str, Any] | None
    clock: ClockOut
    steps: list[StepOut]
    letters: list[LetterOut]
    files: list[FileOut]
    fees: list[FeeOut]
    verbs: list[str] = Field(description="What the caller may do with it now.")


_PERSONAL_FIELDS: Final = ("content", "answer")


def serialize_dossier(dossier: Dossier, *, to: Actor) -> dict[str, Any]:
    """The whole dossier as this actor may read it."""
    row = next(iter(row_dicts([dossier.pk], to=to, now=clock().now())))
    with_person = permissions.may_see_person(to, dossier.unit_code)
    desk = DeskRecord.objects.filter(dossier=dossier).first()
    return {
        **row,
        **_personal_parts(dossier, desk, with_person=with_person),
        "version": desk.version if desk else None,
        "parent_ended": bool(desk and is_parent_ended(dossier, desk)),
        "time_zone": dossier.time_zone,
        "source": dossier.source,
        "legal": desk.legal if desk else [],
        "papers": desk.papers if desk else [],
        "process": desk.process if desk else [],
        "result": _serialize_result(desk, with_person=with_person),
        "clock": _serialize_clock(dossier, with_person=with_person),
        "steps": [_serialize_step(step, dossier, with_person=with_person) for step in dossier.steps.all()],
        "letters": _serialize_letters(dossier, with_person=with_person),
        "files": [_serialize_fields(FileOut, paper) for paper in dossier.files.all()] if with_person else [],
        "fees": [_serialize_fields(FeeOut, fee) for fee in fee_requests([dossier.code], to=to)],
        "verbs": [verb.code for verb in available_verbs(dossier, actor=to)],
    }


def _serialize_fields(schema: type[Schema], row: Model | object) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields}


def _personal_parts(dossier: Dossier, desk: DeskRecord | None, *, with_person: bool) -> dict[str, Any]:
    if not with_person:
        return dict.fromkeys(("form", "form_parts", "attributes"))
    return {
        "form_parts": serialize_form(desk.form) if desk else [],
        "form": plain_answers(desk.form) if desk else {},
        "attributes": dossier.attributes,
    }


def _serialize_result(desk: DeskRecord | None, *, with_person: bool) -> dict[str, Any]:
    """The result; its words, its file and who fetched it may name the applicant."""
    stored = desk.result if desk else {}
    return stored if with_person or not stored else IssuedResult.parse(stored).serialize_number()


def _serialize_step(step: Step, dossier: Dossier, *, with_person: bool) -> dict[str, Any]:
    """A step; notes and reasons may name the applicant."""
    serialized = {name: getattr(step, name) for name in StepOut.model_fields if name != "day_only"}
    serialized["day_only"] = date_only_instant_names(serialized, dossier.time_zone)
    if not with_person:
        serialized["attributes"] = StepAttributes.parse(step.attributes).serialize_course()
    return serialized


def _serialize_letters(dossier: Dossier, *, with_person: bool) -> list[dict[str, Any]]:
    letters = [_serialize_fields(LetterOut, letter) for letter in dossier.letters.all()]
    return letters if with_person else [{**letter, **dict.fromkeys(_PERSONAL_FIELDS)} for letter in letters]


def _serialize_clock(dossier: Dossier, *, with_person: bool) -> dict[str, Any]:
    explanation = explain_clock(dossier, now=clock().now())
    lines = [_serialize_fields(ClockLineOut, line) for line in dossier.clock_lines.all()]
    if not with_person:
        lines = [{**line, "note": None} for line in lines]
    return {
        "explanation": " ".join(format_sentence(part, dossier.time_zone) for part in explanation.sentences),
        "by_instant": explanation.by_instant.value,
        "by_date": explanation.by_date.value,
        "lines": lines,
    }

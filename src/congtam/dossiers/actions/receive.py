"""Receiving a dossier (tiếp nhận hồ sơ): number, checklist, first steps, clock, ledger, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from congtam.dossiers import permissions
from congtam.dossiers.actions.announcing import announce
from congtam.dossiers.actions.digests import digest_of
from congtam.dossiers.actions.numbers import next_number
from congtam.dossiers.actions.stepping import step_due, timeliness
from congtam.dossiers.actions.subjects import SubjectKeys
from congtam.dossiers.domain.deadlines import Limit, Line, LineKind, reckon
from congtam.dossiers.domain.receipt import Receipt
from congtam.dossiers.domain.rows import DossierRow
from congtam.dossiers.domain.states import Channel, Payment, State
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Paper, Party, Step
from congtam.foundation.public import Actor, clock, working_calendar
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import is_known
from congtam.payments.public import request_fee
from congtam.procedures.public import DeskLimit, DeskProcedure, ProcessStep, desk_procedure

DESK_SOURCE: Final = "desk"
SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGN_COUNT: Final = 8
_INSIDE: Final = frozenset({"procedure_not_in_force", "unit_unknown", "case_kind_unknown"})
"""What can be wrong with a dossier that is opened inside; papers were checked with its parent."""


@transaction.atomic
def receive(receipt: Receipt, *, actor: Actor, lookup_secret: str = "") -> Dossier:
    """Take in an application and give it its number and due date (tiếp nhận).

    Raises NotAllowed without the right at the unit where it is handed in, and InputRefused with everything that is
    wrong with the application.
    """
    taken_at = receipt.received_unit_code or receipt.unit_code
    reach = permissions.receivable_units(actor)
    if taken_at not in reach:
        raise NotAllowed(right="dossiers.receive", unit=taken_at)
    now = clock().now()
    received_at = receipt.received_at or now
    procedure = desk_procedure(receipt.procedure_code, received_at.astimezone(LOCAL).date())
    is_elsewhere = receipt.unit_code not in reach
    problems = [
        *problems_of(receipt, procedure, now=now),
        *_problems_of_place(procedure, is_elsewhere=is_elsewhere),
    ]
    if problems or procedure is None:
        raise InputRefused(problems)
    intake = Intake(receipt, procedure, actor=actor, received_at=received_at, passes_on=is_elsewhere)
    return _write(intake, lookup_secret or new_secret())


@transaction.atomic
def receive_inside(receipt: Receipt, *, actor: Actor) -> Dossier:
    """Open a dossier that another dossier asks for, and pass it on at once; nobody hands anything in."""
    now = clock().now()
    procedure = desk_procedure(receipt.procedure_code, now.astimezone(LOCAL).date())
    wrong = [found for found in problems_of(receipt, procedure, now=now) if found.code in _INSIDE]
    if wrong or procedure is None:
        raise InputRefused(wrong)
    return _write(Intake(receipt, procedure, actor=actor, received_at=now, passes_on=True), new_secret())


def _problems_of_place(procedure: DeskProcedure | None, *, is_elsewhere: bool) -> Iterator[Problem]:
    """Outside the boundaries of the responsible unit only what any office may receive (phi địa giới)."""
    if is_elsewhere and procedure is not None and not procedure.any_office:
        yield Problem(
            code="not_any_office",
            message=msgid(
                "This procedure can only be received at the one-stop shop of the responsible unit."
            ),
            column="unit_code",
        )


def problems_of(receipt: Receipt, procedure: DeskProcedure | None, *, now: datetime) -> Iterator[Problem]:
    """Everything that is wrong with an application."""
    if procedure is None:
        yield Problem(
            code="procedure_not_in_force",
            message=msgid("Procedure {procedure} is not in force on the day of receipt."),
            data={"procedure": receipt.procedure_code},
            column="procedure_code",
            advice=msgid("Choose a procedure from the list."),
        )
    if not is_known(receipt.unit_code):
        yield Problem(
            code="unit_unknown",
            message=msgid("There is no unit {unit}."),
            data={"unit": receipt.unit_code},
            column="unit_code",
        )
    if not receipt.applicant.name.strip():
        yield Problem(
            code="applicant_missing", message=msgid("Who applies is missing."), column="applicant.name"
        )
    if receipt.channel not in {Channel.DESK, Channel.ONLINE, Channel.POST}:
        yield Problem(
            code="channel_unknown",
            message=msgid("“{channel}” is not a way of filing: desk, online or post."),
            data={"channel": receipt.channel},
            column="channel",
        )
    yield from _problems_of_time(receipt.received_at, now=now)
    if procedure is not None:
        yield from _problems_of_procedure(receipt, procedure)


def _problems_of_time(received_at: datetime | None, *, now: datetime) -> Iterator[Problem]:
    """A receipt is entered on its day: neither ahead of time nor afterwards."""
    if received_at is None:
        return
    is_today = received_at.astimezone(LOCAL).date() == now.astimezone(LOCAL).date()
    if not is_today or received_at > now + timedelta(minutes=1):
        yield Problem(
            code="received_at_not_today",
            message=msgid("The time of receipt must lie on today's date and not in the future."),
            column="received_at",
            advice=msgid("Leave it empty: the time of entry is taken."),
        )


def _problems_of_procedure(receipt: Receipt, procedure: DeskProcedure) -> Iterator[Problem]:
    cases = {kind.code for kind in procedure.case_kinds}
    if receipt.case_kind and receipt.case_kind not in cases:
        yield Problem(
            code="case_kind_unknown",
            message=msgid("This procedure has no case “{case}”."),
            data={"case": receipt.case_kind},
            column="case_kind",
        )
    if receipt.channel in set(Channel) and receipt.channel not in procedure.channels:
        yield Problem(
            code="channel_not_offered",
            message=msgid("This procedure cannot be filed in this way."),
            column="channel",
        )
    given = {paper.place for paper in receipt.papers} | {file.place for file in receipt.files}
    for paper in procedure.papers_for(receipt.case_kind):
        if paper.is_required and paper.place not in given:
            yield Problem(
                code="paper_missing",
                message=msgid("Missing: {paper}"),
                data={"paper": paper.name, "place": paper.place},
                column=f"papers.{paper.place}",
                advice=msgid("Receive it when it is complete, or tell the applicant what is missing."),
            )


@dataclass(frozen=True)
class Intake:
    """An application that is in order, about to be written; ``passes_on`` at once to the responsible unit."""

    receipt: Receipt
    procedure: DeskProcedure
    actor: Actor = field(kw_only=True)
    received_at: datetime = field(kw_only=True)
    passes_on: bool = field(kw_only=True)

    @property
    def limit(self) -> DeskLimit | None:
        """The limit of its channel and case."""
        return self.procedure.limit_for(channel=self.receipt.channel, case_kind=self.receipt.case_kind)

    @property
    def fee(self) -> int:
        """Its fee in đồng."""
        return self.procedure.fee_for(channel=self.receipt.channel, case_kind=self.receipt.case_kind)

    @property
    def first(self) -> ProcessStep:
        """The step that receives."""
        return self.procedure.process[0]

    @property
    def lies_at(self) -> ProcessStep:
        """The step the dossier lies at once it is received."""
        process = self.procedure.process
        return process[1] if self.passes_on and len(process) > 1 else process[0]


def _write(intake: Intake, lookup_secret: str) -> Dossier:
    due_at = _due_at(intake.limit, intake.received_at)
    dossier = _dossier(intake, due_at=due_at)
    steps = _first_steps(intake, due_at=due_at)
    # The counter's lock begins here and lasts to the commit: whatever takes time lies before it.
    dossier.code = next_number(dossier.unit_code, intake.received_at.astimezone(LOCAL).date())
    dossier.row_digest = digest_of(dossier, steps, ())
    dossier.save(force_insert=True)
    for step in steps:
        step.dossier = dossier
    Step.objects.bulk_create(steps)
    _write_desk(dossier, intake, step_due_at=steps[-1].due_at or steps[-1].planned_at, secret=lookup_secret)
    _write_parts(dossier, intake)
    if intake.fee:
        request_fee(
            dossier_code=dossier.code,
            unit_code=dossier.unit_code,
            amount_dong=intake.fee,
            reason="; ".join(fee.name for fee in intake.procedure.fees)[:500],
            actor=intake.actor,
        )
    data = {"channel": dossier.channel, "due_at": _text(due_at)}
    announce(dossier, "received", actor=intake.actor, data=data)
    return dossier


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _due_at(found: DeskLimit | None, received_at: datetime) -> datetime | None:
    limit = Limit(value=found.value, unit=found.unit, latest_receipt=found.latest_receipt) if found else None
    return reckon(limit, [Line(kind=LineKind.GIVEN, at=received_at)], calendar=working_calendar()).due_at


def _dossier(intake: Intake, *, due_at: datetime | None) -> Dossier:
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
        due_at=due_at,
        state=State.RECEIVED.value,
        payment=Payment.UNKNOWN.value if intake.fee else Payment.NONE.value,
        fee_dong=intake.fee,
        limit_text=found.raw_text if found else procedure.limit_text,
        officer="" if intake.passes_on else intake.actor.username,
        source=DESK_SOURCE,
    )
    dossier.subject_id = _subject(dossier)
    return dossier


def _subject(dossier: Dossier) -> int:
    keys = SubjectKeys()
    row = DossierRow(
        code="",
        unit_code="",
        received_at=dossier.received_at,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        field_name=dossier.field_name,
    )
    with connection.cursor() as cursor:
        keys.ensure(cursor, [row])
    return keys.key_of(row)


def _first_steps(intake: Intake, *, due_at: datetime | None) -> list[Step]:
    """The step that receives; and when it passes the dossier on at once, the one it is offered to."""
    at, by = intake.received_at, intake.actor.username
    first = Step(
        sequence=1,
        officer=by,
        started_at=at,
        due_at=step_due(at, {"hours": intake.first.hours}, latest=due_at),
        attributes={"place": intake.first.place, "role": intake.first.role},
        **_named(intake.first),
    )
    if intake.lies_at is intake.first:
        return [first]
    first.finished_at = at
    first.attributes |= {"outcome": "done", "timeliness": timeliness(at, first.due_at), "finished_by": by}
    offered = Step(
        sequence=2,
        planned_at=step_due(at, {"hours": intake.lies_at.hours}, latest=due_at),
        attributes={
            "place": intake.lies_at.place,
            "role": intake.lies_at.role,
            "given_by": by,
            "given_at": at.isoformat(),
            "note": "",
        },
        **_named(intake.lies_at),
    )
    return [first, offered]


def _named(step: ProcessStep) -> dict[str, str]:
    return {"code": step.code, "name": step.name, "office": step.office}


def _write_desk(dossier: Dossier, intake: Intake, *, step_due_at: datetime | None, secret: str) -> None:
    receipt, procedure, found, lies_at = intake.receipt, intake.procedure, intake.limit, intake.lies_at
    is_offered = lies_at is not intake.first
    DeskRecord.objects.create(
        dossier=dossier,
        received_unit_code=receipt.received_unit_code or receipt.unit_code,
        received_by=intake.actor.username,
        procedure_digest=procedure.digest,
        case_kind=receipt.case_kind,
        limit_value=found.value if found else None,
        limit_unit=found.unit if found else "",
        latest_receipt=found.latest_receipt if found else None,
        legal=list(procedure.legal),
        process=[_plain(asdict(step)) for step in procedure.process],
        papers=_checklist(receipt, procedure),
        form=dict(receipt.form),
        unit_code=dossier.unit_code,
        role=lies_at.role,
        holder="" if is_offered else intake.actor.username,
        office=lies_at.office,
        is_offered=is_offered,
        place=lies_at.place,
        step_due_at=step_due_at,
        due_at=dossier.due_at,
        return_way=receipt.return_way,
        lookup_secret=secret,
        parent_code=receipt.parent_code,
        numbered_on=dossier.received_at.astimezone(LOCAL).date(),
    )


def _write_parts(dossier: Dossier, intake: Intake) -> None:
    now, by = clock().now(), intake.actor.username
    ClockLine.objects.create(
        dossier=dossier,
        sequence=1,
        kind=LineKind.GIVEN.value,
        at=dossier.received_at,
        legal="; ".join(intake.procedure.legal)[:2000],
        due_at=dossier.due_at,
        actor=by,
        recorded_at=now,
    )
    applicant = replace(intake.receipt.applicant, name=dossier.applicant)
    Party.objects.create(dossier=dossier, name_key=fold(applicant.name), **_party(asdict(applicant)))
    if intake.receipt.files:
        Paper.objects.bulk_create(
            Paper(dossier=dossier, added_at=now, added_by=by, **asdict(file)) for file in intake.receipt.files
        )


def _party(applicant: dict[str, Any]) -> dict[str, Any]:
    applicant.pop("kind")
    applicant["phone"] = "".join(sign for sign in applicant["phone"] if sign.isdigit())
    return applicant


def _checklist(receipt: Receipt, procedure: DeskProcedure) -> list[dict[str, Any]]:
    """The papers of the case with the counts that were handed in."""
    given = {paper.place: paper for paper in receipt.papers}
    return [
        {
            "place": paper.place,
            "name": paper.name,
            "is_required": paper.is_required,
            "originals": given[paper.place].originals if paper.place in given else 0,
            "certified": given[paper.place].certified if paper.place in given else 0,
            "copies": given[paper.place].copies if paper.place in given else 0,
        }
        for paper in procedure.papers_for(receipt.case_kind)
    ]


def _plain(step: dict[str, Any]) -> dict[str, Any]:
    return {**step, "hours": None if step["hours"] is None else str(step["hours"])}


def new_secret() -> str:
    """A secret for a slip: eight letters and digits that are not mistaken for one another (40 bits)."""
    return "".join(secrets.choice(SIGNS) for _ in range(_SIGN_COUNT))

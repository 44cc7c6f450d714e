"""Receiving a dossier (tiếp nhận hồ sơ): number, checklist, first steps, clock, ledger, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from congtam.dossiers import permissions
from congtam.dossiers.actions.announcing import announce
from congtam.dossiers.actions.digests import digest_of
from congtam.dossiers.actions.numbers import next_number
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
from congtam.procedures.public import DeskLimit, DeskProcedure, desk_procedure

DESK_SOURCE: Final = "desk"
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGN_COUNT: Final = 8


@transaction.atomic
def receive(receipt: Receipt, *, actor: Actor) -> Dossier:
    """Take in an application and give it its number and due date (tiếp nhận).

    Raises NotAllowed without the right at the unit where it is handed in, and InputRefused with everything that is
    wrong with the application.
    """
    taken_at = receipt.received_unit_code or receipt.unit_code
    if taken_at not in permissions.receivable_units(actor):
        raise NotAllowed(right="dossiers.receive", unit=taken_at)
    now = clock().now()
    received_at = receipt.received_at or now
    procedure = desk_procedure(receipt.procedure_code, received_at.astimezone(LOCAL).date())
    problems = list(_problems(receipt, procedure, now=now))
    if problems or procedure is None:
        raise InputRefused(problems)
    return _write(receipt, procedure, received_at=received_at, actor=actor)


def _problems(receipt: Receipt, procedure: DeskProcedure | None, *, now: datetime) -> Iterator[Problem]:
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


def _write(receipt: Receipt, procedure: DeskProcedure, *, received_at: datetime, actor: Actor) -> Dossier:
    found = procedure.limit_for(channel=receipt.channel, case_kind=receipt.case_kind)
    due_at = _due_at(found, received_at)
    dossier = _dossier(receipt, procedure, received_at=received_at, due_at=due_at)
    dossier.officer = actor.username
    steps = _first_steps(dossier, procedure, actor=actor, due_at=due_at)
    # The counter's lock begins here and lasts to the commit: whatever takes time lies before it.
    on = received_at.astimezone(LOCAL).date()
    dossier.code = next_number(receipt.unit_code, on)
    dossier.row_digest = digest_of(dossier, steps, ())
    dossier.save(force_insert=True)
    for step in steps:
        step.dossier = dossier
    Step.objects.bulk_create(steps)
    _write_parts(dossier, receipt, procedure, actor=actor)
    announce(dossier, "received", actor=actor, data={"channel": dossier.channel, "due_at": _text(due_at)})
    return dossier


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _due_at(found: DeskLimit | None, received_at: datetime) -> datetime | None:
    limit = Limit(value=found.value, unit=found.unit, latest_receipt=found.latest_receipt) if found else None
    return reckon(limit, [Line(kind=LineKind.GIVEN, at=received_at)], calendar=working_calendar()).due_at


def _dossier(
    receipt: Receipt, procedure: DeskProcedure, *, received_at: datetime, due_at: datetime | None
) -> Dossier:
    found = procedure.limit_for(channel=receipt.channel, case_kind=receipt.case_kind)
    fee = procedure.fee_for(channel=receipt.channel, case_kind=receipt.case_kind)
    dossier = Dossier(
        unit_code=receipt.unit_code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field_name=procedure.field_name,
        channel=receipt.channel,
        applicant=nfc(receipt.applicant.name).strip(),
        applicant_kind=receipt.applicant.kind,
        received_at=received_at,
        due_at=due_at,
        state=State.RECEIVED.value,
        payment=Payment.UNKNOWN.value if fee else Payment.NONE.value,
        fee_dong=fee,
        limit_text=found.raw_text if found else procedure.limit_text,
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


def _first_steps(
    dossier: Dossier, procedure: DeskProcedure, *, actor: Actor, due_at: datetime | None
) -> list[Step]:
    first = procedure.process[0]
    received_at = dossier.received_at
    hours = float(first.hours) if first.hours else 0
    return [
        Step(
            sequence=1,
            code=first.code,
            name=first.name,
            office=first.office,
            officer=actor.username,
            started_at=received_at,
            due_at=working_calendar().add_working_hours(received_at, hours) if hours else due_at,
            attributes={"place": first.place, "role": first.role},
        )
    ]


def _write_parts(dossier: Dossier, receipt: Receipt, procedure: DeskProcedure, *, actor: Actor) -> None:
    now = clock().now()
    first, found = (
        procedure.process[0],
        procedure.limit_for(channel=receipt.channel, case_kind=receipt.case_kind),
    )
    DeskRecord.objects.create(
        dossier=dossier,
        received_unit_code=receipt.received_unit_code or receipt.unit_code,
        received_by=actor.username,
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
        role=first.role,
        holder=actor.username,
        office=first.office,
        place=first.place,
        due_at=dossier.due_at,
        return_way=receipt.return_way,
        lookup_secret=new_secret(),
        parent_code=receipt.parent_code,
        numbered_on=dossier.received_at.astimezone(LOCAL).date(),
    )
    ClockLine.objects.create(
        dossier=dossier,
        sequence=1,
        kind=LineKind.GIVEN.value,
        at=dossier.received_at,
        legal="; ".join(procedure.legal)[:2000],
        due_at=dossier.due_at,
        actor=actor.username,
        recorded_at=now,
    )
    applicant = replace(receipt.applicant, name=dossier.applicant)
    Party.objects.create(dossier=dossier, name_key=fold(applicant.name), **_party(asdict(applicant)))
    Paper.objects.bulk_create(
        Paper(dossier=dossier, added_at=now, added_by=actor.username, **asdict(file))
        for file in receipt.files
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
    return "".join(secrets.choice(_SIGNS) for _ in range(_SIGN_COUNT))

"""Reading dossiers for their forms, always through the actor (đọc hồ sơ để in)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from congtam.dossiers.deadlines.domain.clock import DossierClock, Pause, verdict_by_instant
from congtam.dossiers.domain.states import OPEN, Verdict
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, Party, Step
from congtam.dossiers.printing.units import printed_unit
from congtam.dossiers.printing.values import (
    PrintedDossier,
    PrintedLetter,
    PrintedPaper,
    PrintedPerson,
    PrintedStep,
)
from congtam.dossiers.record import permissions
from congtam.dossiers.record.desk_queries import get_received, positions_with_file
from congtam.dossiers.record.domain.checklist import Checklist, ChecklistPaper
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.dossiers.record.visibility import get_visible, visible_to
from congtam.foundation.public import Account, Actor, clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotFound


def printed_dossier(code: str, *, to: Actor) -> PrintedDossier:
    """The dossier for its forms, or NotFound; without the person for those who may not see persons."""
    return _build_printed(get_visible(code, to=to), to=to)


def printed_receipt(code: str, *, to: Actor) -> PrintedDossier:
    """The dossier for its receipt, also for the desk that received it for a unit it does not see (phi địa giới)."""
    if visible_to(to).filter(code=code).exists():
        return printed_dossier(code, to=to)
    return _build_printed(get_received(code, to=to), to=to, has_person=True)


def printed_dossiers(codes: Sequence[str], *, to: Actor) -> list[PrintedDossier]:
    """Several dossiers in the order asked (phiếu bàn giao); NotFound when one of them is out of sight."""
    by_code = {row.code: row for row in visible_to(to).filter(code__in=codes)}
    missing = [code for code in codes if code not in by_code]
    if missing:
        raise NotFound(kind="dossier", key=missing[0])
    return [_build_printed(by_code[code], to=to) for code in dict.fromkeys(codes)]


def _build_printed(dossier: Dossier, *, to: Actor, has_person: bool = False) -> PrintedDossier:
    desk = DeskRecord.objects.filter(dossier=dossier).first()
    letters = list(Letter.objects.filter(dossier=dossier))
    steps = list(dossier.steps.all())
    names = _display_names(_usernames_in(dossier, desk, letters=letters, steps=steps))
    day = local_day(dossier.received_at)
    has_person = has_person or permissions.may_see_person(to, dossier.unit_code)
    first = ClockLine.objects.filter(dossier=dossier).order_by("sequence").first()
    return PrintedDossier(
        code=dossier.code,
        state=dossier.state,
        unit=printed_unit(dossier.unit_code, day),
        received_at_unit=printed_unit(desk.received_unit_code if desk else dossier.unit_code, day),
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name or dossier.procedure_code,
        field_name=dossier.field_name,
        channel=dossier.channel,
        person=_printed_person(dossier) if has_person else PrintedPerson(),
        has_person=has_person,
        received_at=dossier.received_at,
        promised_at=first.due_at if first else dossier.due_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        returned_at=dossier.returned_at,
        limit_text=dossier.limit_text,
        fee_dong=dossier.fee_dong,
        payment=dossier.payment,
        letters=tuple(_printed_letter(one, names) for one in letters),
        steps=tuple(_printed_step(one, dossier, names, with_note=has_person) for one in steps),
        **_desk_fields(desk, dossier, names),
        lookup_secret=_lookup_secret(desk, to=to),
    )


def _desk_fields(desk: DeskRecord | None, dossier: Dossier, names: Mapping[str, str]) -> dict[str, Any]:
    if desk is None:
        return {"is_of_desk": False, "received_by": names.get(dossier.officer, dossier.officer)}
    return {
        "is_of_desk": True,
        "received_by": names.get(desk.received_by, desk.received_by),
        "papers": _printed_papers(desk, dossier),
        "legal": tuple(desk.legal),
        "result": desk.result or None,
        "return_way": desk.return_way,
    }


def _lookup_secret(desk: DeskRecord | None, *, to: Actor) -> str:
    """What opens the look-up, for the desks that hand out slips: whoever else holds it could act as the applicant."""
    desks = permissions.receivable_units(to)
    may = desk is not None and (desk.received_unit_code in desks or desk.unit_code in desks)
    return desk.lookup_secret if desk and may else ""


def _usernames_in(
    dossier: Dossier, desk: DeskRecord | None, *, letters: Iterable[Letter], steps: Iterable[Step]
) -> set[str]:
    usernames = {dossier.officer, *(one.issued_by for one in letters), *(one.officer for one in steps)}
    for step in steps:
        course = StepAttributes.parse(step.attributes).course
        usernames |= {course.handed_over_by or "", course.accepted_by or ""}
    return (usernames | {desk.received_by} if desk else usernames) - {""}


def _display_names(usernames: set[str]) -> dict[str, str]:
    """What people are called; an officer of an imported dossier has no account and keeps the name on record."""
    rows = Account.objects.filter(username__in=usernames).values_list("username", "name")
    return {username: name or username for username, name in rows}


def _printed_person(dossier: Dossier) -> PrintedPerson:
    party = Party.objects.filter(dossier=dossier).first()
    if party is None:
        return PrintedPerson(name=dossier.applicant, kind=dossier.applicant_kind)
    return PrintedPerson(
        name=party.name,
        kind=dossier.applicant_kind,
        address=party.address,
        phone=party.phone,
        email=party.email,
        id_number=party.id_number,
        submitter=party.submitter,
    )


def _printed_papers(desk: DeskRecord, dossier: Dossier) -> tuple[PrintedPaper, ...]:
    """The checklist as received, with what came as a file."""
    with_file = positions_with_file(dossier)
    papers = Checklist.parse(desk.papers).papers
    return tuple(_printed_paper(paper, has_file=paper.position in with_file) for paper in papers)


def _printed_paper(paper: ChecklistPaper, *, has_file: bool) -> PrintedPaper:
    return PrintedPaper(
        name=paper.name,
        originals=paper.originals,
        certified=paper.certified,
        copies=paper.copies,
        is_filled_online=paper.is_filled_online,
        has_file=has_file,
    )


def _printed_letter(row: Letter, names: Mapping[str, str]) -> PrintedLetter:
    return PrintedLetter(
        sequence=row.sequence,
        kind=row.kind,
        number=row.number,
        issued_at=row.issued_at,
        issued_by=names.get(row.issued_by, row.issued_by),
        content=row.content,
        due_at=row.due_at,
    )


def _printed_step(step: Step, dossier: Dossier, names: Mapping[str, str], *, with_note: bool) -> PrintedStep:
    """A hand-over; notes and reasons may name the applicant."""
    attributes = StepAttributes.parse(step.attributes)
    course, notes = attributes.course, attributes.notes
    handed_over_by, accepted_by = course.handed_over_by or "", course.accepted_by or step.officer
    return PrintedStep(
        office=step.office,
        name=step.name or step.code,
        handed_over_by=names.get(handed_over_by, handed_over_by),
        handed_over_at=attributes.handed_over_at,
        received_by=names.get(accepted_by, accepted_by),
        received_at=attributes.accepted_at or step.started_at,
        finished_at=step.finished_at,
        due_at=step.due_at,
        verdict=_step_verdict(step, dossier),
        note=str(notes.note or notes.reason or "") if with_note else "",
    )


def _step_verdict(step: Step, dossier: Dossier) -> Verdict:
    """How a step stands to its own due date, by instant: steps are counted in hours."""
    step_clock = DossierClock(
        received_at=step.started_at or dossier.received_at,
        due_at=step.due_at,
        finished_at=step.finished_at,
        is_open=dossier.state in OPEN,
        time_zone=dossier.time_zone,
        pauses=[] if step.finished_at else _open_pauses(dossier),
    )
    return verdict_by_instant(step_clock, now=clock().now())


def _open_pauses(dossier: Dossier) -> list[Pause]:
    waiting = dossier.suspensions.filter(ended_at__isnull=True)
    return [Pause(ground=row.ground, started_at=row.started_at) for row in waiting]

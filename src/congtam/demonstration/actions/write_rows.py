"""Putting the drawn months into dossiers with steps and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from congtam.demonstration.domain.lists import STEPS, Lists, lists_of
from congtam.demonstration.domain.offices import Office
from congtam.demonstration.domain.plants import BULK_CLOSING, MULTIPLE_SUPPLEMENTS
from congtam.demonstration.domain.truth import PlantedDossier
from congtam.demonstration.domain.world import World
from congtam.dossiers.public import DossierRow, StepRow, SuspensionRow


@dataclass(frozen=True)
class Month:
    """The dossiers of a month; each is put into words when its turn comes, so that few are in memory."""

    world: World
    lists: Lists

    def rows(self) -> Iterator[DossierRow]:
        """The dossiers in the order of receipt."""
        for place in range(len(self.lists.codes)):
            yield _dossier(self.world, self.lists, place)

    def planted(self) -> list[PlantedDossier]:
        """The dossiers that carry a manipulation which has happened by the last day."""
        places = np.flatnonzero(self.lists.columns.planted != "").tolist()
        return [
            _planted(self.world, self.lists, place) for place in places if _has_happened(self.lists, place)
        ]


def month_of(world: World, month: date, count: int) -> Month:
    """Draw a month."""
    return Month(world, lists_of(world, month, count))


def _has_happened(lists: Lists, place: int) -> bool:
    if lists.columns.planted[place] == MULTIPLE_SUPPLEMENTS:
        return len(lists.pauses[place]) > 1
    return lists.finish[place] is not None


def _planted(world: World, lists: Lists, place: int) -> PlantedDossier:
    pair = int(lists.columns.pair_of[place])
    return PlantedDossier(
        kind=str(lists.columns.planted[place]),
        unit=world.offices[lists.columns.office[place]].code,
        code=lists.codes[place],
        earlier=lists.codes[pair] if pair >= 0 else "",
    )


def _dossier(world: World, lists: Lists, place: int) -> DossierRow:
    columns = lists.columns
    office = world.offices[columns.office[place]]
    procedure = world.procedures[columns.procedure[place]]
    state = _state(lists, place)
    finish = lists.finish[place] if state in {"finished", "returned"} else None
    pauses = lists.pauses[place]
    first_due = lists.first_due[place]
    bulk = columns.planted[place] == BULK_CLOSING
    steps = _steps(world, lists, place=place, officer_share=0.0 if bulk else float(lists.handled_by[place]))
    return DossierRow(
        code=lists.codes[place],
        unit_code=office.code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field_name=procedure.field_name,
        channel=str(columns.channel[place]),
        applicant=lists.applicants[place],
        applicant_kind="organisation" if lists.firms[place] else "person",
        received_at=lists.received[place],
        due_at=lists.due[place],
        finished_at=finish,
        returned_at=lists.given_back[place] if state == "returned" else None,
        state=state,
        payment=_payment(procedure.fee_dong, online=bool(lists.paid_online[place])),
        fee_dong=procedure.fee_dong,
        result_digitised=bool(lists.digitised[place]) if finish else None,
        supplement_count=len(pauses),
        suspended_seconds=sum(int((end - start).total_seconds()) for start, end in pauses if end),
        limit_text=procedure.limit_text,
        officer=office.staff.officers[0] if bulk else _responsible(steps),
        attributes={"first_due_at": first_due.isoformat()} if first_due else {},
        steps=steps,
        suspensions=tuple(
            SuspensionRow(ground="supplement", started_at=start, ended_at=end) for start, end in pauses
        ),
    )


def _state(lists: Lists, place: int) -> str:
    """Where the dossier stands on the last day the demonstration knows of."""
    ending = str(lists.columns.ending[place])
    if lists.finish[place] is None:
        waiting = any(end is None for _, end in lists.pauses[place])
        return "awaiting_supplement" if waiting else "in_progress"
    if ending != "finished":
        return ending
    return "returned" if lists.given_back[place] else "finished"


def _payment(fee: int, *, online: bool) -> str:
    if not fee:
        return "none"
    return "online" if online else "cash"


def _responsible(steps: tuple[StepRow, ...]) -> str:
    """Who examined the dossier, or whoever has it now."""
    examined = [step.officer for step in steps if step.code == "examine"]
    return examined[0] if examined else steps[-1].officer


def _steps(world: World, lists: Lists, *, place: int, officer_share: float) -> tuple[StepRow, ...]:
    procedure = world.procedures[lists.columns.procedure[place]]
    office = world.offices[lists.columns.office[place]]
    last = len(procedure.steps) - 1
    steps: list[StepRow] = []
    started: datetime | None = lists.received[place]
    for number, kind in enumerate(procedure.steps):
        if started is None:
            break
        ended = lists.finish[place] if number == last else lists.steps[place][number]
        name, desk, role, _ = STEPS[kind]
        steps.append(
            StepRow(
                sequence=number + 1,
                code=kind,
                name=name,
                office=f"{desk} – {office.name}",
                officer=_officer(office, role, officer_share),
                started_at=started,
                finished_at=ended if ended is None or ended >= started else started,
                due_at=lists.planned[place][number],
            )
        )
        started = steps[-1].finished_at
    return tuple(steps)


def _officer(office: Office, role: str, share: float) -> str:
    people: tuple[str, ...] = getattr(office.staff, role)
    return people[int(share * len(people))]


def months(world: World, total: int) -> Iterator[Month]:
    """All months one after the other; only one is in memory."""
    for month, count in zip(world.months, world.sizes(total), strict=True):
        yield month_of(world, month, count)

"""Putting the drawn months into dossiers with steps and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from congtam.demonstration.domain.lists import STEPS, Lists, draw_lists
from congtam.demonstration.domain.offices import Office
from congtam.demonstration.domain.planted_cases import BULK_CLOSING, MULTIPLE_SUPPLEMENTS
from congtam.demonstration.domain.scenarios import CITY
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
        for index in range(len(self.lists.codes)):
            yield _dossier_row(self.world, self.lists, index)

    def list_planted(self) -> list[PlantedDossier]:
        """The dossiers that carry a manipulation which has happened by the last day."""
        indexes = np.flatnonzero(self.lists.columns.planted != "").tolist()
        return [
            _planted_dossier(self.world, self.lists, index)
            for index in indexes
            if _has_happened(self.lists, index)
        ]


def draw_month_rows(world: World, month: date, count: int) -> Month:
    """Draw a month."""
    return Month(world, draw_lists(world, month, count))


def _has_happened(lists: Lists, index: int) -> bool:
    if lists.columns.planted[index] == MULTIPLE_SUPPLEMENTS:
        return len(lists.pauses[index]) > 1
    return lists.finish[index] is not None


def _planted_dossier(world: World, lists: Lists, index: int) -> PlantedDossier:
    pair = int(lists.columns.pair_of[index])
    return PlantedDossier(
        kind=str(lists.columns.planted[index]),
        unit=world.offices[lists.columns.office[index]].code,
        code=lists.codes[index],
        earlier=lists.codes[pair] if pair >= 0 else "",
    )


def _dossier_row(world: World, lists: Lists, index: int) -> DossierRow:
    columns = lists.columns
    office = world.offices[columns.office[index]]
    procedure = world.procedures[columns.procedure[index]]
    state = _final_state(lists, index)
    finish = lists.finish[index] if state in {"finished", "returned"} else None
    pauses = lists.pauses[index]
    first_due = lists.first_due[index]
    bulk = columns.planted[index] == BULK_CLOSING
    steps = _step_rows(
        world, lists, index=index, officer_share=0.0 if bulk else float(lists.handled_by[index])
    )
    return DossierRow(
        code=lists.codes[index],
        unit_code=office.code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field_name=procedure.field_name,
        channel=str(columns.channel[index]),
        applicant=lists.applicants[index],
        applicant_kind="organisation" if lists.firms[index] else "person",
        received_at=lists.received[index],
        due_at=lists.due[index],
        finished_at=finish,
        returned_at=lists.returned[index] if state == "returned" else None,
        state=state,
        payment=_payment_way(procedure.fee_dong, online=bool(lists.paid_online[index])),
        fee_dong=procedure.fee_dong,
        result_digitised=bool(lists.digitised[index]) if finish else None,
        supplement_count=len(pauses),
        suspended_seconds=sum(int((end - start).total_seconds()) for start, end in pauses if end),
        limit_text=procedure.limit_text,
        officer=office.staff.officers[0] if bulk else _responsible_officer(steps),
        attributes={"first_due_at": first_due.isoformat()} if first_due else {},
        steps=steps,
        suspensions=tuple(
            SuspensionRow(ground="supplement", started_at=start, ended_at=end) for start, end in pauses
        ),
    )


def _final_state(lists: Lists, index: int) -> str:
    """Where the dossier stands on the last day the demonstration knows of."""
    ending = str(lists.columns.ending[index])
    if lists.finish[index] is None:
        waiting = any(end is None for _, end in lists.pauses[index])
        return "awaiting_supplement" if waiting else "in_progress"
    if ending != "finished":
        return ending
    return "returned" if lists.returned[index] else "finished"


def _payment_way(fee: int, *, online: bool) -> str:
    if not fee:
        return "none"
    return "online" if online else "cash"


def _responsible_officer(steps: tuple[StepRow, ...]) -> str:
    """Who examined the dossier, or whoever has it now."""
    examined = [step.officer for step in steps if step.code == "examine"]
    return examined[0] if examined else steps[-1].officer


def _step_rows(world: World, lists: Lists, *, index: int, officer_share: float) -> tuple[StepRow, ...]:
    procedure = world.procedures[lists.columns.procedure[index]]
    office = world.offices[lists.columns.office[index]]
    division = world.divisions.get(procedure.field_name) if office.code == CITY else None
    last = len(procedure.steps) - 1
    steps: list[StepRow] = []
    started: datetime | None = lists.received[index]
    for number, kind in enumerate(procedure.steps):
        if started is None:
            break
        ended = lists.finish[index] if number == last else lists.steps[index][number]
        name, desk, role, _ = STEPS[kind]
        steps.append(
            StepRow(
                sequence=number + 1,
                code=kind,
                name=name,
                office=(division if kind == "examine" else "") or f"{desk} – {office.name}",
                officer=_draw_officer(office, role, officer_share),
                started_at=started,
                finished_at=ended if ended is None or ended >= started else started,
                due_at=lists.planned[index][number],
            )
        )
        started = steps[-1].finished_at
    return tuple(steps)


def _draw_officer(office: Office, role: str, share: float) -> str:
    people: tuple[str, ...] = getattr(office.staff, role)
    return people[int(share * len(people))]


def months(world: World, total: int) -> Iterator[Month]:
    """All months one after the other; only one is in memory."""
    for month, count in zip(world.months, world.sizes(total), strict=True):
        yield draw_month_rows(world, month, count)

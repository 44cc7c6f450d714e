"""Bringing a list of internal processes into the register (nhập danh sách quy trình nội bộ)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.org_units.public import is_registered_unit
from congtam.procedures import permissions
from congtam.procedures.domain.processes import validate_steps
from congtam.procedures.models import Procedure
from congtam.procedures.processes.edit import NewProcess, enter_process
from congtam.procedures.processes.process_list import COLUMNS, ListedProcess, ProcessList, read_process_list


@dataclass(frozen=True, kw_only=True)
class ProcessesEntered:
    """What an import of processes did."""

    processes: int
    changed: int
    steps: int


@transaction.atomic
def import_processes(content: bytes, *, name: str, valid_from: date, actor: Actor) -> ProcessesEntered:
    """Enter every process of a file, all or none; ``valid_from`` where the file names no day.

    Raises InputRefused with every problem of the file, each with its sheet, row and column.
    """
    listing = read_process_list(content, name)
    problems = [*listing.problems, *_listing_problems(listing, actor=actor)]
    if problems:
        raise InputRefused(sorted(problems, key=lambda each: (each.sheet or "", each.row or 0)))
    news = [_new_process(listed, valid_from=valid_from, source=name) for listed in listing.processes]
    changed = sum(enter_process(new, actor=actor) for new in news)
    return ProcessesEntered(processes=len(news), changed=changed, steps=sum(len(new.steps) for new in news))


def _new_process(listed: ListedProcess, *, valid_from: date, source: str) -> NewProcess:
    values = listed.values
    return NewProcess(
        procedure_code=listed.procedure_code,
        valid_from=values["valid_from"] or valid_from,
        steps=tuple(listed.steps),
        code=values["process"],
        decision=values["decision"],
        decided_on=values["decided_on"],
        unit_code=values["unit"],
        source=source[:300],
    )


def _listing_problems(listing: ProcessList, *, actor: Actor) -> Iterator[Problem]:
    codes = {listed.procedure_code for listed in listing.processes}
    registered = set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    earlier: set[tuple[str, str]] = set()
    for listed in listing.processes:
        unit = listed.values["unit"]
        if listed.procedure_code not in registered:
            message = msgid("There is no procedure {procedure} in the catalogue.")
            yield _process_problem(
                listing, listed, "procedure", message=message, procedure=listed.procedure_code
            )
        if unit and not is_registered_unit(unit):
            yield _process_problem(
                listing, listed, "unit", message=msgid("There is no unit {unit}."), unit=unit
            )
        elif not permissions.may_enter_process(actor, unit):
            yield _process_problem(
                listing,
                listed,
                "unit",
                message=msgid("You do not have the right to enter a process for this unit."),
            )
        if (listed.procedure_code, unit) in earlier:
            message = msgid("The steps of {procedure} are in two places in the file.")
            yield _process_problem(
                listing, listed, "procedure", message=message, procedure=listed.procedure_code
            )
        earlier.add((listed.procedure_code, unit))
        yield from _step_problems(listing, listed)


def _step_problems(listing: ProcessList, listed: ListedProcess) -> Iterator[Problem]:
    """What is wrong with the steps together; single cells were told of while reading."""
    for each in validate_steps(listed.steps):
        if each.code in {"process_first_step", "process_too_long"}:
            yield replace(each, file=listing.file, sheet=listed.sheet, row=listed.row, column=COLUMNS["role"])


def _process_problem(
    listing: ProcessList, listed: ListedProcess, key: str, *, message: str, **data: object
) -> Problem:
    return Problem(
        code=f"procedures.process_{key}",
        message=message,
        data=data,
        file=listing.file,
        sheet=listed.sheet,
        row=listed.row,
        column=COLUMNS[key],
    )

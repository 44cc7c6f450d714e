"""Reading internal processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from congtam.org_units.public import tree
from congtam.procedures.domain.desk import DeskProcess
from congtam.procedures.domain.processes import steps_from_json
from congtam.procedures.models import InternalProcess


def process_in_force(code: str, on: date, *, unit_code: str = "") -> DeskProcess | None:
    """The process of the unit, or of the nearest unit above it that has one, or of all; None where none is entered."""
    by_unit = {
        row.unit_code: row for row in InternalProcess.objects.filter(procedure__code=code, valid__contains=on)
    }
    if not by_unit:
        return None
    nearest = next((unit for unit in _unit_and_ancestors(unit_code, on) if unit in by_unit), None)
    return to_desk_process(by_unit[nearest]) if nearest is not None else None


def _unit_and_ancestors(unit_code: str, on: date) -> Iterator[str]:
    units = tree(on)
    code: str | None = unit_code
    while code:
        yield code
        node = units.get(code)
        code = node.parent if node else None
    yield ""


def list_processes(code: str) -> list[DeskProcess]:
    """All processes of a procedure, the newest first."""
    rows = InternalProcess.objects.filter(procedure__code=code).order_by("unit_code", "-valid")
    return [to_desk_process(row) for row in rows]


def to_desk_process(row: InternalProcess) -> DeskProcess:
    """A process as a value."""
    return DeskProcess(
        code=row.code,
        decision=row.decision,
        decided_on=row.decided_on,
        valid_from=row.valid.lower,
        unit_code=row.unit_code,
        steps=steps_from_json(row.steps),
    )

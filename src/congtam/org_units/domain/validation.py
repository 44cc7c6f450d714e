"""What must hold of a register of units; every breach is told, not only the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from math import isclose

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.texts import has_direction_mark
from congtam.org_units.domain.kinds import KINDS
from congtam.org_units.domain.records import SuccessionRow, UnitVersionRow

TOLERANCE = 1e-6
"""How far the weights of a split may be from 1: thirds do not fit into decimal fractions."""


def validate_register(
    versions: Iterable[UnitVersionRow], successions: Iterable[SuccessionRow]
) -> list[Problem]:
    """Everything wrong with a set of versions and successions, for a person to mend (kiểm tra danh mục)."""
    by_code: dict[str, list[UnitVersionRow]] = defaultdict(list)
    for version in sorted(versions, key=lambda row: (row.code, row.valid_from)):
        by_code[version.code].append(version)
    followed = list(successions)
    return [
        *_version_problems(by_code),
        *_overlap_problems(by_code),
        *_cycle_problems(by_code),
        *_unknown_unit_problems(by_code, followed),
        *_weight_problems(followed),
    ]


def _version_problems(by_code: dict[str, list[UnitVersionRow]]) -> Iterator[Problem]:
    for code, rows in by_code.items():
        for row in rows:
            yield from _problems_of_version(code, row, by_code)


def _problems_of_version(
    code: str, row: UnitVersionRow, by_code: dict[str, list[UnitVersionRow]]
) -> Iterator[Problem]:
    if not row.name.strip():
        yield _unit_problem("unit_without_name", msgid("Unit {code} has no name."), code=code)
    if has_direction_mark(row.name):
        message = msgid(
            "Unit {code}: the name contains an invisible mark that reverses the writing. Remove it."
        )
        yield _unit_problem("direction_mark", message, code=code)
    if row.kind not in KINDS:
        yield _unit_problem(
            "unknown_kind", msgid("Unit {code}: “{kind}” is not a kind of unit."), code=code, kind=row.kind
        )
    if row.valid_from >= row.valid_until:
        yield _unit_problem(
            "empty_validity", msgid("Unit {code}: the validity ends before it begins."), code=code
        )
    if row.parent is not None and row.parent not in by_code:
        yield _unit_problem(
            "unknown_parent",
            msgid("Unit {code}: the parent unit {parent} does not exist."),
            code=code,
            parent=row.parent,
        )


def _overlap_problems(by_code: dict[str, list[UnitVersionRow]]) -> Iterator[Problem]:
    for code, rows in by_code.items():
        if any(later.valid_from < earlier.valid_until for earlier, later in pairwise(rows)):
            yield _unit_problem(
                "overlapping_validity", msgid("Unit {code} has two versions for the same day."), code=code
            )


def _cycle_problems(by_code: dict[str, list[UnitVersionRow]]) -> Iterator[Problem]:
    days = {row.valid_from for rows in by_code.values() for row in rows}
    reported: set[str] = set()
    for day in sorted(days):
        for code in sorted(_in_circle(by_code, day) - reported):
            reported.add(code)
            yield _unit_problem("circle", msgid("Unit {code} is its own parent."), code=code)


def _in_circle(by_code: dict[str, list[UnitVersionRow]], day: date) -> set[str]:
    parents = {code: row.parent for code, rows in by_code.items() for row in rows if row.holds_on(day)}
    safe: set[str | None] = {None}
    circle: set[str] = set()
    for code in parents:
        path: list[str] = []
        step: str | None = code
        while step is not None and step not in safe and step not in path:
            path.append(step)
            step = parents.get(step)
        if step in path:
            circle.update(path[path.index(step) :])
        safe.update(path)
    return circle


def _unknown_unit_problems(
    by_code: dict[str, list[UnitVersionRow]], successions: list[SuccessionRow]
) -> Iterator[Problem]:
    for row in successions:
        for code in {row.predecessor, row.successor} - by_code.keys():
            yield _unit_problem(
                "unknown_unit", msgid("A succession refers to unit {code}, which does not exist."), code=code
            )


def _weight_problems(successions: list[SuccessionRow]) -> Iterator[Problem]:
    sums: dict[tuple[str, date], float] = defaultdict(float)
    for row in successions:
        sums[row.predecessor, row.on_date] += row.weight
    for (code, day), total in sums.items():
        if not isclose(total, 1.0, abs_tol=TOLERANCE):
            yield _unit_problem(
                "weights_not_one",
                msgid("The shares of unit {code} transferred on {day} add up to {total}, not to 1."),
                code=code,
                day=f"{day:%d/%m/%Y}",
                total=round(total, 6),
            )


def _unit_problem(code: str, message: str, /, **data: object) -> Problem:
    return Problem(code=f"org_units.{code}", message=message, data=data)

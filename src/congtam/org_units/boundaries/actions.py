"""Loading the areas of units from a file (nạp ranh giới đơn vị)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from congtam.foundation.public import Actor, Role, clock, record
from congtam.kernel.errors import InputRefused, NotAllowed, Problem, msgid
from congtam.kernel.vietnamese import fold
from congtam.org_units.boundaries.boundary_file import Area, read_areas
from congtam.org_units.models import UnitBoundary, UnitVersion
from congtam.org_units.queries import history, tree, visible_units


@dataclass(frozen=True, kw_only=True)
class LoadedBoundaries:
    """How many areas were loaded, and the units of the same kinds that the file has no area for."""

    loaded: int
    missing: tuple[str, ...]


@transaction.atomic
def load_boundaries(path: Path, *, on: date, actor: Actor) -> LoadedBoundaries:
    """Give the units of a day their areas, matched by code; raises InputRefused with everything wrong.

    An area belongs to the version of the unit that holds on the day: the same code may have named another ward
    before. Areas that were loaded earlier for these units are replaced.
    """
    if not visible_units(actor, Role.ADMINISTRATOR).everything:
        raise NotAllowed(right="org_units.boundaries", unit="*")
    areas = read_areas(path)
    problems = list(_area_problems(areas, on, file=path.name))
    if problems:
        raise InputRefused(problems)
    codes = [area.code for area in areas]
    in_force = UnitVersion.objects.filter(unit__code__in=codes, valid__contains=on).select_related("unit")
    versions = {version.unit.code: version for version in in_force}
    UnitBoundary.objects.filter(version__in=versions.values()).delete()
    now = clock().now()
    UnitBoundary.objects.bulk_create(
        UnitBoundary(
            version=versions[area.code],
            rings=[[[round(x, 5), round(y, 5)] for x, y in ring] for ring in area.rings],
            source=path.name,
            loaded_at=now,
        )
        for area in areas
    )
    data = {"file": path.name, "areas": len(areas), "on": on.isoformat()}
    record(actor, "boundaries.loaded", kind="units", key=path.name, data=data)
    return LoadedBoundaries(loaded=len(areas), missing=_units_without_area(codes, on))


def _area_problems(areas: Sequence[Area], on: date, *, file: str) -> Iterator[Problem]:
    units = tree(on)
    counts = Counter(area.code for area in areas)
    for code, count in counts.items():
        data = {"code": code, "day": f"{on:%d/%m/%Y}"}
        if count > 1:
            message = msgid("Code {code} is in the file more than once.")
            yield Problem(code="boundary_repeated", message=message, data=data, file=file)
        if code not in units:
            message = msgid("There is no unit with the code {code} on {day}.")
            yield Problem(code="boundary_unit_unknown", message=message, data=data, file=file)
    for area in areas:
        if area.code in units and _is_of_another_day(area, units[area.code].name):
            message = msgid(
                "Code {code} is “{unit}” on {day}, but the file has “{name}”, which the code names on other days. "
                "Give a day of the file's units with --on."
            )
            data = {
                "code": area.code,
                "unit": units[area.code].name,
                "name": area.name,
                "day": f"{on:%d/%m/%Y}",
            }
            yield Problem(code="boundary_of_another_day", message=message, data=data, file=file)


def _is_of_another_day(area: Area, name: str) -> bool:
    """Whether the file means the unit that had or will have the code: a reform gives codes to other areas.

    A name that the code never had says nothing: files write names in many ways.
    """
    unit_history = history(area.code)
    names = {fold(row.name) for row in unit_history.versions} if unit_history else set()
    return fold(area.name) != fold(name) and fold(area.name) in names


def _units_without_area(codes: Sequence[str], on: date) -> tuple[str, ...]:
    """Units beside those of the file, of the same kind and below the same unit, without an area."""
    units = tree(on)
    alike = {(units[code].parent, units[code].kind) for code in codes}
    return tuple(
        sorted(
            node.code
            for node in units.values()
            if (node.parent, node.kind) in alike and node.code not in codes
        )
    )

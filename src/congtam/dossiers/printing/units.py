"""What a unit is called on a letterhead (tên cơ quan trên văn bản)."""

from __future__ import annotations

from datetime import date
from typing import Final

from congtam.dossiers.printing.values import PrintedUnit
from congtam.org_units.public import UnitVersionRow, find_version

_PROVINCES: Final = ("province", "municipality")
_DEEPEST: Final = 6


def printed_unit(code: str, on: date) -> PrintedUnit:
    """A unit for a letterhead: its name on the day, what it stood under, and its province."""
    line = _unit_with_ancestors(code, on)
    if not line:
        return PrintedUnit(code=code, name=code)
    unit, *above = line
    province = next((one.name for one in reversed(line) if one.kind in _PROVINCES), "")
    return PrintedUnit(
        code=code,
        name=unit.name,
        kind=unit.kind,
        parent_name=above[0].name if above else "",
        parent_kind=above[0].kind if above else "",
        province_name=province,
    )


def _unit_with_ancestors(code: str, on: date) -> list[UnitVersionRow]:
    """The unit and those above it on a day, nearest first."""
    line: list[UnitVersionRow] = []
    at: str | None = code
    while at and len(line) < _DEEPEST and (unit := find_version(at, on)) is not None:
        line.append(unit)
        at = unit.parent
    return line

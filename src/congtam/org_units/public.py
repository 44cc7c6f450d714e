"""What other contexts may use of the units."""

from __future__ import annotations

from datetime import date

from congtam.org_units.actions.enter_units import enter_units
from congtam.org_units.actions.load_catalogue import load_catalogue
from congtam.org_units.domain.kinds import GovernmentLevel, find_kind
from congtam.org_units.domain.records import CrosswalkRow, UnitVersionRow
from congtam.org_units.domain.register import UnitHistory
from congtam.org_units.domain.tree import UnitNode, UnitTree
from congtam.org_units.naming import resolve_unit_code, unit_name, unit_text
from congtam.org_units.queries import EDITION_NOTE, VisibleUnits, register, visible_units
from congtam.org_units.slots import UNIT_LINKS

__all__ = [
    "EDITION_NOTE",
    "UNIT_LINKS",
    "GovernmentLevel",
    "UnitNode",
    "UnitTree",
    "UnitVersionRow",
    "VisibleUnits",
    "crosswalk",
    "enter_units",
    "find_kind",
    "find_unit",
    "find_version",
    "history",
    "is_registered_unit",
    "load_catalogue",
    "register",
    "resolve_unit_code",
    "tree",
    "unit_name",
    "unit_on",
    "unit_text",
    "visible_units",
]


def tree(on: date) -> UnitTree:
    """The tree of units on a day (cây đơn vị); computed once for every change of the units."""
    return register().tree(on)


def unit_on(code: str, on: date) -> UnitNode | None:
    """The unit as it stands in the tree of a day; None where the code means nothing that day."""
    return register().tree(on).get(code)


def find_unit(code: str) -> UnitVersionRow | None:
    """The latest version of a code, whether it still holds or not; None for a code never in use."""
    return register().nearest_version(code, date.max)


def find_version(code: str, on: date) -> UnitVersionRow | None:
    """The version valid on a day, else the nearest one: what to call the unit of a fact of that day."""
    return register().nearest_version(code, on)


def is_registered_unit(code: str) -> bool:
    """Whether the code was ever in use."""
    return code in register()


def crosswalk(map_on: date) -> list[CrosswalkRow]:
    """Where the facts of every code and time are shown on the map of a day (bảng quy đổi đơn vị)."""
    return register().crosswalk(map_on)


def history(code: str) -> UnitHistory | None:
    """The life of a code: versions, predecessors, successors."""
    return register().history(code)

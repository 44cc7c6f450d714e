"""What other contexts may use of the units."""

from congtam.org_units.actions.enter_units import enter_units
from congtam.org_units.actions.load_catalogue import load_catalogue
from congtam.org_units.boundaries.queries import boundaries
from congtam.org_units.domain.kinds import GovernmentLevel, are_comparable, find_kind
from congtam.org_units.domain.records import UnitVersionRow
from congtam.org_units.domain.register import Register
from congtam.org_units.domain.tree import UnitNode, UnitTree
from congtam.org_units.naming import resolve_unit_code, unit_name, unit_text
from congtam.org_units.queries import (
    EDITION_NOTE,
    VisibleUnits,
    crosswalk,
    find_unit,
    find_version,
    history,
    is_registered_unit,
    latest_nameable_day,
    nameable_change_days,
    register,
    tree,
    unit_on,
    visible_units,
)
from congtam.org_units.row_filters import rows_of_visible_units
from congtam.org_units.slots import UNIT_LINKS

__all__ = [
    "EDITION_NOTE",
    "UNIT_LINKS",
    "GovernmentLevel",
    "Register",
    "UnitNode",
    "UnitTree",
    "UnitVersionRow",
    "VisibleUnits",
    "are_comparable",
    "boundaries",
    "crosswalk",
    "enter_units",
    "find_kind",
    "find_unit",
    "find_version",
    "history",
    "is_registered_unit",
    "latest_nameable_day",
    "load_catalogue",
    "nameable_change_days",
    "register",
    "resolve_unit_code",
    "rows_of_visible_units",
    "tree",
    "unit_name",
    "unit_on",
    "unit_text",
    "visible_units",
]

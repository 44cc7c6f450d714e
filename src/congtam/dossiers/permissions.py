"""Who may do what with dossiers (quyền trên hồ sơ)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units

MAY_STORE: Final = (Role.CLERK, Role.REFORM_OFFICER, Role.ADMINISTRATOR)
"""May bring dossiers of a unit into the system."""

MAY_SEE_PERSONS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
"""May read who the applicant is; observers see the dossier without the person."""


def storable_units(actor: Actor) -> VisibleUnits:
    """The units for which the actor may store dossiers, with everything below them."""
    return visible_units(actor, *MAY_STORE)


def require_store(actor: Actor, unit_code: str) -> VisibleUnits:
    """What a store for ``unit_code`` may touch: that unit and all below it; raises NotAllowed without the right."""
    if unit_code not in storable_units(actor):
        raise NotAllowed(right="dossiers.store", unit=unit_code)
    return visible_units(Actor(username="", name="", grants=(Grant(role=Role.CLERK, unit_code=unit_code),)))


def may_store_anywhere(actor: Actor) -> bool:
    """Whether the actor has a place for which dossiers may be stored at all."""
    return actor.has_role(*MAY_STORE)


def may_see_person(actor: Actor, unit_code: str) -> bool:
    """Whether the applicant of a dossier of this unit may be shown to the actor (dữ liệu cá nhân)."""
    return unit_code in visible_units(actor, *MAY_SEE_PERSONS)

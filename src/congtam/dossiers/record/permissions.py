"""Who may do what with dossiers (quyền trên hồ sơ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units

MAY_STORE: Final = (Role.CLERK, Role.REFORM_OFFICER, Role.ADMINISTRATOR)
"""May bring dossiers of a unit into the system."""

MAY_SEE_PERSONS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
"""May read who the applicant is; observers see the dossier without the person."""

MAY_RECEIVE: Final = (Role.CLERK,)
"""May take in applications at a one-stop shop."""


def storable_units(actor: Actor) -> VisibleUnits:
    """The units for which the actor may store dossiers, with everything below them."""
    return visible_units(actor, *MAY_STORE)


def require_may_store(actor: Actor, unit_code: str) -> VisibleUnits:
    """What a store for ``unit_code`` may touch: that unit and all below it; raises NotAllowed without the right."""
    if unit_code not in storable_units(actor):
        raise NotAllowed(right="dossiers.store", unit=unit_code)
    return visible_units(Actor(username="", name="", grants=(Grant(role=Role.CLERK, unit_code=unit_code),)))


def receivable_units(actor: Actor) -> VisibleUnits:
    """The units at whose one-stop shop the actor may receive."""
    return visible_units(actor, *MAY_RECEIVE)


def may(actor: Actor, roles: Sequence[Role], unit_code: str) -> bool:
    """Whether the actor has one of the roles over a unit; where there are none, only the program may."""
    return actor.is_console or (bool(roles) and unit_code in visible_units(actor, *roles))


def is_head(actor: Actor, unit_code: str) -> bool:
    """Whether the actor heads the unit, and so may do what lies with others there."""
    return actor.is_console or unit_code in visible_units(actor, Role.UNIT_HEAD)


def holds_role(actor: Actor, role: str, unit_code: str) -> bool:
    """Whether the actor has the role over the unit."""
    return actor.is_console or unit_code in visible_units(actor, role)


def may_store_anywhere(actor: Actor) -> bool:
    """Whether the actor has a place for which dossiers may be stored at all."""
    return actor.has_role(*MAY_STORE)


def may_see_person(actor: Actor, unit_code: str) -> bool:
    """Whether the applicant of a dossier of this unit may be shown to the actor (dữ liệu cá nhân)."""
    return unit_code in visible_units(actor, *MAY_SEE_PERSONS)

"""Who may do what with payments (quyền về phí, lệ phí)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units

MAY_TAKE: Final = (Role.CLERK,)
"""May take cash and ask for a refund."""
MAY_REFUND: Final = (Role.UNIT_HEAD,)
"""May carry out a refund another person asked for."""
MAY_READ_REASONS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
"""May read what people wrote about a fee; it may name the applicant."""

MAY_RECONCILE: Final = (Role.ADMINISTRATOR,)
"""May read in a gateway's daily file; it concerns all units."""


def require(actor: Actor, unit_code: str, *roles: Role) -> None:
    """Raise NotAllowed unless the actor holds one of the roles over the unit."""
    if unit_code not in visible_units(actor, *roles):
        raise NotAllowed(right="payments", unit=unit_code)


def require_everywhere(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the actor holds one of the roles over everything."""
    if not visible_units(actor, *roles).everything:
        raise NotAllowed(right="payments", unit="*")


def visible(actor: Actor) -> VisibleUnits:
    """The units whose payments an actor may see."""
    return visible_units(actor)


def reasons_for(actor: Actor) -> VisibleUnits:
    """The units of whose fees the actor may read the reasons."""
    return visible_units(actor, *MAY_READ_REASONS)

"""Who may enter gateways and compare their daily files (quyền về cổng thanh toán)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units

MAY_ENTER: Final = (Role.ADMINISTRATOR,)
"""May enter a gateway or change it."""
MAY_RECONCILE: Final = (Role.ADMINISTRATOR,)
"""May read in a gateway's daily file; it concerns all units."""


def require_everywhere(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the actor holds one of the roles over everything."""
    if not visible_units(actor, *roles).everything:
        raise NotAllowed(right="payments", unit="*")


def may_reconcile(actor: Actor) -> bool:
    """Whether the actor may compare daily files with our books."""
    return visible_units(actor, *MAY_RECONCILE).everything


def visible_file_units(actor: Actor) -> VisibleUnits:
    """The units whose lines of daily files an actor may see."""
    return visible_units(actor)

"""Who may do what with inspections (quyền kiểm tra)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.org_units.public import is_registered_unit, visible_units

MAY_PREPARE: Final = (Role.INSPECTOR, Role.REFORM_OFFICER, Role.LEADER, Role.ADMINISTRATOR)
"""May prepare the inspection of a unit below their office."""


def may_prepare_anywhere(actor: Actor) -> bool:
    """Whether there is any unit whose inspection the actor may prepare."""
    return actor.has_role(*MAY_PREPARE)


def require_prepare(actor: Actor, unit_code: str) -> None:
    """NotFound for a unit the actor may not see, NotAllowed for one it may only read."""
    if not is_registered_unit(unit_code) or unit_code not in visible_units(actor):
        raise NotFound(kind="unit", key=unit_code)
    if unit_code not in visible_units(actor, *MAY_PREPARE):
        raise NotAllowed(right="inspections.prepare", unit=unit_code)


def require_prepare_anywhere(actor: Actor) -> None:
    """NotAllowed for an actor without the right over any unit."""
    if not may_prepare_anywhere(actor):
        raise NotAllowed(right="inspections.prepare", unit="")

"""Who may change the catalogue (quyền trên danh mục); everybody who signed in may read it."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import EVERYWHERE, Actor, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import GovernmentLevel, find_kind, find_unit, visible_units

EDITORS: Final = (Role.REFORM_OFFICER, Role.ADMINISTRATOR)
"""May enter what the desks need and what was announced, for the province as a whole; processes also for a unit."""


def may_edit(actor: Actor) -> bool:
    """Whether the actor keeps the catalogue of the whole province."""
    return actor.is_console or any(_is_province(code) for code in actor.units_with(*EDITORS))


def _is_province(code: str) -> bool:
    unit = find_unit(code)
    if code == EVERYWHERE or unit is None:
        return code == EVERYWHERE
    kind = find_kind(unit.kind)
    return kind.is_territory and kind.level is GovernmentLevel.PROVINCE


def require_edit(actor: Actor) -> None:
    """Raise NotAllowed unless the actor keeps the catalogue."""
    if not may_edit(actor):
        raise NotAllowed(right="procedures.edit")


def may_enter_process(actor: Actor, unit_code: str) -> bool:
    """Whether the actor may enter an internal process: for a unit of its own, or for all."""
    return may_edit(actor) or bool(unit_code and unit_code in visible_units(actor, *EDITORS))


def require_may_enter_process(actor: Actor, unit_code: str) -> None:
    """Raise NotAllowed unless the actor may enter a process for the unit."""
    if not may_enter_process(actor, unit_code):
        raise NotAllowed(right="procedures.process", unit=unit_code)

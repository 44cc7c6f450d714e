"""Who may do what here (quyền quản trị)."""

from __future__ import annotations

from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed


def is_administrator(actor: Actor) -> bool:
    """Whether the actor administers the whole installation."""
    return actor.administers_everything


def require_administrator(actor: Actor) -> None:
    """Raise NotAllowed for everybody but administrators of the whole installation."""
    if not is_administrator(actor):
        raise NotAllowed(right="administration")


def may_manage_accounts(actor: Actor) -> bool:
    """Whether the actor opens accounts for anybody: administrators, and heads for their units."""
    return actor.has_role(Role.ADMINISTRATOR, Role.UNIT_HEAD)


def may_erase_persons(actor: Actor) -> bool:
    """Whether the actor administers some unit; which persons, each action decides."""
    return actor.is_console or actor.has_role(Role.ADMINISTRATOR)


def require_eraser(actor: Actor) -> None:
    """Raise NotAllowed for everybody but administrators."""
    if not may_erase_persons(actor):
        raise NotAllowed(right="dossiers.erase_person")

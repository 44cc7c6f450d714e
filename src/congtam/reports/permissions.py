"""Who may set the templates of a province (quyền đặt mẫu)."""

from __future__ import annotations

from congtam.foundation.public import EVERYWHERE, Actor
from congtam.kernel.errors import NotAllowed


def may_set_templates(actor: Actor) -> bool:
    """Whether the actor may say how the documents of the whole installation look."""
    return actor.administers_everything


def require_set_templates(actor: Actor) -> None:
    """NotAllowed for everybody but an administrator of the whole installation."""
    if not may_set_templates(actor):
        raise NotAllowed(right="reports.set_template", unit=EVERYWHERE)

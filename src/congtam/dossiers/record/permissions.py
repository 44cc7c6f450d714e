"""Who may do what with dossiers (quyền trên hồ sơ)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from congtam.dossiers.domain.lifecycle import Verb
from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units

MAY_STORE: Final = (Role.CLERK, Role.REFORM_OFFICER, Role.ADMINISTRATOR)
"""May bring dossiers of a unit into the system."""

MAY_SEE_PERSONS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
"""May read who the applicant is; observers see the dossier without the person."""

MAY_RECEIVE: Final = (Role.CLERK,)
"""May take in applications at a one-stop shop."""

_DESK: Final = (Role.CLERK, Role.OFFICER, Role.UNIT_HEAD)
_HANDLING: Final = (Role.OFFICER, Role.UNIT_HEAD)
# A leader acts only where the process of the procedure has a step of a leader.
_ANY_STEP: Final = (*_DESK, Role.LEADER)
MAY: Final[Mapping[Verb, tuple[Role, ...]]] = {
    Verb.HAND_OVER: _ANY_STEP,
    Verb.ACCEPT: _ANY_STEP,
    Verb.TAKE_BACK: _ANY_STEP,
    Verb.SEND_BACK: _ANY_STEP,
    Verb.ASSIGN: (Role.UNIT_HEAD,),
    Verb.CONSULT: _HANDLING,
    Verb.ANSWER: _HANDLING,
    Verb.ASK_SUPPLEMENT: _DESK,
    Verb.RECEIVE_SUPPLEMENT: (Role.CLERK,),
    Verb.LAPSE: (Role.CLERK,),
    Verb.ASK_PAYMENT: _DESK,
    Verb.CONFIRM_PAYMENT: (Role.CLERK,),
    Verb.WAIVE_PAYMENT: _DESK,
    Verb.NOTE_PAYMENT: (),
    Verb.APOLOGISE: _HANDLING,
    Verb.STOP: _DESK,
    Verb.WITHDRAW: (Role.CLERK,),
    Verb.REFUSE: _ANY_STEP,
    Verb.APPROVE: (Role.UNIT_HEAD, Role.LEADER),
    Verb.ISSUE_RESULT: _ANY_STEP,
    Verb.RETURN_RESULT: (Role.CLERK,),
    Verb.REOPEN: (Role.UNIT_HEAD,),
    Verb.ATTACH: _DESK,
    Verb.OPEN_LINKED: _DESK,
    Verb.RESUME: (),
}
"""Who may do what, over the unit of the dossier; whose move it is, is asked besides."""


def storable_units(actor: Actor) -> VisibleUnits:
    """The units for which the actor may store dossiers, with everything below them."""
    return visible_units(actor, *MAY_STORE)


def require_store(actor: Actor, unit_code: str) -> VisibleUnits:
    """What a store for ``unit_code`` may touch: that unit and all below it; raises NotAllowed without the right."""
    if unit_code not in storable_units(actor):
        raise NotAllowed(right="dossiers.store", unit=unit_code)
    return visible_units(Actor(username="", name="", grants=(Grant(role=Role.CLERK, unit_code=unit_code),)))


def receivable_units(actor: Actor) -> VisibleUnits:
    """The units at whose one-stop shop the actor may receive."""
    return visible_units(actor, *MAY_RECEIVE)


def may(actor: Actor, verb: Verb, unit_code: str) -> bool:
    """Whether the actor's roles allow the verb over a unit."""
    roles = MAY[verb]
    return actor.is_console or (bool(roles) and unit_code in visible_units(actor, *roles))


def is_head(actor: Actor, unit_code: str) -> bool:
    """Whether the actor heads the unit, and so may do what lies with others there."""
    return actor.is_console or unit_code in visible_units(actor, Role.UNIT_HEAD)


def holds_role(actor: Actor, role: str, unit_code: str) -> bool:
    """Whether the actor has the role over the unit."""
    return actor.is_console or unit_code in visible_units(actor, role)


def require(actor: Actor, verb: Verb, unit_code: str) -> None:
    """Raise NotAllowed unless the actor's roles allow the verb over the unit."""
    if not may(actor, verb, unit_code):
        raise NotAllowed(right=f"dossiers.{verb.value}", unit=unit_code)


def may_store_anywhere(actor: Actor) -> bool:
    """Whether the actor has a place for which dossiers may be stored at all."""
    return actor.has_role(*MAY_STORE)


def may_see_person(actor: Actor, unit_code: str) -> bool:
    """Whether the applicant of a dossier of this unit may be shown to the actor (dữ liệu cá nhân)."""
    return unit_code in visible_units(actor, *MAY_SEE_PERSONS)

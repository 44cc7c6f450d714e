"""Which roles a person may give, and for which accounts a person may care (thẩm quyền phân vai).

Decision: ADR 0080.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from congtam.foundation.public import EVERYWHERE, Role

OF_A_HEAD: Final = (Role.CLERK, Role.OFFICER, Role.OBSERVER)
"""What a head gives in the own unit and below; further down also heads."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The units over which an actor may give roles.

    >>> head = Reach(headed=frozenset({"024", "00691"}), own=frozenset({"024"}))
    >>> [head.may_give(role, unit) for role, unit in [("clerk", "00691"), ("unit_head", "00691"), ("unit_head", "024")]]
    [True, True, False]
    """

    everything: bool = False
    administered: frozenset[str] = frozenset()
    """Where the actor is administrator, everything below included."""
    headed: frozenset[str] = frozenset()
    """Where the actor is head, everything below included."""
    own: frozenset[str] = frozenset()
    """The units the actor heads themselves."""

    @property
    def codes(self) -> frozenset[str]:
        """All units reached."""
        return self.administered | self.headed

    def may_give(self, role: str, unit_code: str) -> bool:
        """Whether the actor may give or end this role over this unit."""
        if self.everything:
            return True
        if unit_code == EVERYWHERE:
            return False
        if unit_code in self.administered:
            return True
        if unit_code not in self.headed:
            return False
        return role in OF_A_HEAD or (role == Role.UNIT_HEAD and unit_code not in self.own)

    def may_give_all(self, roles: Iterable[tuple[str, str]]) -> bool:
        """Whether the actor may give every one of these roles: then the actor may care for an account that has them."""
        return all(self.may_give(role, unit) for role, unit in roles)

    def givable_roles(self) -> tuple[Role, ...]:
        """The roles the actor may give over some unit, in their usual order."""
        if self.everything or self.administered:
            return tuple(Role)
        below = self.headed - self.own
        return tuple(role for role in Role if role in OF_A_HEAD or (role is Role.UNIT_HEAD and below))

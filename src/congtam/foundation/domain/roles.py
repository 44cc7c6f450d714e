"""Who acts, and with which roles over which units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

EVERYWHERE: Final = "*"


class Role(StrEnum):
    """What a person may be for a unit (vai trò); a role is a row with a unit and a period, never code."""

    CLERK = "clerk"
    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    REFORM_OFFICER = "reform_officer"
    INSPECTOR = "inspector"
    APPRAISER = "appraiser"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


class Confirmation(StrEnum):
    """Whether somebody may do what asks for a confirmation (xác nhận lại) now."""

    FRESH = "fresh"
    """A person confirmed within the last minutes; the console and the program itself need not."""
    STALE = "stale"
    """A person signed in too long ago."""
    TOKEN = "token"  # noqa: S105 - a word, no password
    """A program with an ordinary token, which nobody can ask."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role that is valid today over one unit and all below it; `EVERYWHERE` is the whole installation."""

    role: Role
    unit_code: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person or process that reads or writes (người thực hiện)."""

    username: str
    name: str
    grants: tuple[Grant, ...] = ()
    is_console: bool = False
    confirmation: Confirmation = Confirmation.FRESH

    @property
    def administers_everything(self) -> bool:
        """Whether the actor is administrator of the whole installation (quản trị toàn hệ thống)."""
        return self.is_console or EVERYWHERE in self.units_with(Role.ADMINISTRATOR)

    def has_role(self, *roles: Role) -> bool:
        """Whether any grant carries one of the roles, over whichever unit."""
        return self.is_console or any(grant.role in roles for grant in self.grants)

    def units_with(self, *roles: Role) -> tuple[str, ...]:
        """The unit codes over which one of the roles is held; no roles named means any role."""
        return tuple(grant.unit_code for grant in self.grants if not roles or grant.role in roles)


def console_actor() -> Actor:
    """The operator at the command line: whoever can run the program on the server can read its files anyway."""
    everywhere = Grant(role=Role.ADMINISTRATOR, unit_code=EVERYWHERE)
    return Actor(username="console", name="Console", grants=(everywhere,), is_console=True)


def system_actor(name: str) -> Actor:
    """A part of the program that acts by itself, such as on a payment that came in; recorded as ``system:name``."""
    everywhere = Grant(role=Role.ADMINISTRATOR, unit_code=EVERYWHERE)
    return Actor(username=f"system:{name}", name=name, grants=(everywhere,), is_console=True)

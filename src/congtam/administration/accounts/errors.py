"""What is refused when accounts are cared for."""

from __future__ import annotations

from congtam.kernel.errors import DomainError, NotAllowed, msgid


class OwnAccount(DomainError):
    """Nobody does this with the own account."""

    code = "accounts.own"
    message = msgid("You cannot do this with your own account. Ask another administrator.")


class LastAdministrator(DomainError):
    """Nobody would be left who could open accounts."""

    code = "accounts.last_administrator"
    message = msgid(
        "{key} is the last active administrator. Give someone else the role of administrator first."
    )


class RoleNotYours(NotAllowed):
    """The actor may not give or end this role over this unit."""

    code = "accounts.role_not_yours"
    message = msgid("You cannot give or end this role over this unit.")

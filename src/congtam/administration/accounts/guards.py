"""What stands in the way of changing an account (điều kiện thực hiện)."""

from __future__ import annotations

from congtam.administration.accounts.errors import LastAdministrator, OwnAccount
from congtam.administration.accounts.queries import count_other_administrators
from congtam.administration.accounts.subject import AccountInCare
from congtam.foundation.account_changes import HeldRole
from congtam.foundation.lifecycle import Obstacle
from congtam.foundation.public import EVERYWHERE, Role


def must_not_be_own_account(subject: AccountInCare) -> Obstacle:
    """It is somebody else's account."""
    return OwnAccount if subject.is_own else None


def must_not_be_last_administrator(subject: AccountInCare) -> Obstacle:
    """Somebody is left who administers the installation."""
    administers = any(is_administration(held) and held.holds_on(subject.day) for held in subject.roles)
    if administers and not count_other_administrators(subject.account.username):
        return LastAdministrator
    return None


def is_administration(held: HeldRole) -> bool:
    """Whether the role administers the whole installation."""
    return held.role is Role.ADMINISTRATOR and held.unit_code == EVERYWHERE

"""Ending a role on a day (thôi vai trò)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from congtam.administration.accounts.errors import LastAdministrator, RoleNotYours
from congtam.administration.accounts.guards import is_administration
from congtam.administration.accounts.port import BOTH
from congtam.administration.accounts.queries import count_other_administrators
from congtam.administration.accounts.subject import AccountChange, AccountInCare, AccountVerb
from congtam.foundation.account_changes import HeldRole
from congtam.foundation.account_changes import end_role as end_held_role
from congtam.foundation.public import Role
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid


def end_role(account: AccountChange, *, held: int, last_day: date) -> None:
    """Let a role hold until a day, that day included; yesterday ends it at once.

    Raises InputRefused for a day before yesterday: what was done under the role stays explained by it.
    """
    subject = account.subject
    role = next((each for each in subject.current_roles if each.id == held), None)
    if role is None:
        raise NotFound(kind="role", key=str(held))
    if not subject.reach.may_give(role.role, role.unit_code):
        raise RoleNotYours(role=role.role, unit=role.unit_code)
    _validate_last_day(subject, role, last_day)
    end_held_role(account.account, role, until=last_day + timedelta(days=1))
    account.data |= {"role": role.role, "unit": role.unit_code, "last_day": last_day.isoformat()}


def _validate_last_day(subject: AccountInCare, role: HeldRole, last_day: date) -> None:
    if last_day < subject.day - timedelta(days=1):
        message = msgid("Enter yesterday to end the role at once, or a later day.")
        raise InputRefused([Problem(code="role_ends_in_the_past", message=message, column="last_day")])
    if is_administration(role) and not count_other_administrators(subject.account.username):
        raise LastAdministrator(key=subject.account.username)


END_ROLE: Final = AccountVerb(
    code="end_role",
    name=msgid("End role"),
    done=msgid("Role ended"),
    icon="circle-x",
    order=16,
    transitions=BOTH,
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    apply=end_role,
)

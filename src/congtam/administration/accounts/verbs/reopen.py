"""Unlocking an account (mở khóa tài khoản)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.forms import ConfirmForm
from congtam.administration.accounts.port import ACTIVE, CLOSED
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.account_changes import set_temporary_password
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid


def reopen(account: AccountChange) -> str:
    """Let the account sign in again, with a temporary password, which is returned."""
    return set_temporary_password(account.account)


REOPEN: Final = AccountVerb(
    code="reopen",
    name=msgid("Unlock account"),
    lead=msgid(
        "The person can sign in again, with a temporary password that is shown once. "
        "The roles that are still valid apply again."
    ),
    done=msgid("Account unlocked"),
    icon="lock-open",
    order=50,
    transitions={CLOSED: ACTIVE},
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    needs_confirmation=True,
    apply=reopen,
    form=ConfirmForm,
)

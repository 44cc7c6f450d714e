"""Signing a person out everywhere (kết thúc các phiên đăng nhập)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.forms import ConfirmForm
from congtam.administration.accounts.port import BOTH
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid
from congtam.sign_in.public import forget_sessions


def end_sessions(account: AccountChange) -> None:
    """End every session of the account; API tokens stay."""
    account.account.session_epoch += 1
    forget_sessions(account.account)


END_SESSIONS: Final = AccountVerb(
    code="end_sessions",
    name=msgid("End all sessions"),
    lead=msgid(
        "The person is signed out on every device and must sign in again, for example after a phone was lost. "
        "API tokens stay valid."
    ),
    done=msgid("All sessions ended"),
    icon="logout",
    order=30,
    transitions=BOTH,
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    apply=end_sessions,
    form=ConfirmForm,
)

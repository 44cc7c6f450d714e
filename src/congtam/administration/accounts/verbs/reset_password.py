"""Giving a new password to who forgot theirs (đặt lại mật khẩu)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.forms import ConfirmForm
from congtam.administration.accounts.guards import must_not_be_own_account
from congtam.administration.accounts.port import ACTIVE
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.account_changes import end_tokens_of, set_temporary_password
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid
from congtam.sign_in.public import forget_sessions


def reset_password(account: AccountChange) -> str:
    """Return a temporary password, the only time it can be seen; sessions and tokens of the old one end."""
    password = set_temporary_password(account.account)
    forget_sessions(account.account)
    end_tokens_of(account.account, is_closed=False, actor=account.actor)
    return password


RESET_PASSWORD: Final = AccountVerb(
    code="reset_password",
    name=msgid("Reset password"),
    lead=msgid(
        "The account gets a temporary password, shown once; the person must replace it at the next sign-in. "
        "All sessions and API tokens of the account end."
    ),
    done=msgid("Password reset"),
    icon="key",
    order=20,
    transitions={ACTIVE: ACTIVE},
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    guards=(must_not_be_own_account,),
    needs_confirmation=True,
    apply=reset_password,
    form=ConfirmForm,
)

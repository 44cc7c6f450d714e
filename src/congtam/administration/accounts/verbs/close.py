"""Locking an account (khóa tài khoản)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.forms import ConfirmForm
from congtam.administration.accounts.guards import must_not_be_last_administrator, must_not_be_own_account
from congtam.administration.accounts.port import ACTIVE, CLOSED
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.account_changes import end_tokens_of
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid
from congtam.sign_in.public import forget_sessions


def close(account: AccountChange) -> None:
    """Let the account neither sign in nor call the API any more; what it did stays under its name."""
    account.account.session_epoch += 1
    forget_sessions(account.account)
    end_tokens_of(account.account, is_closed=True, actor=account.actor)


CLOSE: Final = AccountVerb(
    code="close",
    name=msgid("Lock account"),
    lead=msgid(
        "The person can no longer sign in or use the API; what they did stays under their name. "
        "The account can be unlocked later."
    ),
    done=msgid("Account locked"),
    icon="lock",
    style="danger",
    order=50,
    transitions={ACTIVE: CLOSED},
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    guards=(must_not_be_own_account, must_not_be_last_administrator),
    apply=close,
    form=ConfirmForm,
)

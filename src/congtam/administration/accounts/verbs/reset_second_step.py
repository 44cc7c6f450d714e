"""Taking the second step from who lost the phone (đặt lại bước xác thực thứ hai)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.forms import ConfirmForm
from congtam.administration.accounts.guards import must_not_be_own_account
from congtam.administration.accounts.port import ACTIVE
from congtam.administration.accounts.subject import AccountChange, AccountVerb
from congtam.foundation.public import Role
from congtam.kernel.errors import msgid
from congtam.sign_in.public import forget_sessions, remove_second_steps


def reset_second_step(account: AccountChange) -> None:
    """Remove passkeys, app, recovery codes and the link to the sign-in service; all sessions end."""
    account.data["removed"] = remove_second_steps(account.account)
    account.account.session_epoch += 1
    forget_sessions(account.account)


RESET_SECOND_STEP: Final = AccountVerb(
    code="reset_second_step",
    name=msgid("Reset second step"),
    lead=msgid(
        "Passkeys, app and recovery codes of the person are removed, and all sessions end, for example after the phone "
        "was lost. Make sure that it is the person who asks. Where the role requires it, a new second step is set up "
        "at the next sign-in."
    ),
    done=msgid("Second step reset"),
    icon="shield-check",
    order=25,
    transitions={ACTIVE: ACTIVE},
    roles=(Role.ADMINISTRATOR, Role.UNIT_HEAD),
    guards=(must_not_be_own_account,),
    needs_confirmation=True,
    apply=reset_second_step,
    form=ConfirmForm,
)

"""All that is done with an account, one file each (thao tác với tài khoản)."""

from __future__ import annotations

from typing import Final

from congtam.administration.accounts.port import AccountPort
from congtam.administration.accounts.verbs.change import CHANGE
from congtam.administration.accounts.verbs.close import CLOSE
from congtam.administration.accounts.verbs.end_role import END_ROLE
from congtam.administration.accounts.verbs.end_sessions import END_SESSIONS
from congtam.administration.accounts.verbs.grant_role import GRANT_ROLE
from congtam.administration.accounts.verbs.reopen import REOPEN
from congtam.administration.accounts.verbs.reset_password import RESET_PASSWORD
from congtam.administration.accounts.verbs.reset_second_step import RESET_SECOND_STEP
from congtam.foundation.lifecycle import Machine

ACCOUNTS: Final = Machine(
    AccountPort(),
    [
        CHANGE,
        GRANT_ROLE,
        END_ROLE,
        RESET_PASSWORD,
        RESET_SECOND_STEP,
        END_SESSIONS,
        CLOSE,
        REOPEN,
    ],
)
"""The engine that carries them out."""

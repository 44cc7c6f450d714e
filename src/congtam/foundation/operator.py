"""Who acts at the command line (người thao tác dòng lệnh)."""

from __future__ import annotations

import getpass
from dataclasses import replace

from django.utils.translation import gettext as _

from congtam.foundation.accounts import actor_for
from congtam.foundation.domain.roles import Actor, console_actor
from congtam.foundation.models import Account
from congtam.kernel.errors import NotFound


def operator(username: str | None = None) -> Actor:
    """The account with its own roles; without one the console, under the name of the system's user.

    Raises NotFound for an account that does not exist or is closed.
    """
    if username is None:
        name = _("{user} (command line)").format(user=_system_user())
        return replace(console_actor(), name=name)
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise NotFound(kind="account", key=username)
    return actor_for(account)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that no user has
        return _("unknown user")

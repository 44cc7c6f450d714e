"""What people are called on pages (họ tên thay cho tên đăng nhập)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from congtam.foundation.models import Account


def display_names(usernames: Iterable[str]) -> dict[str, str]:
    """The names of accounts; one that is no more keeps its user name. What no person did, the program is named for."""
    distinct = {username for username in usernames if username}
    rows = Account.objects.filter(username__in=distinct).values_list("username", "name")
    return {username: _fallback_name(username) for username in distinct} | {
        username: name for username, name in rows if name
    }


def _fallback_name(username: str) -> str:
    if username == "console":
        return _("Server administrator")
    return _("System (automatic)") if username.startswith("system:") else username

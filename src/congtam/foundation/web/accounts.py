"""How people get in: an administrator opens accounts, nobody signs up alone."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth without self-registration, and with words in both languages: it has no Vietnamese ones for these."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is locked. Ask the administrator of your office."),
        "enter_current_password": _("Enter your current password."),
        "incorrect_password": _("The password is not correct."),
        "invalid_login": _("The user name or the password is not correct."),
        "username_password_mismatch": _("The user name or the password is not correct."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a moment, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

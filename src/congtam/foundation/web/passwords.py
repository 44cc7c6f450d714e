"""What a new password ends besides the old one (đổi mật khẩu), and that a temporary one must be replaced first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from congtam.foundation.domain.roles import system_actor
from congtam.foundation.models import Account, TokenEnd
from congtam.foundation.row_seals import reseal
from congtam.foundation.tokens import end_tokens

_OPEN_PAGES: Final = frozenset(
    {"account_change_password", "account_logout", "account_login", "account_reauthenticate", "set_language"}
)
Respond = Callable[[HttpRequest], HttpResponseBase]


class own_password_first:  # noqa: N801 - named like its siblings in settings.MIDDLEWARE
    """Who signed in with a password that somebody else chose is led to choose another before anything else."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """The page of the password in place of every other one but those needed to get there or away."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, Account) or not user.has_temporary_password:
            return None
        if match is not None and match.url_name in _OPEN_PAGES:
            return None
        messages.warning(request, gettext("Your password is temporary. Choose your own password first."))
        return redirect("account_change_password")


class EndsTokens:
    """Ends the tokens of an account with its old password, whoever may have made them while it was known.

    Django calls its password validators for every password that is set and saved, on the page and at the console,
    but not when a password is merely rehashed at sign-in.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Any password will do; the others judge it."""

    def get_help_text(self) -> str:
        """Nothing that helps to choose one."""
        return ""

    def password_changed(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """End the tokens, and that the password is a temporary one."""
        if isinstance(user, Account):
            Account.objects.filter(pk=user.pk).update(has_temporary_password=False)
            reseal(Account, [user.pk])
            end_tokens(user.username, because=TokenEnd.PASSWORD_CHANGED, actor=system_actor("tokens"))

"""How people get in: an administrator opens accounts, nobody signs up alone."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.foundation.confirmation import ConfirmationNeeded, require_confirmation
from congtam.foundation.public import Account, actor_of
from congtam.sign_in import throttle
from congtam.sign_in.events import note_event
from congtam.sign_in.models import EventKind
from congtam.sign_in.web.devices import device_for, remember_device
from congtam.sign_in.web.visitors import visitor_of


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth without self-registration, with our own limits, and with words in both languages."""

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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at, in place of allauth's limits, which lock an address."""
        username = str(credentials.get("username", ""))
        visitor = visitor_of(request)
        self._try = throttle.begin_try(
            username=username, address=visitor.address, device=device_for(request, username)
        )
        if self._try is None:
            if throttle.is_worth_noting(username=username, address=visitor.address):
                note_event(EventKind.THROTTLED, _account(username), visitor=visitor)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The account of the right password; a try that succeeds counts for nothing."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None and self._try is not None:
            self._try.forgive()
        if isinstance(user, Account) and not user.is_active:
            note_event(EventKind.ACCOUNT_LOCKED, user, visitor=visitor_of(request), method="password")
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record it; a name that no account has is not kept, for people type passwords there."""
        account = _account(str(credentials.get("username", "")))
        note_event(EventKind.WRONG_PASSWORD, account, visitor=visitor_of(request), method="password")

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """After the last step: the browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        remember_device(request, response, user.username)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ARG002 - allauth's signature
        """allauth asks again as we do: not within ten minutes of signing in or confirming."""
        try:
            require_confirmation(actor_of(self.request))
        except ConfirmationNeeded:
            return True
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By password or passkey; a code from a phone that lies on the desk shows too little."""
        if not isinstance(user, Account):
            return []
        methods = [
            {
                "id": "reauthenticate",
                "description": gettext("Use your password"),
                "url": reverse("account_reauthenticate"),
            }
        ]
        if Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).exists():
            passkey = {
                "id": "mfa_reauthenticate:webauthn",
                "description": gettext("Use a passkey"),
                "url": reverse("mfa_reauthenticate_webauthn"),
            }
            methods.append(passkey)
        return methods


def _account(username: str) -> Account | None:
    if "\0" in username:
        return None
    return Account.objects.filter(username=username).first()

"""Signing in by the sign-in service of the province (đăng nhập một lần, OpenID Connect).

The service says who somebody is; whether that person has an account, and what it may do, is decided here. Nobody
gets an account this way.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congtam.foundation.public import Account
from congtam.sign_in.events import note_event
from congtam.sign_in.models import EventKind
from congtam.sign_in.web.visitors import visitor_of


class HouseIdentities(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Links an identity to the account of the same user name at its first sign-in, and to no other after."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let an identity in that is linked, or can be; otherwise say so and stop."""
        account = sociallogin.user if sociallogin.is_existing else _link(request, sociallogin)
        if account is None:
            note_event(EventKind.IDENTITY_REFUSED, None, visitor=visitor_of(request), method="oidc")
            raise ImmediateHttpResponse(_refusal(request))

    def on_authentication_error(
        self,
        request: HttpRequest,
        *_provider: Any,
        **_more: Any,
    ) -> None:
        """The service refused, was cancelled or could not be reached: back to the page of signing in."""
        raise ImmediateHttpResponse(_refusal(request, is_error=True))


@transaction.atomic
def _link(request: HttpRequest, sociallogin: SocialLogin) -> Account | None:
    username = _claimed_username(sociallogin)
    account = Account.objects.select_for_update().filter(username=username, is_active=True).first()
    if not username or account is None or account.is_demonstration:
        return None
    if SocialAccount.objects.filter(user_id=account.pk).exists():
        # Another identity came first: only an administrator may undo that.
        return None
    sociallogin.connect(request, account)
    note_event(EventKind.IDENTITY_LINKED, account, visitor=visitor_of(request), method="oidc")
    return account


def _claimed_username(sociallogin: SocialLogin) -> str:
    """What the service says the user name is, by the claim that the settings name."""
    data = sociallogin.account.extra_data
    claim = settings.CONGTAM_OIDC_CLAIM
    for part in (data.get("userinfo"), data.get("id_token"), data):
        value = part.get(claim) if isinstance(part, dict) else None
        if isinstance(value, str) and value and "\0" not in value:
            return value[:150]
    return ""


def _refusal(request: HttpRequest, *, is_error: bool = False) -> HttpResponse:
    context = {"is_error": is_error, "service": settings.CONGTAM_OIDC_NAME}
    return render(request, "sign_in/identity_refused.html", context, status=403)

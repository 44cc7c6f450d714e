"""Browsers that have signed in to an account before (thiết bị quen): what strangers do elsewhere does not stop them."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "congtam_device"
_SECONDS: Final = 180 * 24 * 3600
_MOST: Final = 8
"""Colleagues may share a computer; the account used longest ago is forgotten first."""


def device_for(request: HttpRequest, username: str) -> str:
    """The key of this browser where it has signed in to the account before; empty otherwise."""
    key, accounts = _read(request)
    return key if username.strip().lower() in accounts else ""


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser show next time that it has signed in to this account."""
    key, accounts = _read(request)
    name = username.lower()
    kept = [name, *(other for other in accounts if other != name)][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([key or secrets.token_urlsafe(16), kept], salt=COOKIE),
        max_age=_SECONDS,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        key, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(key), [str(name) for name in accounts]

"""Who calls the API: a program with a token, or a browser that is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from congtam.api.allowance import consume_call
from congtam.api.problems import RequestRefused
from congtam.foundation.public import Account, Actor, actor_of
from congtam.foundation.tokens import authenticate_token
from congtam.kernel.errors import msgid


class CsrfMissing(RequestRefused):
    """A signed-in browser changes something without the token of its page."""

    code = "csrf_missing"
    message = msgid("Send the X-CSRFToken header of your session, or use an API token.")
    status = 403  # type: ignore[assignment]


class Token(HttpBearer):
    """``Authorization: Bearer ct_…`` (mã truy cập)."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor the token stands for."""
        actor = authenticate_token(token)
        if actor is not None:
            request.congtam_actor = actor  # type: ignore[attr-defined]
            consume_call(request, actor.username)
        return actor


class Session(APIKeyCookie):
    """The session of a signed-in browser; changes need its CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The account that is signed in."""
        return self.authenticate(request, request.COOKIES.get(self.param_name))

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """As ``__call__``; the session itself is read by Django. A request with a token is never one of a session."""
        if not key or "Authorization" in request.headers or not isinstance(request.user, Account):
            return None
        if check_csrf(request) is not None:
            raise CsrfMissing
        actor = actor_of(request)
        consume_call(request, actor.username)
        return actor

"""Pages of somebody who is signed in, and answers of the API, are kept by no cache (không lưu trang riêng).

Stands outside compression, which goes by the mark that a page with a secret sets itself (ADR 0106, ADR 0122).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from congtam.api.framing import API

Respond = Callable[[HttpRequest], HttpResponseBase]
_PRIVATE: Final = "private, no-store"


def private_pages(respond: Respond) -> Respond:
    """`no-store` wherever the answer may depend on who asks: a session was read, or the API answers.

    Static files are answered before any session is read, and stay in caches.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        if request.path.startswith(API) or _has_session(request):
            response.headers["Cache-Control"] = _PRIVATE
        return response

    return middleware


def _has_session(request: HttpRequest) -> bool:
    """Whether the page looked at a session of this visitor, or its cookie came with the request."""
    session = getattr(request, "session", None)
    return session is not None and (not session.is_empty() or session.modified)

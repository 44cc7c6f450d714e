"""Pages travel compressed, except those that hold a secret (nén trang).

BREACH guesses a secret from the length of compressed pages that hold it beside text of the attacker. So a page with
`Cache-Control: no-store` (temporary passwords, tokens, a citizen's slip, personal files) is never compressed; the
CSRF token of the other pages is masked anew each time, and their length is blurred by up to 100 random bytes.
ADR 0106.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS: Final = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/javascript",
    "image/svg",
)
"""Word, Excel, PDF and pictures are compressed already."""


class CompressPages(GZipMiddleware):
    """Compress texts with random padding; leave pages with secrets and files as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if "no-store" in response.headers.get("Cache-Control", "") or not kind.startswith(_TEXTS):
            return response
        return super().process_response(request, response)

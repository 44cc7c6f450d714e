"""What happens around every page: the content policy, the language a person chose, errors told in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.defaults import bad_request

from congtam.api.framing import API, has_zero_byte_in_address
from congtam.config.web.outages import failure_page
from congtam.foundation.outages import OUTAGES
from congtam.foundation.public import apply_demonstration_clock, cache_notes
from congtam.foundation.room import DailyQuotaReached
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound

Respond = Callable[[HttpRequest], HttpResponseBase]
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'{services}; frame-ancestors 'none'"
)


_ZERO_BYTE: Final = "NUL (0x00)"
"""In a form, where nobody types it; the address is looked at before (`readable_addresses`)."""


def _policy() -> str:
    """The policy; the button of a sign-in service may lead there, for browsers check where a form ends up."""
    issuer = urlsplit(settings.CONGTAM_OIDC_ISSUER)
    services = f" {issuer.scheme}://{issuer.netloc}" if issuer.netloc else ""
    return _POLICY.format(services=services)


def content_security_policy(respond: Respond) -> Respond:
    """Every answer says that only our own files may run."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", _policy())
        return response

    return middleware


def chosen_language(respond: Respond) -> Respond:
    """Vietnamese unless the person chose otherwise; the browser's own language does not decide."""
    supported = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in supported else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = respond(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def cache_installation_per_request(respond: Respond) -> Respond:
    """A page reads what holds for the installation once, and goes by its clock."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with cache_notes():
            # Whoever needs the database says that it is away, in its own words; the clock stays what it was.
            with suppress(*OUTAGES):
                apply_demonstration_clock()
            return respond(request)

    return middleware


def readable_addresses(respond: Respond) -> Respond:
    """An address with a zero byte is refused: no name or search holds one, and the database takes none.

    The API tells so in its own words.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if has_zero_byte_in_address(request) and not request.path.startswith(API):
            raise BadRequest
        return respond(request)

    return middleware


class domain_errors:  # noqa: N801 - named like its siblings in settings.MIDDLEWARE
    """A refusal of a rule becomes a page that says what is wrong and what to do."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError) and _ZERO_BYTE in str(exception):
            return bad_request(request, exception)
        if page := failure_page(request, exception):
            return page
        if not isinstance(exception, DomainError):
            return None
        status = _http_status(exception)
        template = {HTTPStatus.NOT_FOUND: "404.html", HTTPStatus.FORBIDDEN: "403.html"}.get(
            status, "400.html"
        )
        problems = exception.problems if isinstance(exception, InputRefused) else ()
        context = {"message": exception.format_message(gettext), "code": exception.code, "problems": problems}
        return render(request, template, context, status=status)


def _http_status(error: DomainError) -> HTTPStatus:
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, NotAllowed):
        return HTTPStatus.FORBIDDEN
    if isinstance(error, DailyQuotaReached):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.BAD_REQUEST

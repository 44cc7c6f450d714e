"""The frame of every API request: language, methods, allowance, nothing of it kept by caches or other sites."""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.types import DictStrAny

from congtam.api.allowance import rate_limit_headers
from congtam.api.auth import Session, Token
from congtam.api.error_handlers import HANDLERS, method_not_allowed_response, unknown_address_response
from congtam.api.etags import with_etag
from congtam.api.parameters import reject_unknown_parameters
from congtam.api.problems import RequestRefused, error_response
from congtam.kernel.errors import msgid
from congtam.kernel.input.json_text import parse_json

API: Final = "/api/v1/"
VIEW_MARKS: Final = {"csrf_exempt": True, "login_required": False}
_View = Callable[..., HttpResponse]


class TextNotStorable(RequestRefused):
    """A text holds a zero byte, which no name or search has and the database does not take."""

    code = "text_not_storable"
    message = msgid("The request contains a NUL byte, which cannot be stored.")


class BoundedParser(Parser):
    """Reads the JSON of a body within a limit of depth."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The value of the body, which its schema checks; raises ValueError for what is no JSON or too deep."""
        return cast("DictStrAny", parse_json(request.body))


class Api(NinjaAPI):
    """An API whose operations are named after their functions and whose refusals are problem documents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            auth=[Token(), Session()], docs_url=None, openapi_url=None, parser=BoundedParser(), **options
        )
        self.add_decorator(reject_unknown_parameters, mode="view")
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's own name."""
        return str(operation.view_func.__name__)

    @property
    def views(self) -> dict[str, _View]:
        """The view of every operation by its name."""
        path_views = (view for _, router in self._routers for view in router.path_operations.values())
        return {one.view_func.__name__: one.view_func for view in path_views for one in view.operations}

    @property
    def framed_urls(self) -> list[URLPattern]:
        """The addresses, each in the frame, with an answer for all others."""
        patterns, _, _ = self.urls
        url_patterns = [pattern for pattern in patterns if isinstance(pattern, URLPattern)]
        for pattern in url_patterns:
            if pattern.name != "api-root":
                pattern.callback = as_api_view(pattern.callback)
        ours = [pattern for pattern in url_patterns if pattern.name != "api-root"]
        return [*ours, path("<path:rest>", as_api_view(unknown_address_response), name="unknown")]


def as_api_view(view: _View) -> _View:
    """The view in the caller's language, its refusals as problems, its answers private."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = negotiate_language(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            answer = _respond(request, lambda: view(request, *args, **kwargs))
        answer.headers["Content-Language"] = language
        answer.headers.setdefault("Vary", "Accept-Language, Authorization, Cookie")
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        for name, value in rate_limit_headers(request):
            answer.headers[name] = value
        return answer

    for name, value in VIEW_MARKS.items():
        setattr(wrapped, name, value)
    return wrapped


def _respond(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """What is answered to the method that was used; HEAD is a GET of which the server sends the headers only."""
    if _has_zero_byte(request):
        return error_response(TextNotStorable())
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    answer = with_etag(request, view())
    request.method = method
    if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return answer
    allowed = {name.strip() for name in answer.headers.get("Allow", "").split(",")} - {""}
    names = ", ".join(sorted(allowed | {"OPTIONS"} | ({"HEAD"} if "GET" in allowed else set())))
    if method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": names})
    return method_not_allowed_response(names)


def has_zero_byte_in_address(request: HttpRequest) -> bool:
    """Whether path or query hold a zero byte."""
    return "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")


def _has_zero_byte(request: HttpRequest) -> bool:
    in_body = request.content_type == "application/json" and b"\\u0000" in request.body
    return in_body or has_zero_byte_in_address(request)


@functools.lru_cache(maxsize=256)
def negotiate_language(header: str) -> str:
    """The first language asked for that there is; Vietnamese without any."""
    supported = {code for code, _ in settings.LANGUAGES}
    preferred = (code.split("-")[0] for code, weight in parse_accept_lang_header(header[:200]) if weight)
    return next((code for code in preferred if code in supported), settings.LANGUAGE_CODE)

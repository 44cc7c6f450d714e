"""The frame of every API request: language, errors in one form, nothing of it kept by caches or other sites."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from congtam.foundation.rest.auth import Session, Token
from congtam.foundation.rest.problems import RequestRefused, answer_to, pointer, problem_answer
from congtam.kernel.errors import DomainError, msgid

logger = logging.getLogger(__name__)
VIEW_MARKS: Final = {"csrf_exempt": True, "login_required": False}
_View = Callable[..., HttpResponse]


class TextNotStorable(RequestRefused):
    """A text holds a zero byte, which no name or search has and the database does not take."""

    code = "text_not_storable"
    message = msgid("The request holds a zero byte.")


class Api(NinjaAPI):
    """An API whose operations are named after their functions and whose refusals are problem documents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(auth=[Token(), Session()], docs_url=None, openapi_url=None, **options)
        for kind, handler in _HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's own name."""
        return str(operation.view_func.__name__)

    @property
    def framed_urls(self) -> list[URLPattern]:
        """The addresses, each in the frame, with an answer for all others."""
        patterns, _, _ = self.urls
        found = [pattern for pattern in patterns if isinstance(pattern, URLPattern)]
        for pattern in found:
            if pattern.name != "api-root":
                pattern.callback = framed(pattern.callback)
        ours = [pattern for pattern in found if pattern.name != "api-root"]
        return [*ours, path("<path:rest>", framed(no_such_address), name="unknown")]


def framed(view: _View) -> _View:
    """The view in the caller's language, its refusals as problems, its answers private."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            answer = answer_to(TextNotStorable()) if _holds_zero(request) else view(request, *args, **kwargs)
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                answer = _wrong_method(answer)
        answer.headers["Content-Language"] = language
        answer.headers.setdefault("Vary", "Accept-Language, Authorization, Cookie")
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    for name, value in VIEW_MARKS.items():
        setattr(wrapped, name, value)
    return wrapped


def _holds_zero(request: HttpRequest) -> bool:
    return request.content_type == "application/json" and b"\\u0000" in request.body


@functools.lru_cache(maxsize=256)
def language_of(header: str) -> str:
    """The first language asked for that there is; Vietnamese without any."""
    known = {code for code, _ in settings.LANGUAGES}
    asked = (code.split("-")[0] for code, weight in parse_accept_lang_header(header[:200]) if weight)
    return next((code for code in asked if code in known), settings.LANGUAGE_CODE)


def _wrong_method(answer: HttpResponse) -> HttpResponse:
    detail = gettext("Allowed here: {methods}.").format(methods=answer.headers.get("Allow", ""))
    told = problem_answer(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", detail)
    told.headers["Allow"] = answer.headers.get("Allow", "")
    return told


def no_such_address(_request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    detail = gettext("There is nothing at {address}.").format(address=rest[:200])
    return problem_answer(HTTPStatus.NOT_FOUND, "not_found", detail)


def _domain_error(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer_to(error)


def _unknown_caller(_request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = gettext("The token is missing, unknown, revoked or too old.")
    return problem_answer(HTTPStatus.UNAUTHORIZED, "unknown_caller", detail)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found; the first part of a place says whether it is body, query or path."""
    problems = [_invalid_field(found) for found in error.errors]
    detail = gettext("{count} field(s) do not have the form described in the documentation.")
    return problem_answer(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request_invalid",
        detail.format(count=len(problems)),
        problems=problems,
    )


def _invalid_field(found: dict[str, Any]) -> dict[str, Any]:
    source, *rest = found.get("loc", ("body",))
    fields: Sequence[object] = rest[1:] if source == "body" else rest
    return {"code": found["type"], "message": found["msg"], "in": source, "pointer": pointer(fields)}


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_answer(error.status_code, f"http_{error.status_code}", error.message)


def _no_such_address(request: HttpRequest, _error: Exception) -> HttpResponse:
    return no_such_address(request, request.path)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug, or the database is away: told without details, which are in the log."""
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("api: the database is away: %s", error)
        answer = problem_answer(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "database_away",
            gettext("The database does not answer. Send the request again, with the same idempotency key."),
        )
        answer.headers["Retry-After"] = "2"
        return answer
    got_request_exception.send(sender=None, request=request)
    logger.error("api: %s %s failed", request.method, request.path, exc_info=error)
    detail = gettext("The fault is written to the server's log.")
    return problem_answer(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail)


_HANDLERS: Final[Mapping[type[Exception], Callable[..., HttpResponse]]] = {
    DomainError: _domain_error,
    AuthenticationError: _unknown_caller,
    ValidationError: _invalid,
    HttpError: _http_error,
    Http404: _no_such_address,
    Exception: _failed,
}

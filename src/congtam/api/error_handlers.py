"""Every error of an API request as a problem document (lỗi của API)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext
from ninja.errors import AuthenticationError, HttpError, ValidationError

from congtam.api.field_messages import serialize_field_problem
from congtam.api.problems import error_response, problem_response
from congtam.foundation.confirmation import ConfirmationNeeded
from congtam.foundation.outages import is_outage
from congtam.foundation.room import StorageFull, is_storage_full
from congtam.kernel.errors import DomainError

logger = logging.getLogger(__name__)


def unknown_address_response(_request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    detail = gettext("No resource exists at {address}.").format(address=rest[:200])
    return problem_response(HTTPStatus.NOT_FOUND, "not_found", detail)


def method_not_allowed_response(allowed: str) -> HttpResponse:
    """The address does not do that."""
    detail = gettext("Allowed methods: {methods}.").format(methods=allowed)
    response = problem_response(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", detail)
    response.headers["Allow"] = allowed
    return response


def _domain_error(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return error_response(error)


def _confirmation_needed(_request: HttpRequest, _error: ConfirmationNeeded) -> HttpResponse:
    """The session of a browser, whose person can confirm on a page."""
    detail = gettext(
        "Confirm your identity on the page /accounts/reauthenticate/, then send the request again."
    )
    return problem_response(HTTPStatus.FORBIDDEN, "confirmation_needed", detail)


def _unknown_caller(_request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = gettext("The token is missing, unknown, revoked or expired.")
    return problem_response(HTTPStatus.UNAUTHORIZED, "unknown_caller", detail)


def _handle_invalid_body(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found."""
    problems = [serialize_field_problem(fault) for fault in error.errors]
    detail = gettext("{count} field(s) do not match the documented format.")
    return problem_response(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request_invalid",
        detail.format(count=len(problems)),
        problems=problems,
    )


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses: a body that is no JSON."""
    detail = gettext("The body is not valid JSON. Send UTF-8 text with Content-Type: application/json.")
    return problem_response(error.status_code, "json_malformed", detail)


def _body_unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """A form that cannot be taken apart, or of more parts than are taken."""
    detail = gettext("The form cannot be read. Send multipart/form-data with a boundary and fewer parts.")
    return problem_response(HTTPStatus.BAD_REQUEST, "form_malformed", detail)


def _no_such_address(request: HttpRequest, _error: Exception) -> HttpResponse:
    return unknown_address_response(request, request.path)


def _failure_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug, the disk is full, or the database is away: told without details, which are in the log."""
    if is_storage_full(error):
        logger.error("api: %s %s: no room on the disk", request.method, request.path)
        return error_response(StorageFull())
    if is_outage(error):
        logger.warning("api: the database is away: %s", error)
        answer = problem_response(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "database_away",
            gettext("The database is not responding. Send the request again with the same idempotency key."),
        )
        answer.headers["Retry-After"] = "2"
        return answer
    got_request_exception.send(sender=None, request=request)
    logger.error("api: %s %s failed", request.method, request.path, exc_info=error)
    detail = gettext("The error was recorded in the server log.")
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail)


HANDLERS: Final[Mapping[type[Exception], Callable[..., HttpResponse]]] = {
    DomainError: _domain_error,
    ConfirmationNeeded: _confirmation_needed,
    AuthenticationError: _unknown_caller,
    ValidationError: _handle_invalid_body,
    HttpError: _http_error,
    Http404: _no_such_address,
    MultiPartParserError: _body_unreadable,
    TooManyFieldsSent: _body_unreadable,
    TooManyFilesSent: _body_unreadable,
    Exception: _failure_response,
}

"""Refusals as the API tells them: RFC 9457 problem documents with a stable code and pointers into the request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext

from congtam.api.responses import to_json_value
from congtam.foundation.files import FileTooLarge, FileTypeRefused
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem, msgid

MEDIA_TYPE: Final = "application/problem+json"
CHANGED_MEANWHILE: Final = "changed_meanwhile"
TITLES: Final[Mapping[int, str]] = {
    400: msgid("The request cannot be read"),
    401: msgid("Sign in, or send a token"),
    403: msgid("Not allowed"),
    404: msgid("Not found"),
    405: msgid("Method not allowed"),
    409: msgid("Action not possible at this time"),
    412: msgid("Changed in the meantime"),
    413: msgid("Too large"),
    415: msgid("File type not accepted"),
    422: msgid("The input was rejected"),
    429: msgid("Too many requests"),
    500: msgid("Internal server error"),
    503: msgid("The server is temporarily unavailable"),
}


class RequestRefused(DomainError):
    """What an API request itself does wrong, apart from any rule of the domain."""

    code = "request_refused"
    status = HTTPStatus.BAD_REQUEST


def problem_response(
    status: int, code: str, detail: str, *, problems: Iterable[Mapping[str, Any]] = ()
) -> HttpResponse:
    """The answer to a request that was refused."""
    body: dict[str, Any] = {
        "type": f"urn:congtam:problem:{code}",
        "title": gettext(TITLES.get(status, TITLES[400])),
        "status": int(status),
        "detail": detail,
        "code": code,
    }
    if listed := list(problems):
        body["problems"] = listed
    text = json.dumps(body, ensure_ascii=False, default=to_json_value)
    answer = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="congtam"'
    return answer


def error_response(error: DomainError) -> HttpResponse:
    """The refusal of a rule."""
    problems = error.problems if isinstance(error, InputRefused) else ()
    serialized = [serialize_problem(problem) for problem in problems]
    return problem_response(
        http_status(error), error.code, error.format_message(gettext), problems=serialized
    )


def http_status(error: DomainError) -> int:
    """The HTTP status of a refusal; a rule that forbids a step now is a conflict with the state of things."""
    statuses: tuple[tuple[type[DomainError], HTTPStatus], ...] = (
        (NotFound, HTTPStatus.NOT_FOUND),
        (NotAllowed, HTTPStatus.FORBIDDEN),
        (InputRefused, HTTPStatus.UNPROCESSABLE_ENTITY),
        (FileTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (FileTypeRefused, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    )
    for kind, status in statuses:
        if isinstance(error, kind):
            return status
    if error.code.endswith(CHANGED_MEANWHILE):
        return HTTPStatus.PRECONDITION_FAILED
    return error.status if isinstance(error, RequestRefused) else HTTPStatus.CONFLICT


def serialize_problem(problem: Problem) -> dict[str, Any]:
    """One thing wrong with an input, with a JSON pointer to the field."""
    document = {
        "code": problem.code,
        "message": problem.format_message(gettext),
        "advice": problem.format_advice(gettext),
        "data": dict(problem.data),
    }
    return document | ({"pointer": json_pointer(problem.column.split("."))} if problem.column else {})


def json_pointer(parts: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901).

    >>> json_pointer(["papers", 3, "a/b"])
    '/papers/3/a~1b'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)

"""The description of the API for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from congtam.api.parameters import is_if_match_allowed
from congtam.api.problems import MEDIA_TYPE, TITLES
from congtam.config.api import PREFIX, api

PARAMETERS: Final[Mapping[str, tuple[str, str, Any]]] = {
    "Language": (
        "Accept-Language",
        "The language of refusals and of texts for people: vi (also without this header) or en.",
        "en",
    ),
    "IdempotencyKey": (
        "Idempotency-Key",
        (
            "1 to 100 visible characters. Sent again with the same key within 24 hours, the request is not carried "
            "out again and gets its first answer; with another body it is refused with 422."
        ),
        "slip-4711",
    ),
    "IfMatch": (
        "If-Match",
        "The version you saw (an ETag); refused with 412 when somebody changed it since.",
        'W/"7"',
    ),
    "IfNoneMatch": (
        "If-None-Match",
        "The version you have (an ETag); answered with 304 if it is the same.",
        'W/"7"',
    ),
}
HEADERS: Final[Mapping[str, tuple[str, str]]] = {
    "ETag": ("The version of what is answered.", 'W/"7"'),
    "RateLimit": ("How many calls the account has left.", '"account";r=5949'),
    "RateLimit-Policy": (
        "How many calls fit into the allowance (q), and in how many seconds it fills (w).",
        '"account";q=6000;w=30',
    ),
    "Retry-After": ("Seconds to wait before the request is sent again.", "2"),
    "Idempotency-Replayed": (
        "This is the stored answer of the first request; it was not carried out again.",
        "true",
    ),
}
_FILE: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
"""What has no form of its own is a file, under its own media type."""
_READ: Final = (400, 401, 403, 404, 422, 429, 503)
_WRITTEN: Final = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
_PROBLEMS: Final[dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "description": "A refusal (RFC 9457): `code` is stable, `problems` name every fault of the request.",
        "properties": {
            "type": {"type": "string", "examples": ["urn:congtam:problem:request_invalid"]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "For people, in the language of Accept-Language."},
            "code": {"type": "string"},
            "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        },
        "required": ["type", "title", "status", "detail", "code"],
    },
    "Fault": {
        "type": "object",
        "description": "One thing wrong with the request: where, what, and what to do.",
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "advice": {"type": "string", "description": "What to do; may be empty."},
            "pointer": {"type": "string", "description": "A JSON pointer (RFC 6901) to the field."},
            "in": {"type": "string", "enum": ["body", "query", "path", "form", "file", "header"]},
            "data": {"type": "object", "additionalProperties": True},
        },
        "required": ["code", "message", "advice"],
    },
}


def document() -> dict[str, Any]:
    """The whole description, the same on every machine."""
    with translation.override("en"):
        spec: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"/{PREFIX}")))
    spec["components"] |= {
        "parameters": {name: _parameter(*texts) for name, texts in PARAMETERS.items()},
        "headers": {name: _header_schema(*texts) for name, texts in HEADERS.items()},
        "responses": {f"Refused{status}": _problem_response(status) for status in TITLES},
    }
    spec["components"]["schemas"] |= _PROBLEMS
    versioned = {name for name, view in api.views.items() if is_if_match_allowed(view)}
    for method, operation in _list_operations(spec):
        _complete_operation(operation, method=method, is_versioned=operation["operationId"] in versioned)
    return spec


def document_text() -> str:
    """As it is kept in docs/openapi.json."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@require_GET
def openapi_json(_request: HttpRequest) -> HttpResponse:
    """The description for programs; it is no secret."""
    return HttpResponse(document_text(), content_type="application/json")


def _list_operations(spec: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in spec["paths"].values():
        yield from methods.items()


def _complete_operation(operation: dict[str, Any], *, method: str, is_versioned: bool) -> None:
    """What holds for every operation, written at each."""
    names = ["Language"] + (["IfNoneMatch"] if method == "get" else ["IdempotencyKey"])
    names += ["IfMatch"] if is_versioned else []
    for parameter in operation["parameters"]:
        _use_single_example(parameter)
    operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in names]
    for answer in operation["responses"].values():
        answer["headers"] = {
            name: {"$ref": f"#/components/headers/{name}"} for name in _response_header_names(method)
        }
    if method == "get":
        operation["responses"]["200"].setdefault("content", _FILE)
        operation["responses"]["304"] = {"description": "You have it already (If-None-Match)."}
    statuses = (*(_READ if method == "get" else _WRITTEN), *((412,) if is_versioned else ()))
    operation["responses"] |= {
        str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in statuses
    }


def _response_header_names(method: str) -> tuple[str, ...]:
    return ("ETag", "RateLimit", "RateLimit-Policy", *(() if method == "get" else ("Idempotency-Replayed",)))


def _use_single_example(parameter: dict[str, Any]) -> None:
    """A list of examples belongs to the schema; at a parameter the standard wants a single one."""
    if examples := parameter.pop("examples", None):
        parameter["example"] = examples[0]


def _parameter(name: str, description: str, example: str) -> dict[str, Any]:
    parameter = {"in": "header", "name": name, "required": False, "schema": {"type": "string"}}
    return {**parameter, "description": description, "example": example}


def _header_schema(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


def _problem_response(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    response: dict[str, Any] = {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
    if status in {429, 503}:
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return response

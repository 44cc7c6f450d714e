"""The description of the API for programs (OpenAPI 3.1) and for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from congtam.config.api import PREFIX, api

HEADERS: Final[Mapping[str, str]] = {
    "Idempotency-Key": "Sent again with the same key within 24 hours, the request is not carried out again.",
    "If-Match": "The version you saw (an ETag); refused with 412 when somebody changed it since.",
}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "RFC 9457; `code` is stable, `problems` point into the request.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    name: {"type": "string"} for name in ("code", "message", "advice", "pointer", "in")
                },
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
}


def document() -> dict[str, Any]:
    """The whole description, the same on every machine."""
    with translation.override("en"):
        told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"/{PREFIX}")))
    told["components"]["schemas"]["Problem"] = _PROBLEM
    for method, operation in _operations(told):
        operation["responses"]["default"] = {
            "description": "Refused",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if method == "post":
            operation["parameters"] += [_header(name, text) for name, text in HEADERS.items()]
    return told


def text() -> str:
    """As it is kept in docs/openapi.json."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _operations(told: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in told["paths"].values():
        yield from methods.items()


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "schema": {"type": "string"},
        "description": description,
    }


@require_GET
def openapi_json(_request: HttpRequest) -> HttpResponse:
    """The description for programs; it is no secret."""
    return HttpResponse(text(), content_type="application/json")


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    told = document()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            row = {
                "method": method.upper(),
                "path": path,
                "told": operation,
                "fields": _fields(operation, told),
            }
            groups.setdefault((operation.get("tags") or [""])[0], []).append(row)
    return render(
        request, "api_reference.html", {"groups": groups.items(), "version": told["info"]["version"]}
    )


def _fields(operation: Mapping[str, Any], told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Parameters and the fields of the body, as rows."""
    rows = [
        {
            "name": one["name"],
            "place": one["in"],
            "required": one["required"],
            "text": one.get("description", ""),
        }
        for one in operation["parameters"]
    ]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        found = told["components"]["schemas"].get(name, schema)
        required = found.get("required", [])
        rows += [
            {
                "name": field,
                "place": "body",
                "required": field in required,
                "text": one.get("description", ""),
            }
            for field, one in found.get("properties", {}).items()
        ]
    return rows

"""Every answer of the API that a test receives must be as the description for programs says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.utils.module_loading import import_string

from congtam.testing.json_schema import faults

_JSON: Final = frozenset({"application/json", "application/problem+json"})


@cache
def api_description() -> dict[str, Any]:
    """The description, made once; by name, for tests of the rooms below may ask for it."""
    description: dict[str, Any] = import_string("congtam.config.openapi.document")()
    return description


@cache
def _addresses() -> tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]:
    """Addresses with fewer holes first: ``/procedures/suggest`` is not a code."""
    paths = sorted(api_description()["paths"].items(), key=lambda pair: pair[0].count("{"))
    return tuple((re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), methods) for path, methods in paths)


def find_operation(method: str, path: str) -> Mapping[str, Any] | None:
    """The operation at an address, as it is described; None where there is none."""
    for pattern, methods in _addresses():
        if pattern.fullmatch(path):
            operation: Mapping[str, Any] | None = methods.get(method.lower())
            return operation
    return None


def check_answer(method: str, path: str, answer: Any) -> None:
    """Raise AssertionError with everything in which an answer is not as described."""
    operation = find_operation("get" if method == "head" else method, path.partition("?")[0])
    if operation is None:
        return
    mismatches = list(_faults(operation, answer))
    assert not mismatches, f"{method} {path} answers {answer.status_code}: " + "; ".join(mismatches)


def _faults(operation: Mapping[str, Any], answer: Any) -> Iterator[str]:
    responses = operation["responses"]
    response = responses.get(str(answer.status_code))
    if response is None:
        yield f"status {answer.status_code} is not described"
        return
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    response = _resolve_response(response)
    content = response.get("content", {})
    if not content:
        if kind in _JSON and answer.content:
            yield "its content is not described"
        return
    if kind not in content and "application/octet-stream" not in content:
        yield f"{kind} is none of {sorted(content)}"
    elif kind in _JSON and answer.content:
        yield from faults(json.loads(answer.content), content[kind]["schema"], root=api_description())


def _resolve_response(response: Mapping[str, Any]) -> Mapping[str, Any]:
    """An answer that is described elsewhere."""
    if "$ref" not in response:
        return response
    resolved: Mapping[str, Any] = api_description()["components"]["responses"][
        response["$ref"].rsplit("/", 1)[-1]
    ]
    return resolved

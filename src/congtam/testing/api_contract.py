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
def described() -> dict[str, Any]:
    """The description, made once; by name, for tests of the rooms below may ask for it."""
    found: dict[str, Any] = import_string("congtam.config.openapi.document")()
    return found


@cache
def _addresses() -> tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]:
    """Addresses with fewer holes first: ``/procedures/suggest`` is not a code."""
    paths = sorted(described()["paths"].items(), key=lambda pair: pair[0].count("{"))
    return tuple((re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), methods) for path, methods in paths)


def operation_of(method: str, path: str) -> Mapping[str, Any] | None:
    """The operation at an address, as it is described; None where there is none."""
    for pattern, methods in _addresses():
        if pattern.fullmatch(path):
            found: Mapping[str, Any] | None = methods.get(method.lower())
            return found
    return None


def check_answer(method: str, path: str, answer: Any) -> None:
    """Raise AssertionError with everything in which an answer is not as described."""
    operation = operation_of("get" if method == "head" else method, path.partition("?")[0])
    if operation is None:
        return
    found = list(_faults(operation, answer))
    assert not found, f"{method} {path} answers {answer.status_code}: " + "; ".join(found)


def _faults(operation: Mapping[str, Any], answer: Any) -> Iterator[str]:
    told = operation["responses"]
    known = told.get(str(answer.status_code))
    if known is None:
        yield f"status {answer.status_code} is not described"
        return
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    known = _meant(known)
    content = known.get("content", {})
    if not content:
        if kind in _JSON and answer.content:
            yield "its content is not described"
        return
    if kind not in content and "application/octet-stream" not in content:
        yield f"{kind} is none of {sorted(content)}"
    elif kind in _JSON and answer.content:
        yield from faults(json.loads(answer.content), content[kind]["schema"], root=described())


def _meant(known: Mapping[str, Any]) -> Mapping[str, Any]:
    """An answer that is described elsewhere."""
    if "$ref" not in known:
        return known
    found: Mapping[str, Any] = described()["components"]["responses"][known["$ref"].rsplit("/", 1)[-1]]
    return found

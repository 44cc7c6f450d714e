"""The description of the API for people (tài liệu API), made from the description for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from congtam.config.api_examples import command_for
from congtam.config.openapi import document

_DEEPEST: Final = 3
GROUPS: Final[Mapping[str, Any]] = {
    "dossiers": gettext_lazy("Dossiers"),
    "steps": gettext_lazy("Steps of a dossier"),
    "files": gettext_lazy("Files"),
    "fees": gettext_lazy("Fees"),
    "work lists": gettext_lazy("Work lists"),
    "filings": gettext_lazy("Online filings"),
    "consultations": gettext_lazy("Consultations"),
    "procedures": gettext_lazy("Procedures"),
    "units": gettext_lazy("Units"),
    "calendar": gettext_lazy("Work calendar"),
    "ratings": gettext_lazy("Ratings by applicants"),
    "webhooks": gettext_lazy("Messages to other systems"),
}
"""The order of the page, and what each group is called."""


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation: what it takes, what it answers, and a command to try it with."""
    told = document()
    site = request.build_absolute_uri("/").rstrip("/")
    found: dict[str, list[dict[str, Any]]] = {tag: [] for tag in GROUPS}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            row = _operation(operation, told, method=method, path=path, site=site)
            found.setdefault((operation.get("tags") or [""])[0], []).append(row)
    groups = [
        {"key": tag.replace(" ", "-"), "name": GROUPS.get(tag, tag), "rows": rows}
        for tag, rows in found.items()
        if rows
    ]
    context = {"groups": groups, "version": told["info"]["version"], "site": site}
    return render(request, "api_reference.html", context)


def _operation(
    operation: Mapping[str, Any], told: Mapping[str, Any], *, method: str, path: str, site: str
) -> dict[str, Any]:
    return {
        "name": operation["operationId"],
        "method": method.upper(),
        "is_read": method == "get",
        "path": path,
        "summary": operation["summary"],
        "description": marked(operation.get("description", "")),
        "parameters": [row for one in operation["parameters"] if (row := _parameter(one))],
        "body": list(_body(operation, told)),
        "answer": list(_answer(operation, told)),
        "command": command_for(operation, told, method=method, path=path, site=site),
    }


def marked(text: str) -> SafeString:
    """A text whose `words of a program` are shown as such."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in parts)
    )


def _parameter(one: Mapping[str, Any]) -> dict[str, Any] | None:
    """A parameter of the address; the headers that all share are told once at the top."""
    if "$ref" in one:
        return None
    place = _("in the path") if one["in"] == "path" else _("after the ?")
    return {
        "name": one["name"],
        "kind": _kind(one["schema"]),
        "is_required": one["required"],
        "place": place,
        "text": marked(one.get("description", "")),
    }


def _body(operation: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from fields_of(content["schema"], told)


def _answer(operation: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for status, answer in operation["responses"].items():
        if status in {"200", "201"}:
            for content in answer.get("content", {}).values():
                yield from fields_of(content["schema"], told)


def fields_of(
    schema: Mapping[str, Any], told: Mapping[str, Any], *, before: str = "", depth: int = 0
) -> Iterator[dict[str, Any]]:
    """The fields of a schema, those of inner objects after them under their full name."""
    found = meant(schema, told)
    required = found.get("required", [])
    for name, one in found.get("properties", {}).items():
        full = f"{before}{name}"
        yield {
            "name": full,
            "kind": _kind(one),
            "is_required": name in required,
            "text": marked(one.get("description", "")),
        }
        if depth < _DEEPEST:
            inner = inner_of(one, told)
            mark = "[]." if _is_list(one, told) else "."
            yield from fields_of(inner, told, before=full + mark, depth=depth + 1)


def meant(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema a reference stands for; of alternatives the first that is not null."""
    if "$ref" in schema:
        found: Mapping[str, Any] = told["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    if "anyOf" in schema:
        return meant(next(one for one in schema["anyOf"] if one.get("type") != "null"), told)
    return schema


def inner_of(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object inside a field: itself, or what a list holds."""
    found = meant(schema, told)
    return meant(found["items"], told) if found.get("type") == "array" and "items" in found else found


def _is_list(schema: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return meant(schema, told).get("type") == "array"


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of a value in a word or two."""
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))

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

from congtam.config.api_examples import curl_command
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
    spec = document()
    site = request.build_absolute_uri("/").rstrip("/")
    by_tag: dict[str, list[dict[str, Any]]] = {tag: [] for tag in GROUPS}
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            row = _operation_context(operation, spec, method=method, path=path, site=site)
            by_tag.setdefault((operation.get("tags") or [""])[0], []).append(row)
    groups = [
        {"key": tag.replace(" ", "-"), "name": GROUPS.get(tag, tag), "rows": rows}
        for tag, rows in by_tag.items()
        if rows
    ]
    context = {"groups": groups, "version": spec["info"]["version"], "site": site}
    return render(request, "api_reference.html", context)


def _operation_context(
    operation: Mapping[str, Any], spec: Mapping[str, Any], *, method: str, path: str, site: str
) -> dict[str, Any]:
    return {
        "name": operation["operationId"],
        "method": method.upper(),
        "is_read": method == "get",
        "path": path,
        "summary": operation["summary"],
        "description": render_code(operation.get("description", "")),
        "parameters": [row for one in operation["parameters"] if (row := _parameter_row(one))],
        "body": list(_request_fields(operation, spec)),
        "answer": list(_response_fields(operation, spec)),
        "command": curl_command(operation, spec, method=method, path=path, site=site),
    }


def render_code(text: str) -> SafeString:
    """A text whose `words of a program` are shown as such."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if index % 2 else part,) for index, part in parts)
    )


def _parameter_row(one: Mapping[str, Any]) -> dict[str, Any] | None:
    """A parameter of the address; the headers that all share are told once at the top."""
    if "$ref" in one:
        return None
    location = _("in the path") if one["in"] == "path" else _("in the query string")
    return {
        "name": one["name"],
        "kind": _type_name(one["schema"]),
        "is_required": one["required"],
        "location": location,
        "text": render_code(one.get("description", "")),
    }


def _request_fields(operation: Mapping[str, Any], spec: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from schema_fields(content["schema"], spec)


def _response_fields(operation: Mapping[str, Any], spec: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for status, answer in operation["responses"].items():
        if status in {"200", "201"}:
            for content in answer.get("content", {}).values():
                yield from schema_fields(content["schema"], spec)


def schema_fields(
    schema: Mapping[str, Any], spec: Mapping[str, Any], *, before: str = "", depth: int = 0
) -> Iterator[dict[str, Any]]:
    """The fields of a schema, those of inner objects after them under their full name."""
    resolved = resolve_schema(schema, spec)
    required = resolved.get("required", [])
    for name, one in resolved.get("properties", {}).items():
        full = f"{before}{name}"
        yield {
            "name": full,
            "kind": _type_name(one),
            "is_required": name in required,
            "text": render_code(one.get("description", "")),
        }
        if depth < _DEEPEST:
            inner = inner_schema(one, spec)
            mark = "[]." if _is_list(one, spec) else "."
            yield from schema_fields(inner, spec, before=full + mark, depth=depth + 1)


def resolve_schema(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema a reference stands for; of alternatives the first that is not null."""
    if "$ref" in schema:
        resolved: Mapping[str, Any] = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return resolved
    if "anyOf" in schema:
        return resolve_schema(next(one for one in schema["anyOf"] if one.get("type") != "null"), spec)
    return schema


def inner_schema(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object inside a field: itself, or what a list holds."""
    resolved = resolve_schema(schema, spec)
    return (
        resolve_schema(resolved["items"], spec)
        if resolved.get("type") == "array" and "items" in resolved
        else resolved
    )


def _is_list(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> bool:
    return resolve_schema(schema, spec).get("type") == "array"


def _type_name(schema: Mapping[str, Any]) -> str:
    """The type of a value in a word or two."""
    if "anyOf" in schema:
        return " | ".join(_type_name(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"{_type_name(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))

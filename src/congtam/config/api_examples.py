"""Commands by which an operation of the API can be tried (ví dụ gọi API), made from its description."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from typing import Any, Final

SAMPLES: Final[Mapping[str, Any]] = {
    "code": "H22.24.08-260302-0007",
    "digest": "0" * 64,
    "kind": "overdue",
    "year": "2026",
    "form": "receipt",
    "extension": "pdf",
    "format": "pdf",
}
"""What stands for the holes of an address; a key of something else is written as its name in capitals."""


_SHORT: Final = 60


def curl_command(
    operation: Mapping[str, Any], spec: Mapping[str, Any], *, method: str, path: str, site: str
) -> str:
    """A curl command over several lines; the token is expected in $TOKEN."""
    address = re.sub(r"\{(\w+)\}", lambda hole: _path_parameter_example(hole[1], operation), path)
    lines = ['curl -H "Authorization: Bearer $TOKEN"', *_curl_options(operation, spec, method=method)]
    return " \\\n  ".join([*lines, shlex.quote(site + address + _example_query(operation))])


def _path_parameter_example(name: str, operation: Mapping[str, Any]) -> str:
    """What stands in a hole of the address: one of its few values, a sample, else its name."""
    schemas = (one["schema"] for one in operation["parameters"] if one.get("name") == name)
    schema: Mapping[str, Any] = next(schemas, {})
    values = schema.get("enum") or ()
    sample = SAMPLES.get(name, name.upper())
    return str(sample if sample in values or not values else values[0])


def _curl_options(operation: Mapping[str, Any], spec: Mapping[str, Any], *, method: str) -> list[str]:
    body = operation.get("requestBody", {}).get("content", {})
    if "application/json" in body:
        sample = example_value(body["application/json"]["schema"], spec)
        text = json.dumps(sample, ensure_ascii=False, indent=2 if len(str(sample)) > _SHORT else None)
        verb = [] if method == "post" else [f"-X {method.upper()}"]
        return [*verb, '-H "Content-Type: application/json"', "-d " + shlex.quote(text).replace("\n", "\n  ")]
    if body:
        return ["-F file=@to-khai.pdf"]
    return [] if method == "get" else [f"-X {method.upper()}"]


def _example_query(operation: Mapping[str, Any]) -> str:
    required = [one for one in operation["parameters"] if one.get("in") == "query" and one["required"]]
    return "?" + "&".join(f"{one['name']}={one.get('example', 'x')}" for one in required) if required else ""


def example_value(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    """A value that the schema takes: its own example, else the plainest there is; what may be left out is left out."""
    if "$ref" in schema:
        return example_value(spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], spec)
    if schema.get("examples"):
        return schema["examples"][0]
    if "anyOf" in schema:
        return example_value(schema["anyOf"][0], spec)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _plainest_value(schema, spec)


def _plainest_value(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        shown = [
            name for name in fields if name in schema.get("required", ()) or fields[name].get("examples")
        ]
        return {name: example_value(fields[name], spec) for name in shown}
    if kind == "array":
        return [example_value(schema["items"], spec)] if schema.get("minItems") else []
    texts = {"date": "2026-03-20", "date-time": "2026-03-02T09:00:00+07:00"}
    if kind == "string":
        return texts.get(schema.get("format", ""), "…")
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    return {"boolean": True, "integer": int(least) + 1, "number": least + 1}.get(str(kind))

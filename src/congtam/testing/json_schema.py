"""Checks a JSON value against a schema of our own description of the API, more strictly than the standard.

What a schema does not name must not be there, instants and whole numbers are written one way only, and a keyword of the
schema that the validator does not know is a fault, so that nothing passes unlooked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import create

Schema = Mapping[str, Any]
_ANNOTATIONS: Final = frozenset(
    {"description", "title", "examples", "example", "default", "deprecated", "components"}
)
_UNKNOWN: Final = "unknown keyword"
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_FORMATS: Final = FormatChecker(formats=())


@_FORMATS.checks("date-time")
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(_INSTANT.fullmatch(value))


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


def _is_integer(_checker: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _only_named(  # noqa: PLR0917 - as jsonschema calls it
    validator: Any, named: Schema, value: object, schema: Schema
) -> Iterator[ValidationError]:
    """As the standard checks ``properties``; and what is named nowhere must not be there."""
    yield from Draft202012Validator.VALIDATORS["properties"](validator, named, value, schema)
    if isinstance(value, dict) and not schema.get("additionalProperties"):
        for name in sorted(value.keys() - named.keys()):
            yield ValidationError(f"{name} is described nowhere")


def _refuse_keyword(_validator: object, keyword: str, *_: object) -> Iterator[ValidationError]:
    yield ValidationError(f"the schema says {keyword}, which this check does not know")


_CHECKS: Final = {
    **Draft202012Validator.VALIDATORS,
    "properties": _only_named,
    _UNKNOWN: _refuse_keyword,
}


def _applicable(schema: Schema | bool) -> Iterable[tuple[str, Any]]:  # noqa: FBT001 - a schema may be true or false
    if isinstance(schema, bool):
        return []
    unknown = sorted(schema.keys() - _CHECKS.keys() - _ANNOTATIONS)
    return [*schema.items(), *((_UNKNOWN, keyword) for keyword in unknown)]


_Strict: Final = create(
    Draft202012Validator.META_SCHEMA,
    validators=_CHECKS,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
    applicable_validators=_applicable,
)


def faults(value: Any, schema: Schema, *, root: Schema) -> Iterator[str]:
    """Everything in which the value is not as the schema says; ``root`` is the document that ``$ref`` points into."""
    whole = {**schema, "components": root.get("components", {})}
    for error in _Strict(whole, format_checker=_FORMATS).iter_errors(value):
        nearest = best_match([error]) or error
        path = "".join(f"/{part}" for part in nearest.absolute_path)
        yield f"{path}: {nearest.message[:500]}"

"""Checks a JSON value against a schema, as far as our own description of the API uses schemas.

Stricter than the standard: what a schema does not name must not be there, and a word of the schema that is not known
here is an error, so that nothing passes unlooked at.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

Schema = Mapping[str, Any]
_TOLD: Final = frozenset({"description", "title", "examples", "example", "default", "deprecated"})
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class Place(NamedTuple):
    """Where in the value one stands, beside which schema, of which document."""

    at: str
    schema: Schema
    root: Schema


Check = Callable[[Any, Any, Place], Iterator[str]]


def faults(value: Any, schema: Schema, *, root: Schema, at: str = "") -> Iterator[str]:
    """Everything in which the value is not as the schema says."""
    place = Place(at, schema, root)
    for word, wanted in schema.items():
        if word not in _TOLD and word not in _CHECKS:
            yield f"{at}: the schema says {word}, which this check does not know"
        elif word in _CHECKS:
            yield from _CHECKS[word](value, wanted, place)


def _ref(value: Any, wanted: str, place: Place) -> Iterator[str]:
    found: Any = place.root
    for part in wanted.removeprefix("#/").split("/"):
        found = found[part]
    yield from faults(value, found, root=place.root, at=place.at)


def _any_of(value: Any, wanted: list[Schema], place: Place) -> Iterator[str]:
    tried = [list(faults(value, each, root=place.root, at=place.at)) for each in wanted]
    if all(tried):
        yield min(tried, key=len)[0]


def _type(value: Any, wanted: str | list[str], place: Place) -> Iterator[str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    kinds = tuple(kind for name in names for kind in _TYPES[name])
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        yield f"{place.at}: {value!r} is not {wanted}"


def _required(value: Any, wanted: list[str], place: Place) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place.at}: {name} is missing" for name in wanted if name not in value)


def _properties(value: Any, wanted: Schema, place: Place) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for name, each in value.items():
        if name in wanted:
            yield from faults(each, wanted[name], root=place.root, at=f"{place.at}/{name}")
        elif not place.schema.get("additionalProperties"):
            yield f"{place.at}: {name} is told nowhere"


def _more(value: Any, wanted: Any, place: Place) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(wanted, Mapping):
        known = place.schema.get("properties", {})
        for name, each in value.items():
            if name not in known:
                yield from faults(each, wanted, root=place.root, at=f"{place.at}/{name}")


def _items(value: Any, wanted: Schema, place: Place) -> Iterator[str]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, wanted, root=place.root, at=f"{place.at}/{number}")


def _format(value: Any, wanted: str, place: Place) -> Iterator[str]:
    if not isinstance(value, str):
        return
    if wanted == "date-time" and not _INSTANT.fullmatch(value):
        yield f"{place.at}: {value!r} is no instant in UTC"
    if wanted == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            yield f"{place.at}: {value!r} is no day"


def _enum(value: Any, wanted: list[Any], place: Place) -> Iterator[str]:
    if value not in wanted:
        yield f"{place.at}: {value!r} is none of {wanted}"


def _const(value: Any, wanted: Any, place: Place) -> Iterator[str]:
    if value != wanted:
        yield f"{place.at}: {value!r} is not {wanted!r}"


def _bound(kinds: tuple[type, ...], holds: Callable[[float, float], bool]) -> Check:
    """A bound of numbers, or of the length of texts and lists."""

    def check(value: Any, wanted: float, place: Place) -> Iterator[str]:
        if isinstance(value, kinds) and not isinstance(value, bool):
            size: Any = value if isinstance(value, int | float) else len(value)  # type: ignore[arg-type]
            if not holds(size, wanted):
                yield f"{place.at}: {value!r} is out of its bound {wanted}"

    return check


_NUMBER, _TEXT, _LIST = (int, float), (str,), (list,)
_CHECKS: Final[Mapping[str, Check]] = {
    "$ref": _ref,
    "anyOf": _any_of,
    "type": _type,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _more,
    "items": _items,
    "format": _format,
    "enum": _enum,
    "const": _const,
    "minimum": _bound(_NUMBER, operator.ge),
    "maximum": _bound(_NUMBER, operator.le),
    "exclusiveMinimum": _bound(_NUMBER, operator.gt),
    "exclusiveMaximum": _bound(_NUMBER, operator.lt),
    "minLength": _bound(_TEXT, operator.ge),
    "maxLength": _bound(_TEXT, operator.le),
    "minItems": _bound(_LIST, operator.ge),
    "maxItems": _bound(_LIST, operator.le),
}

"""Which columns of a file a mapping names (các cột của ánh xạ)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congtam.exchange.interpretation.mapping import Case, Event, Mapping, Part, Source, Value


def columns_of(mapping: Mapping) -> list[str]:
    """Every column the mapping names, once, in the order of the mapping."""
    return list(dict.fromkeys(_named(mapping)))


def needed_columns(mapping: Mapping) -> list[list[str]]:
    """For the code and the receipt: the columns of which at least one must be there."""
    needed = [_all_columns(mapping.case.code), _all_columns(mapping.case.received)]
    return [names for names in needed if names]


def case_key_columns(mapping: Mapping) -> list[str]:
    """The columns that say to which case an event row belongs."""
    return _all_columns(mapping.case.code)


def _all_columns(source: Source) -> list[str]:
    return [name for value in source for name in (value.column or value.events or ())]


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, Value):
        yield from part.column or part.events or ()
        yield from part.where or ()
        yield from part.only_if or ()
    elif isinstance(part, list):
        for item in part:
            yield from _named(item)
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _named(getattr(part, name)) if name != "keep" else ()
        yield from part.keep if isinstance(part, Case | Event) else ()
        yield from getattr(part, "where", None) or ()

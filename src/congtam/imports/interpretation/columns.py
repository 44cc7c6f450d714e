"""Which columns of a file a mapping names (các cột của ánh xạ)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congtam.imports.interpretation.mapping import Mapping, PauseMapping
from congtam.tabular.mapping import Part, Value, ValueSource
from congtam.tabular.readers.source import Layout


def build_layout(mapping: Mapping) -> Layout:
    """The file as its readers need it."""
    return Layout(
        file=mapping.file,
        columns=mapped_columns(mapping),
        needed=needed_columns(mapping),
        key_columns=case_key_columns(mapping),
        empty=frozenset(mapping.empty),
    )


def mapped_columns(mapping: Mapping) -> list[list[str]]:
    """Every column the mapping names, once, in its order; alternatives of one another stand together."""
    return [list(names) for names in dict.fromkeys(map(tuple, _columns_of_part(mapping)))]


def needed_columns(mapping: Mapping) -> list[list[str]]:
    """For the code and the receipt: the columns of which at least one must be there."""
    needed = [_all_columns(mapping.case.code), _all_columns(mapping.case.received)]
    return [names for names in needed if names]


def case_key_columns(mapping: Mapping) -> list[str]:
    """The columns that say to which case an event row belongs."""
    return _all_columns(mapping.case.code)


def _all_columns(source: ValueSource) -> list[str]:
    return [name for value in source for name in (value.column or value.events or ())]


def _columns_of_part(part: Any) -> Iterator[list[str]]:
    if isinstance(part, Value):
        yield from filter(None, [list(part.column or part.events or ())])
        yield from ([name] for name in (*(part.where or ()), *(part.only_if or ())))
    elif isinstance(part, PauseMapping):
        yield from ([name] for name in (part.at, *part.starts, *part.ends))
    elif isinstance(part, list) and part and all(isinstance(item, Value) for item in part):
        # One field, of which the first value that is there counts: any of its columns will do.
        yield from filter(None, [_all_columns(part)])
        yield from ([name] for value in part for name in (*(value.where or ()), *(value.only_if or ())))
    elif isinstance(part, list):
        for item in part:
            yield from _columns_of_part(item)
    elif isinstance(part, Part):
        yield from _part_columns(part)


def _part_columns(part: Part) -> Iterator[list[str]]:
    for name in type(part).model_fields:
        if name in {"keep", "where"}:
            yield from ([column] for column in getattr(part, name) or ())
        else:
            yield from _columns_of_part(getattr(part, name))

"""Reading JSON that strangers send (đọc JSON), within a limit of depth: what walks it never runs out of stack."""

from __future__ import annotations

import json
from typing import Any, Final

DEEPEST: Final = 40


def parse_json(text: str | bytes, *, deepest: int = DEEPEST) -> Any:
    """The value of a JSON text; raises ValueError for what is none, and for lists and objects nested deeper.

    >>> parse_json('{"a": [1, "x"]}')
    {'a': [1, 'x']}
    >>> parse_json("[" * 41 + "]" * 41)
    Traceback (most recent call last):
    ValueError: nested more than 40 levels deep
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise _too_deep(deepest) from None
    level, depth = [value], 0
    while level := [part for one in level for part in _parts(one)]:
        depth += 1
        if depth > deepest:
            raise _too_deep(deepest)
    return value


def _parts(value: Any) -> list[Any]:
    """What a list or an object holds; a bare value counts as no level, an empty list as one."""
    if isinstance(value, dict):
        return [None, *value.values()]
    return [None, *value] if isinstance(value, list) else []


def _too_deep(deepest: int) -> ValueError:
    return ValueError(f"nested more than {deepest} levels deep")

"""Rows to PostgreSQL's COPY text, and into a table (nạp khối)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_BLOCK = 2000


def copy_into(cursor: Any, table: str, *, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Stream rows into a table; names come from our own constants, never from input."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with cursor.copy(statement) as copy:
        block: list[str] = []
        for row in rows:
            block.append("\t".join([_field(value) for value in row]))
            if len(block) == _BLOCK:
                copy.write("\n".join(block) + "\n")
                block.clear()
        if block:
            copy.write("\n".join(block) + "\n")


def _field(value: object) -> str:
    """One value in COPY's text format.

    >>> _field("a\\tb"), _field(None), _field(True), _field({"k": 1})
    ('a\\\\tb', '\\\\N', 't', '{"k":1}')
    """
    if value.__class__ is str:
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, Mapping):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "{}"
        return text.translate(_ESCAPES)
    return str(value).translate(_ESCAPES)

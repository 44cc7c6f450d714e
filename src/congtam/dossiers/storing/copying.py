"""Rows to PostgreSQL's COPY text, and into a table (nạp khối)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

NULL: Final = "\x01null\x01"
"""Stands for no value; no text that people write holds such signs."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_BLOCK: Final = 2000


def copy_into(cursor: Any, table: str, *, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Stream rows into a table; names come from our own constants, never from input."""
    copy_lines(cursor, table, columns=columns, lines=map(format_copy_line, rows))


def copy_lines(cursor: Any, table: str, *, columns: Sequence[str], lines: Iterable[str]) -> None:
    """The same for rows in COPY's text format."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (NULL '{NULL}')"
    with cursor.copy(statement) as copy:
        block: list[str] = []
        for written in lines:
            block.append(written)
            if len(block) == _BLOCK:
                copy.write("\n".join(block) + "\n")
                block.clear()
        if block:
            copy.write("\n".join(block) + "\n")


def format_copy_line(row: Sequence[object]) -> str:
    """One row in COPY's text format.

    >>> format_copy_line(["a\\tb", None, True, {"k": 1}]) == "a\\\\tb\\t" + NULL + '\\tt\\t{"k":1}'
    True
    """
    return join_fields([value if value.__class__ is str else _copy_text(value) for value in row])


def join_fields(fields: list[str]) -> str:
    """One row of fields that are texts already; ``NULL`` stands for none."""
    written = "\t".join(fields)
    if "\\" in written or "\n" in written or "\r" in written or written.count("\t") >= len(fields):
        written = "\t".join([field.translate(_ESCAPES) for field in fields])
    return written


def _copy_text(value: object) -> str:
    write = _WRITERS.get(value.__class__)
    if write is not None:
        return write(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "{}"
    return str(value)


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _none: NULL,
    bool: lambda truth: "t" if truth else "f",
    int: str,
    datetime: datetime.isoformat,
}

"""The letters that the fonts of a document hold (phông chữ), read from the font files themselves.

Typst is told to use the given folder only. A letter outside it would stop a PDF/A from being written, so such
letters are replaced by one visible sign before: a stray emoji in an applicant's name must not cost the report.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

BODY_FONT = "Tinos_400Regular.ttf"
MISSING_SIGN = "□"
_KEPT_CONTROLS = frozenset("\n\u2060\u00a0")


def printable(value: Any, *, fonts: Path) -> Any:
    """Return JSON-ready data in which every text is composed (NFC) and set in letters the fonts have."""
    known = letters(fonts / BODY_FONT)
    return _walk(value, known)


def clean(text: str) -> str:
    """Compose the text (NFC) and drop control characters, which neither .docx nor PDF may hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        sign for sign in composed if sign in _KEPT_CONTROLS or unicodedata.category(sign)[0] != "C"
    )


def _walk(value: Any, known: frozenset[int]) -> Any:
    if isinstance(value, str):
        return _set_in(value, known)
    if isinstance(value, list):
        return [_walk(item, known) for item in value]
    if isinstance(value, dict):
        # Drawings and carried files are not text set in the body font.
        return {key: item if key in {"svg", "content"} else _walk(item, known) for key, item in value.items()}
    return value


def _set_in(text: str, known: frozenset[int]) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign if ord(sign) in known or sign in _KEPT_CONTROLS else MISSING_SIGN for sign in clean(text)
    )


@cache
def letters(font: Path) -> frozenset[int]:
    """The code points a TrueType font has a glyph for (its format-4 and format-12 character maps)."""
    content = font.read_bytes()
    start = _table_offset(content, b"cmap")
    count = struct.unpack_from(">H", content, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        offset = start + struct.unpack_from(">HHI", content, start + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", content, offset)[0]
        if form == 4:
            found |= _segments(content, offset)
        elif form == 12:
            found |= _groups(content, offset)
    return frozenset(found)


def _table_offset(content: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", content, 4)[0]
    for index in range(count):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", content, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode()}")


def _segments(content: bytes, offset: int) -> set[int]:
    """Format 4: segments of the basic plane; a letter that leads to glyph 0 is not there."""
    double = struct.unpack_from(">H", content, offset + 6)[0]
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", content, offset + 14 + part * double + (2 if part else 0))
        for part in range(4)
    )
    range_base = offset + 16 + 3 * double
    found: set[int] = set()
    for index in range(count):
        for letter in range(starts[index], ends[index] + 1):
            glyph = letter
            if ranges[index]:
                where = range_base + 2 * index + ranges[index] + 2 * (letter - starts[index])
                glyph = struct.unpack_from(">H", content, where)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF and letter != 0xFFFF:
                found.add(letter)
    return found


def _groups(content: bytes, offset: int) -> set[int]:
    """Format 12: groups of 32-bit letters."""
    count = struct.unpack_from(">I", content, offset + 12)[0]
    found: set[int] = set()
    for index in range(count):
        first, last, glyph = struct.unpack_from(">III", content, offset + 16 + 12 * index)
        found.update(range(first + (glyph == 0), last + 1))
    return found

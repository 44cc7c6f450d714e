"""The letters that the fonts of a document hold (phông chữ), read from the font files themselves.

Typst is told to use the given folder only. A letter outside it would stop a PDF/A from being written, so such
letters are replaced by one visible sign before: a stray emoji in an applicant's name must not cost the report.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from congtam.foundation.files import frontend_dir
from congtam.kernel.errors import DomainError, msgid

BODY_FONT = "Tinos_400Regular.ttf"
CHART_FONT = "BeVietnamPro-Regular.ttf"
MISSING_SIGN = "□"
_ALLOWED_CONTROLS = frozenset("\n\u2060\u00a0")


class FontsMissing(DomainError):
    """The fonts that documents embed are not installed."""

    code: ClassVar[str] = "reports.fonts_missing"
    message: ClassVar[str] = msgid(
        "The font {font} is missing, so no document can be created. Run: make setup"
    )


def require_fonts(folder: Path) -> Path:
    """The folder, or FontsMissing when set-up has not put the fonts there."""
    for name in (BODY_FONT, CHART_FONT):
        if not (folder / name).is_file():
            raise FontsMissing(font=str(folder / name))
    return folder


def font_dir() -> Path:
    """The folder of the fonts that documents embed; raises FontsMissing."""
    return require_fonts(frontend_dir() / "fonts")


def to_printable(value: Any, *, fonts: Path) -> Any:
    """Return JSON-ready data in which every text is composed (NFC) and set in letters the fonts have."""
    return _Setting(
        body=supported_code_points(fonts / BODY_FONT), drawing=supported_code_points(fonts / CHART_FONT)
    ).walk(value)


def clean(text: str) -> str:
    """Compose the text (NFC) and drop control characters, which neither .docx nor PDF may hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        sign for sign in composed if sign in _ALLOWED_CONTROLS or unicodedata.category(sign)[0] != "C"
    )


@dataclass(frozen=True)
class _Setting:
    """Which letters may stand in text and in drawings."""

    body: frozenset[int]
    drawing: frozenset[int]

    def walk(self, value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return self._replace_unsupported(value, key)
        if isinstance(value, list):
            return [self.walk(item, key) for item in value]
        if isinstance(value, dict):
            return {name: self.walk(item, name) for name, item in value.items()}
        return value

    def _replace_unsupported(self, text: str, key: str) -> str:
        """A carried file stays as it is; the marks of a drawing are ASCII, so only its words can change."""
        if key == "content" or (text.isascii() and text.isprintable()):
            return text
        supported, sign = (self.drawing, "?") if key == "svg" else (self.body, MISSING_SIGN)
        return "".join(
            one if ord(one) in supported or one in _ALLOWED_CONTROLS else sign for one in clean(text)
        )


@cache
def supported_code_points(font: Path) -> frozenset[int]:
    """The code points a TrueType font has a glyph for (its format-4 and format-12 character maps)."""
    content = font.read_bytes()
    start = _table_offset(content, b"cmap")
    count = struct.unpack_from(">H", content, start + 2)[0]
    code_points: set[int] = set()
    for index in range(count):
        offset = start + struct.unpack_from(">HHI", content, start + 4 + 8 * index)[2]
        form = struct.unpack_from(">H", content, offset)[0]
        if form == 4:
            code_points |= _code_points_of_segments(content, offset)
        elif form == 12:
            code_points |= _code_points_of_groups(content, offset)
    return frozenset(code_points)


def _table_offset(content: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", content, 4)[0]
    for index in range(count):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", content, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode()}")


def _code_points_of_segments(content: bytes, offset: int) -> set[int]:
    """Format 4: segments of the basic plane; a letter that leads to glyph 0 is not there."""
    double = struct.unpack_from(">H", content, offset + 6)[0]
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", content, offset + 14 + part * double + (2 if part else 0))
        for part in range(4)
    )
    range_base = offset + 16 + 3 * double
    code_points: set[int] = set()
    for index in range(count):
        for letter in range(starts[index], ends[index] + 1):
            glyph = letter
            if ranges[index]:
                where = range_base + 2 * index + ranges[index] + 2 * (letter - starts[index])
                glyph = struct.unpack_from(">H", content, where)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF and letter != 0xFFFF:
                code_points.add(letter)
    return code_points


def _code_points_of_groups(content: bytes, offset: int) -> set[int]:
    """Format 12: groups of 32-bit letters."""
    count = struct.unpack_from(">I", content, offset + 12)[0]
    code_points: set[int] = set()
    for index in range(count):
        first, last, glyph = struct.unpack_from(">III", content, offset + 16 + 12 * index)
        code_points.update(range(first + (glyph == 0), last + 1))
    return code_points

"""Looking into a .xlsx before it is opened: it is a zip (kiểm tra tệp nén)."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import ReadLimits, is_decompression_bomb
from congtam.tabular.readers.sheet_span import check_span

_TABLES: Final = ("xl/worksheets/", "xl/sharedstrings.xml")
"""What may be long; formats, relations and lists of sheets become a tree in memory."""


def check_archive(path: Path, limits: ReadLimits) -> None:
    """Refuse a damaged zip, one with parts that lead out of it, and one that unpacks without end."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive.infolist(), limits)
            remaining = limits.sheet_brackets
            for part in archive.infolist():
                is_table = part.filename.lower().startswith(_TABLES)
                most = remaining if is_table else min(remaining, limits.side_brackets)
                remaining -= check_span(archive, part, limits, most_brackets=most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise file_refusal("file_damaged", reason=str(error)) from None


def _check_parts(parts: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    for part in parts:
        if _is_unsafe_path(part.filename):
            raise file_refusal("file_name_unsafe", name=part.filename[:120])
        if part.flag_bits & 0x1:
            raise file_refusal("file_damaged", reason="it is protected by a password")
    packed, unpacked = (sum(getattr(part, size) for part in parts) for size in ("compress_size", "file_size"))
    if is_decompression_bomb(packed, unpacked, limits=limits):
        raise file_refusal("file_bomb", ratio=limits.ratio)
    if unpacked > limits.unpacked_sheet_bytes:
        raise file_refusal("file_too_large", limit_mib=limits.unpacked_sheet_bytes >> 20)


def _is_unsafe_path(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ":" in plain or ".." in PurePosixPath(plain).parts or "\x00" in plain

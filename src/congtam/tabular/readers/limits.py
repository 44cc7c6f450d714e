"""How much a file may hold, and streams that stop a bomb before it goes off (giới hạn tệp)."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from congtam.tabular.problems import file_refusal

_MIB: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class ReadLimits:
    """The bounds of one import; a real log of 52,000 events unpacks to 40 MiB, 20 times its size."""

    unpacked_bytes: int = 4096 * _MIB
    unpacked_sheet_bytes: int = 1024 * _MIB
    ratio: int = 250
    ratio_from_bytes: int = 64 * _MIB
    rows: int = 20_000_000
    sheet_cells: int = 40_000_000
    sheet_brackets: int = 160_000_000
    """Of all parts of a spreadsheet; a cell with its value has four."""
    side_brackets: int = 2_000_000
    """Of a part that is neither a sheet nor the shared texts."""
    columns: int = 2000
    cell_characters: int = 100_000
    line_length: int = 16 * _MIB
    case_bytes: int = 64 * _MIB
    case_events: int = 50_000
    refused_cases: int = 100_000
    refused_bytes: int = 512 * _MIB


class MeasuredStream(io.RawIOBase):
    """A binary stream that counts what is read and refuses to unpack without end."""

    def __init__(
        self,
        content: BinaryIO,
        *,
        packed_bytes: int,
        limits: ReadLimits,
        packed: bool,
        on_read: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._on_read = on_read
        self._content = content
        self._packed_bytes = packed_bytes
        self._limits = limits
        self._packed = packed
        self.bytes_read = 0
        self.case_started_at = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        """Fill the buffer; raises InputRefused past a limit or when the packing is damaged."""
        try:
            chunk = self._content.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise file_refusal("file_damaged", reason=str(error)) from None
        self.bytes_read += len(chunk)
        self._check_size()
        if self._on_read is not None:
            self._on_read()
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def _check_size(self) -> None:
        limits = self._limits
        if self.bytes_read > limits.unpacked_bytes:
            raise file_refusal("file_too_large", limit_mib=limits.unpacked_bytes // _MIB)
        if self._packed and is_decompression_bomb(self._packed_bytes, self.bytes_read, limits=limits):
            raise file_refusal("file_bomb", ratio=limits.ratio)
        if self.case_started_at and self.bytes_read - self.case_started_at > limits.case_bytes:
            raise file_refusal(
                "case_too_large", limit=limits.case_events, limit_mib=limits.case_bytes // _MIB
            )

    def close(self) -> None:
        """Close what is underneath too."""
        self._content.close()
        super().close()


def is_decompression_bomb(packed: int, unpacked: int, *, limits: ReadLimits) -> bool:
    """Whether something unpacks to more than any honest file does."""
    return unpacked > limits.ratio_from_bytes and unpacked > packed * limits.ratio


def open_measured(
    path: Path, *, packed: bool, limits: ReadLimits, on_read: Callable[[], None] | None = None
) -> MeasuredStream:
    """Open a file, unpacking gzip, with the limits watched; ``on_read`` is called with every block."""
    content: BinaryIO = gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[assignment]  # noqa: SIM115 - the stream closes it
    return MeasuredStream(
        content, packed_bytes=path.stat().st_size, limits=limits, packed=packed, on_read=on_read
    )

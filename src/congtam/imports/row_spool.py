"""Dossiers of a file between reading and storing (vùng đệm hồ sơ): a few in memory, many on disk."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any, Final

from congtam.dossiers.public import DossierRow, StepRow, SuspensionRow

_CHUNK: Final = 1000
_IN_MEMORY: Final = 16 << 20


def _pickle_reducer(kind: type[Any]) -> Any:
    """Write a value as the plain tuple of its fields: three times quicker than field by field."""
    names = tuple(field.name for field in fields(kind))
    values = attrgetter(*names)
    return lambda row: (_restore_value, (kind, names, values(row)))


def _restore_value(kind: type[Any], names: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    return kind(**dict(zip(names, values, strict=True)))


_REDUCERS: Final[dict[Any, Any]] = {
    kind: _pickle_reducer(kind) for kind in (DossierRow, StepRow, SuspensionRow)
}


class RowSpool:
    """Rows in the order they were added; read only after the last one was added."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._chunk: list[DossierRow] = []
        self._chunk_count = 0

    def add(self, row: DossierRow) -> None:
        """Append a row."""
        self._chunk.append(row)
        if len(self._chunk) == _CHUNK:
            self._write_chunk()

    def _write_chunk(self) -> None:
        pickler = pickle.Pickler(self._file, protocol=5)
        pickler.dispatch_table = _REDUCERS
        pickler.dump(self._chunk)
        self._chunk.clear()
        self._chunk_count += 1

    def __iter__(self) -> Iterator[DossierRow]:
        self._file.seek(0)
        for _ in range(self._chunk_count):
            yield from pickle.load(self._file)  # noqa: S301 - our own unnamed file, written above
        yield from self._chunk


@contextmanager
def row_spool() -> Iterator[RowSpool]:
    """A spool for the time of one import; its file has no name and is gone with it."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, prefix="congtam-rows-") as file:
        yield RowSpool(file)

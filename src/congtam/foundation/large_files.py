"""Large files leave one at a time (lần lượt tải tệp lớn), so that who downloads one keeps nobody else waiting.

A web process answers with few threads, and one of them is held for as long as somebody reads a large answer: it cannot
run ahead of a slow reader without keeping the file in memory. So each process writes one at a time, the other threads
are left to everybody else, and who comes second is asked to retry later.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import ClassVar, Final

AGAIN_AFTER: Final = 20
"""Seconds after which it is worth while to ask again."""


class TookTooLong(Exception):
    """A large file did not leave in time."""


class LargeFileTurn:
    """The turn to send a large file; released when the file was sent, was aborted, or takes too long."""

    LONGEST: ClassVar[float] = 15 * 60.0
    """Seconds a file may take to leave; then it is broken off, and the reader's program says that it is not whole."""

    _lock: ClassVar[threading.Lock] = threading.Lock()
    _current: ClassVar[LargeFileTurn | None] = None

    def __init__(self) -> None:
        self._over_at = time.monotonic() + self.LONGEST

    @classmethod
    def take(cls) -> LargeFileTurn | None:
        """The turn, or None while someone else has it."""
        with cls._lock:
            if cls._current is not None and not cls._current.is_over:
                return None
            cls._current = cls()
            return cls._current

    @property
    def is_over(self) -> bool:
        """Whether it has lasted as long as any may."""
        return time.monotonic() > self._over_at

    def give_back(self) -> None:
        """Let the next one have it; doing so twice does nothing."""
        with self._lock:
            if LargeFileTurn._current is self:
                LargeFileTurn._current = None

    def sending(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces of the file; with the last one, or when it is closed, the turn is released."""
        return TimedPieces(pieces, self)


class TimedPieces:
    """The pieces of a large file on their way out. Not a generator: it is closed even when no piece was read."""

    def __init__(self, pieces: Iterator[bytes], turn: LargeFileTurn) -> None:
        self._pieces, self._turn = pieces, turn

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._turn.is_over:
            self.close()
            raise TookTooLong
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Nobody asks for more."""
        self._turn.give_back()
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()

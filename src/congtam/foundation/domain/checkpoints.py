"""A checkpoint of the ledger (mốc neo): how many lines there were, and the one hash that stands for all of them.

The text is that of a C2SP checkpoint: origin, size, root in base64; then our lines: the instant, and the head of every
stream that grew since the checkpoint before. A blank line ends it.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

ORIGIN: Final = "congtam.ledger/1"


@dataclass(frozen=True, kw_only=True)
class StreamHead:
    """How far a stream reached: its number of lines and the hash of the last."""

    stream: str
    size: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """One checkpoint; ``root`` is the Merkle root over the first ``size`` lines of the tree."""

    size: int
    root: bytes
    at: datetime
    heads: tuple[StreamHead, ...] = ()


class CheckpointMalformed(ValueError):
    """The text is not that of a checkpoint."""


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """The text of a checkpoint, with the blank line at its end.

    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 2, 18, 53, tzinfo=UTC)
    >>> print(format_checkpoint(Checkpoint(size=1, root=bytes(32), at=at)), end="")
    congtam.ledger/1
    1
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    at 2026-03-02T18:53:00+00:00
    <BLANKLINE>
    """
    heads = [f"stream {head.size} {head.hash} {head.stream}" for head in checkpoint.heads]
    root = b64encode(checkpoint.root).decode()
    return "\n".join([ORIGIN, str(checkpoint.size), root, f"at {checkpoint.at.isoformat()}", *heads, "", ""])


def parse_checkpoints(text: str) -> Iterator[Checkpoint]:
    """The checkpoints of a file in order; raises CheckpointMalformed."""
    if text and not text.endswith("\n\n"):
        raise CheckpointMalformed("it ends in the middle of a checkpoint")
    for block in text.split("\n\n"):
        if block.strip():
            try:
                yield _parse(block.strip("\n").split("\n"))
            except (ValueError, IndexError, binascii.Error) as error:
                raise CheckpointMalformed(str(error)) from None


def _parse(lines: list[str]) -> Checkpoint:
    if lines[0] != ORIGIN or not lines[3].startswith("at "):
        raise ValueError(lines[0])
    heads = []
    for line in lines[4:]:
        _word, size, sealed, stream = line.split(" ", 3)
        heads.append(StreamHead(stream=stream, size=int(size), hash=sealed))
    return Checkpoint(
        size=int(lines[1]),
        root=b64decode(lines[2], validate=True),
        at=datetime.fromisoformat(lines[3].removeprefix("at ")),
        heads=tuple(heads),
    )

"""The hash chain of the audit ledger: each entry seals the one before it.

hash(n) = SHA-256( hash(n-1) as hex, a line feed, the canonical text of entry n ); hash(0) is 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from congtam.kernel.errors import msgid

GENESIS: Final = "0" * 64


def canonical_json(entry: Mapping[str, Any]) -> str:
    """The one text that stands for an entry: keys sorted, no spare spaces, Unicode as it is.

    >>> canonical_json({"b": 1, "a": "Hồ sơ"})
    '{"a":"Hồ sơ","b":1}'
    """
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def entry_hash(previous_hash: str, text: str) -> str:
    """The hash of the entry whose canonical text is `text`, after an entry with `previous_hash`."""
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Link:
    """One entry as stored."""

    position: int
    text: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Break:
    """A place where the chain does not hold, and what is wrong there, a msgid."""

    position: int
    fault: str


def find_breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Every place where the chain, read in order from position 1, does not hold."""
    expected_hash, expected_position = GENESIS, 1
    for link in links:
        if link.position != expected_position:
            yield Break(position=expected_position, fault=msgid("entry missing"))
        elif link.previous_hash != expected_hash:
            yield Break(position=link.position, fault=msgid("does not follow the entry before it"))
        if link.hash != entry_hash(link.previous_hash, link.text):
            yield Break(position=link.position, fault=msgid("content changed after it was written"))
        expected_hash, expected_position = link.hash, link.position + 1

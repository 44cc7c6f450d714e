"""Merkle trees as Certificate Transparency builds them (cây Merkle; RFC 6962 §2.1, RFC 9162 §2.1).

A tree over a list of entries has one root of 32 bytes. Who has the root can be shown that an entry is in the list
(inclusion), and who has an older root that the list was only added to (consistency), each with a handful of hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry; the first byte tells it from a node, so that no entry can pass for one."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two halves."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class MerkleTree:
    """A tree that grows by leaves and knows its root at any time; it holds one hash for each bit of its size."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)
    """The roots of the complete subtrees from left to right, the largest first."""

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf at the end."""
        size, peaks = self.size, self.peaks
        while size & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the leaf at ``index`` to the root, the lowest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root_of(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root_of(leaves[:split])]


def root_from_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that follows from a leaf and its proof (RFC 9162 §2.1.3.2); None for a proof of the wrong shape."""
    if not 0 <= index < size:
        return None
    node, last = index, size - 1
    root = leaf
    for part in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            root = node_hash(part, root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = node_hash(root, part)
        node, last = node >> 1, last >> 1
    return root if last == 0 else None


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that the tree over the first ``earlier`` leaves is the beginning of this one."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _consistency(leaves, earlier, is_whole=True)


def _consistency(leaves: Sequence[bytes], earlier: int, *, is_whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if is_whole else [root_of(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_consistency(leaves[:split], earlier, is_whole=is_whole), root_of(leaves[split:])]
    return [*_consistency(leaves[split:], earlier - split, is_whole=False), root_of(leaves[:split])]


@dataclass(frozen=True)
class TreeHead:
    """How large a tree was, and its root then."""

    size: int
    root: bytes


def is_consistent(earlier: TreeHead, later: TreeHead, proof: Sequence[bytes]) -> bool:
    """Whether a tree is an earlier one with leaves added at the end (RFC 9162 §2.1.4.2)."""
    if not 0 < earlier.size <= later.size:
        return False
    if earlier.size == later.size:
        return not proof and earlier.root == later.root
    is_complete = earlier.size & (earlier.size - 1) == 0
    parts = [earlier.root, *proof] if is_complete else list(proof)
    return bool(parts) and _roots_from_consistency(earlier.size, later.size, parts) == (
        earlier.root,
        later.root,
    )


def _roots_from_consistency(earlier: int, size: int, parts: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots as the hashes of a proof give them; None for a proof of the wrong shape."""
    node, last = earlier - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = parts[0]
    for part in parts[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, part)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below a size: where a tree divides."""
    return 1 << ((size - 1).bit_length() - 1)

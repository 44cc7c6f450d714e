"""Anchoring the ledger outside the database (neo nhật ký): one Merkle root over all streams, in a file that only grows.

Who can write to the database can write a ledger that holds together. They cannot make it agree with a checkpoint that
was written before, here or in a copy of the file that somebody else keeps.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from congtam.foundation.audit import record
from congtam.foundation.domain.checkpoints import (
    Checkpoint,
    CheckpointMalformed,
    StreamHead,
    format_checkpoint,
    parse_checkpoints,
)
from congtam.foundation.domain.roles import Actor, system_actor
from congtam.foundation.ledger_rewriting import pending_streams
from congtam.foundation.models import AuditEntry, LedgerLeaf
from congtam.foundation.sealing import Alteration
from congtam.foundation.time import real_clock
from congtam.kernel.errors import msgid
from congtam.kernel.merkle import MerkleTree, leaf_hash
from congtam.kernel.progress import Advance, ignore_advance, with_progress

logger = logging.getLogger(__name__)
FILE: Final = "ledger.txt"
KIND, KEY = "ledger", "anchors"
ANCHORED: Final = "ledger.anchored"
"""Written with the first checkpoint: from then on there is a file."""
BEGUN: Final = "ledger.anchors_begun"
TREE: Final = "tree"
"""What a fault is about that concerns no single stream."""
_LOCK: Final = 0x0C06_7A14
_CHUNK: Final = 10_000
_APPEND: Final = """
INSERT INTO foundation_ledgerleaf (position, entry)
SELECT (SELECT coalesce(max(position), 0) FROM foundation_ledgerleaf) + row_number() OVER (ORDER BY a.id), a.id
FROM foundation_auditentry a WHERE NOT EXISTS (SELECT FROM foundation_ledgerleaf l WHERE l.entry = a.id)
"""
_LEAVES: Final = """
SELECT l.position, a.stream, a.position, a.hash
FROM foundation_ledgerleaf l LEFT JOIN foundation_auditentry a ON a.id = l.entry ORDER BY l.position
"""
_HEADS: Final = """
SELECT DISTINCT ON (a.stream) a.stream, a.position, a.hash
FROM foundation_ledgerleaf l JOIN foundation_auditentry a ON a.id = l.entry
WHERE l.position > %s ORDER BY a.stream, a.position DESC
"""
_DIFFERING: Final = """
SELECT t.stream, t.size FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS t (stream, size, hash)
LEFT JOIN foundation_auditentry a ON a.stream = t.stream AND a.position = t.size
WHERE a.hash IS DISTINCT FROM t.hash
"""


class _Leaf(NamedTuple):
    position: int
    stream: str | None
    number: int | None
    hash: str | None


def anchors_folder() -> Path:
    """Where the anchor file is: as set, or in the data folder."""
    return Path(settings.CONGTAM_ANCHORS or Path(settings.CONGTAM_DATA_DIR) / "anchors")


def read_anchors() -> list[Checkpoint]:
    """The checkpoints that were written; raises CheckpointMalformed."""
    path = anchors_folder() / FILE
    return list(parse_checkpoints(path.read_text())) if path.exists() else []


def lacks_file() -> bool:
    """Whether the ledger says that it was anchored, and no anchor file is there."""
    return _says_anchored() and not (anchors_folder() / FILE).exists()


def has_damaged_file() -> bool:
    """Whether the anchor file is no sequence of checkpoints."""
    try:
        read_anchors()
    except CheckpointMalformed:
        return True
    return False


def _says_anchored() -> bool:
    latest = AuditEntry.objects.filter(kind=KIND, key=KEY).order_by("-pk").first()
    return latest is not None and latest.verb == ANCHORED


def leaf_of(stream: str, position: int, sealed: str) -> bytes:
    """The hash of a line as a leaf of the tree: where it stands, and what it and all lines before it say."""
    return leaf_hash(f"{stream}\n{position}\n{sealed}".encode())


def anchor_ledger(advance: Advance = ignore_advance, *, may_write: bool = True) -> list[Alteration]:
    """Compare the ledger with every earlier checkpoint and write a new one; what does not agree, and then no new one.

    Without ``may_write``, as when a chain is broken, it is only compared. Lines that are being written meanwhile come
    with the next checkpoint.
    """
    if streams := pending_streams():
        fault = msgid(
            "it holds personal values of an earlier version and is not anchored; run: congtam ledger rewrite"
        )
        return [Alteration(code=stream, fault=fault) for stream in streams]
    with transaction.atomic(), connection.cursor() as cursor:
        _take_turn(cursor)
        cursor.execute(_APPEND)
    with transaction.atomic(), connection.cursor() as cursor:
        _take_turn(cursor)
        try:
            anchors = read_anchors()
        except CheckpointMalformed:
            return [
                Alteration(code=FILE, fault=msgid("the anchor file is damaged: restore it from its copy"))
            ]
        has_file = _says_anchored()
        if has_file and not anchors:
            return [
                Alteration(code=FILE, fault=msgid("the anchor file is missing: restore it from its copy"))
            ]
        tree, faults = _compare(anchors, advance)
        if may_write and not faults and tree.size > (anchors[-1].size if anchors else 0):
            _write(_checkpoint(tree, since=anchors[-1].size if anchors else 0))
            if not has_file:
                record(system_actor("ledger"), ANCHORED, kind=KIND, key=KEY, data={"size": tree.size})
    return faults


def log_anchoring() -> None:
    """Anchor the ledger, for the worker: what does not agree is logged."""
    for fault in anchor_ledger():
        logger.error("ledger: %s: %s", fault.code, fault.fault)


def begin_anew(*, actor: Actor) -> None:
    """Put the anchor file aside and begin another (bắt đầu mốc neo mới): after a backup was restored.

    The old file stays beside the new one; the ledger says how far it reached.
    """
    path, now = anchors_folder() / FILE, real_clock().now()
    last = read_anchors()[-1:]
    data = {"size": last[0].size, "root": last[0].root.hex()} if last else {}
    with transaction.atomic(), connection.cursor() as cursor:
        _take_turn(cursor)
        LedgerLeaf.objects.all().delete()
        record(actor, BEGUN, kind=KIND, key=KEY, data=data)
    if path.exists():
        path.rename(path.with_name(f"ledger-until-{now:%Y%m%dT%H%M%S%f}.txt"))


def leaves() -> Iterator[_Leaf]:
    """All leaves in order, with the lines they stand for."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LEAVES)
        while rows := cursor.fetchmany(_CHUNK):
            yield from map(_Leaf._make, rows)


def _take_turn(cursor: Any) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _compare(anchors: Sequence[Checkpoint], advance: Advance) -> tuple[MerkleTree, list[Alteration]]:
    """The tree as it is now, and what in it does not agree with the checkpoints."""
    total = LedgerLeaf.objects.count()
    expected = {anchor.size: anchor for anchor in anchors}
    tree, faults = MerkleTree(), list(_stream_faults(anchors))
    wrong = [anchor for anchor in anchors if anchor.size > total]
    for leaf in with_progress(leaves(), advance, count=lambda: total):
        if leaf.stream is None or leaf.position != tree.size + 1:
            wrong += [anchor for anchor in anchors if anchor.size > tree.size and anchor not in wrong]
            break
        tree.append(leaf_of(leaf.stream, leaf.number or 0, leaf.hash or ""))
        anchor = expected.get(tree.size)
        if anchor is not None and anchor.root != tree.root():
            wrong.append(anchor)
    if wrong and not faults:
        first = min(wrong, key=lambda anchor: anchor.size)
        faults.append(
            Alteration.with_data(
                TREE, msgid("the order of its lines is not that of the anchor of {instant}"), instant=first.at
            )
        )
    if not faults and tree.size != total:
        faults.append(Alteration(code=TREE, fault=msgid("lines that were about to be anchored are gone")))
    return tree, faults


def _stream_faults(anchors: Sequence[Checkpoint]) -> Iterator[Alteration]:
    """Which streams are not what a checkpoint says of them, and from which line on."""
    heads = [(head, anchor.at) for anchor in anchors for head in anchor.heads]
    columns = [list(column) for column in zip(*((h.stream, h.size, h.hash) for h, _at in heads), strict=True)]
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, columns)
        differing = set(cursor.fetchall())
        for stream in sorted({stream for stream, _size in differing}):
            cursor.execute(
                "SELECT coalesce(max(position), 0) FROM foundation_auditentry WHERE stream = %s", [stream]
            )
            own = [(head, at) for head, at in heads if head.stream == stream]
            yield _stream_fault(stream, own, differing, length=cursor.fetchone()[0])


def _stream_fault(
    stream: str, heads: Iterable[tuple[StreamHead, datetime]], differing: set[Any], *, length: int
) -> Alteration:
    agreed = 0
    for head, at in heads:
        if (stream, head.size) not in differing:
            agreed = head.size
            continue
        instant = f"{at:%Y-%m-%d %H:%M} UTC"
        if not length:
            message = msgid("the whole stream is gone: {count} lines were anchored at {instant}")
            return Alteration.with_data(stream, message, count=head.size, instant=instant)
        if head.size > length:
            message, first = msgid("lines {first} to {last} were cut off after {instant}"), length + 1
        else:
            message, first = msgid("lines among {first} to {last} were rewritten after {instant}"), agreed + 1
        return Alteration.with_data(stream, message, first=first, last=head.size, instant=instant)
    raise AssertionError(stream)


def _checkpoint(tree: MerkleTree, *, since: int) -> Checkpoint:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [since])
        heads = tuple(StreamHead(stream=row[0], size=row[1], hash=row[2]) for row in cursor.fetchall())
    return Checkpoint(size=tree.size, root=tree.root(), at=real_clock().now(), heads=heads)


def _write(checkpoint: Checkpoint) -> None:
    """Append to the file, for its owner only, and see that it is on the disk."""
    folder = anchors_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, format_checkpoint(checkpoint).encode())
        os.fsync(handle)
    finally:
        os.close(handle)

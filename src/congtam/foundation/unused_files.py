"""Removing files that nothing refers to (dọn tệp không dùng): uploads that were never attached, what a filing left.

Contexts declare, for each kind of file they keep, where its digests stand; a kind without a declaration is never
touched. A file counts as unused after two days: whoever uploaded it has one day to attach it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Final

from django.db import connection, transaction

from congtam.foundation.audit import record
from congtam.foundation.data_folder import data_dir
from congtam.foundation.domain.roles import system_actor
from congtam.foundation.files import FORGETTING, content_path, lock_content
from congtam.foundation.models import StoredFile
from congtam.foundation.time import real_clock

logger = logging.getLogger(__name__)
GRACE_PERIOD: Final = timedelta(days=2)
_MOST: Final = 5000
_BATCH: Final = 1000
_UNUSED: Final = """
SELECT stored.digest FROM foundation_storedfile stored
WHERE stored.kind = %(kind)s {only}
  AND NOT EXISTS (SELECT 1 FROM ({referred}) AS referred (digest) WHERE referred.digest = stored.digest)
  AND NOT EXISTS (SELECT 1 FROM foundation_evidencepiece piece WHERE piece.file_id = stored.id)
GROUP BY stored.digest HAVING max(stored.stored_at) < %(before)s
"""


class _References:
    queries: ClassVar[dict[str, list[str]]] = {}


def declare_references(kind: str, sql: str) -> None:
    """Say where digests of a kind of file stand: a query of one column; every context that keeps some says so."""
    queries = _References.queries.setdefault(kind, [])
    if sql not in queries:
        queries.append(sql)


def unused_count() -> int:
    """How many files wait to be removed."""
    return sum(len(_list_unused(kind)) for kind in _References.queries)


def remove_unused(*, most: int = _MOST) -> int:
    """Remove what is unused, each file by itself and on record; how many there were."""
    unused = [(kind, digest) for kind in _References.queries for digest in _list_unused(kind)]
    return sum(_remove_file(kind, digest) for kind, digest in unused[:most])


def remove_strays() -> int:
    """Remove contents that no record knows: what an upload left that was broken off; how many there were."""
    before = (real_clock().now() - GRACE_PERIOD).timestamp()
    old = (path for path in _stored_paths() if path.stat().st_mtime < before)
    removed = 0
    while batch := list(islice(old, _BATCH)):
        names = [path.name for path in batch]
        recorded = set(StoredFile.objects.filter(digest__in=names).values_list("digest", flat=True))
        removed += sum(_forget_stray(path) for path in batch if path.name not in recorded)
    return removed


def _list_unused(kind: str, *, digest: str = "") -> list[str]:
    """The digests of one kind that nothing refers to, as of one moment of the database."""
    referred = " UNION ALL ".join(_References.queries[kind])
    only = "AND stored.digest = %(digest)s" if digest else ""
    parameters: dict[str, Any] = {"kind": kind, "before": real_clock().now() - GRACE_PERIOD, "digest": digest}
    with connection.cursor() as cursor:
        cursor.execute(_UNUSED.format(referred=referred, only=only), parameters)
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def _remove_file(kind: str, digest: str) -> bool:
    """Remove one file, unless someone stores it again at this moment or refers to it by now."""
    if not lock_content(FORGETTING, digest) or not _list_unused(kind, digest=digest):
        return False
    StoredFile.objects.filter(digest=digest, kind=kind).delete()
    # The same content may be kept as a file of another kind.
    if not StoredFile.objects.filter(digest=digest).exists():
        content_path(digest).unlink(missing_ok=True)
    record(system_actor("files"), "file.forgotten", kind="file", key=digest, data={"kind": kind})
    return True


@transaction.atomic
def _forget_stray(path: Path) -> bool:
    name = path.name
    if not lock_content(FORGETTING, name) or StoredFile.objects.filter(digest=name).exists():
        return False
    path.unlink(missing_ok=True)
    logger.info("removed the stray content %s", name)
    return True


def _stored_paths() -> Iterator[Path]:
    """Every file in the store, those that were being written included."""
    folder = data_dir() / "files"
    if folder.is_dir():
        yield from (path for path in folder.rglob("*") if path.is_file())

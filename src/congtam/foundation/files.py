"""Files kept by the hash of their content, with limits of size and type per kind."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, ClassVar, Final

from django.conf import settings
from django.db import connection, transaction

from congtam.foundation.data_folder import data_dir
from congtam.foundation.domain.roles import Actor
from congtam.foundation.models import StoredFile
from congtam.foundation.room import StorageFull, is_storage_full, require_daily_quota, require_free_space
from congtam.kernel.errors import DomainError, NotFound, msgid
from congtam.kernel.input.texts import has_direction_mark, without_direction_marks
from congtam.kernel.progress import Advance, ignore_advance, with_progress

SANDBOXED_FILE: Final = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""The content policy of a file that a browser shows: it runs nothing, loads nothing and has no origin of ours."""
_CHUNK: Final = 1 << 20
_LOOK_AT_ROOM: Final = 16 * _CHUNK
"""After so many bytes it is looked again whether the disk has room."""
_STORING: Final = "SELECT pg_advisory_xact_lock_shared(766, hashtext(%s)) IS NOT NULL"
FORGETTING: Final = "SELECT pg_try_advisory_xact_lock(766, hashtext(%s))"
"""Those who store the same content do not wait for each other; who forgets it must be alone with it."""


class FileRefused(DomainError):
    """A file that this place does not take."""

    code = "files.refused"


class FileTooLarge(FileRefused):
    """A file is larger than its kind may be."""

    code = "files.too_large"
    message = "{name} is larger than {limit} MiB, the maximum allowed here."


class FileTypeRefused(FileRefused):
    """A file's name does not end as files of its kind do."""

    code = "files.type_refused"
    message = "{name}: only these file types are accepted here: {endings}."


class FileNameRefused(FileRefused):
    """A file's name contains a folder, or is none."""

    code = "files.name_refused"
    message = "“{name}” is not a file name. Enter a name without folders."


class FileNameReversed(FileRefused):
    """A file's name holds a mark that turns the direction of writing, so that its ending is not what it looks like."""

    code = "files.name_reversed"
    message = msgid(
        "{name}: the file name contains an invisible mark that reverses the writing. Rename the file."
    )


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """What a kind of file may be: size in bytes and the endings of its name; what people send has limits a day."""

    size: int
    endings: tuple[str, ...]
    is_uploaded: bool = True


class _Kinds:
    limits: ClassVar[dict[str, FileLimits]] = {}


def declare_file_kind(kind: str, limits: FileLimits) -> None:
    """Say what files of a kind may be; a kind nobody declared cannot be stored."""
    _Kinds.limits[kind] = limits


def frontend_dir() -> Path:
    """The folder of fonts and front-end files made at set-up."""
    return Path(settings.CONGTAM_FRONTEND_DIR)


def store_file(
    content: bytes | BinaryIO, *, name: str, media_type: str, kind: str, actor: Actor
) -> StoredFile:
    """Keep a file under the SHA-256 of its content; the file is whole on disk before this returns.

    Raises FileRefused when the name's ending or the size is not allowed for the kind, StorageFull when the disk is,
    and DailyQuotaReached for an account that has stored enough today.
    """
    limits = _Kinds.limits[kind]
    safe_name = _validate_file_name(name, limits)
    digest, size, written = _write_content(content, safe_name, limits)
    try:
        with transaction.atomic():
            if limits.is_uploaded:
                require_daily_quota(actor, size)
            lock_content(_STORING, digest)
            stored = StoredFile.objects.create(
                digest=digest,
                name=safe_name,
                kind=kind,
                media_type=media_type,
                size=size,
                stored_by=actor.username,
            )
            _move_into_place(written, content_path(digest))
            return stored
    finally:
        written.unlink(missing_ok=True)


def is_stored(digest: str, *, kind: str) -> bool:
    """Whether a file of this kind with this content was stored."""
    return StoredFile.objects.filter(digest=digest, kind=kind).exists()


def own_file_name(digest: str, *, kind: str, stored_by: str) -> str:
    """What an account called a file of this kind that it stored; raises NotFound where it stored none."""
    rows = StoredFile.objects.filter(digest=digest, kind=kind, stored_by=stored_by).order_by("-pk")
    name = rows.values_list("name", flat=True).first()
    if name is None:
        raise NotFound(kind="file", key=digest)
    return name


@transaction.atomic
def forget_file(digest: str, *, kind: str, stored_by: str) -> bool:
    """Undo one `store_file` of this kind and account; the content goes with the last who stored it.

    False while somebody stores the same content: try again later. The caller knows that nothing refers to the file;
    what was attached as evidence stays.
    """
    if not lock_content(FORGETTING, digest):
        return False
    stored = StoredFile.objects.filter(digest=digest, kind=kind, stored_by=stored_by, evidence=None)
    row = stored.order_by("pk").first()
    if row is not None:
        row.delete()
    if not StoredFile.objects.filter(digest=digest).exists():
        content_path(digest).unlink(missing_ok=True)
    return True


def open_file(digest: str) -> BinaryIO:
    """The content with this digest, open for reading; raises NotFound."""
    path = stored_path(digest)
    return path.open("rb")


def stored_path(digest: str) -> Path:
    """Where the content lies; raises NotFound when it is not there."""
    path = content_path(digest)
    if not path.is_file():
        raise NotFound(kind="file", key=digest)
    return path


def damaged_files(advance: Advance = ignore_advance) -> Iterator[tuple[StoredFile, str]]:
    """Stored files whose content is gone or no longer has its digest, and which it is, a msgid."""
    rows = StoredFile.objects.order_by("pk").iterator()
    for stored in with_progress(rows, advance, count=StoredFile.objects.count):
        path = content_path(stored.digest)
        if not path.is_file():
            yield stored, msgid("content missing")
        elif _file_digest(path) != stored.digest:
            yield stored, msgid("content changed")


def lock_content(statement: str, digest: str) -> bool:
    """Take a lock on a content until the transaction ends; whether it was got."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest])
        return bool(cursor.fetchone()[0])


def check_direction(name: str) -> None:
    """Raise FileNameReversed for a name with a direction mark; the message shows it without."""
    if has_direction_mark(name):
        raise FileNameReversed(name=without_direction_marks(name))


def _validate_file_name(name: str, limits: FileLimits) -> str:
    check_direction(name)
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")[:255]
    if plain != name or plain in {"", ".", ".."}:
        raise FileNameRefused(name=name)
    if not plain.lower().endswith(limits.endings):
        raise FileTypeRefused(name=plain, endings=", ".join(limits.endings))
    return plain


def _write_content(content: bytes | BinaryIO, name: str, limits: FileLimits) -> tuple[str, int, Path]:
    """Write to a temporary name; digest, size and path. Nothing stays behind when it fails."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    folder = data_dir() / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
            written = Path(target.name)
            try:
                digest, size = _copy_content(source, target, name=name, limits=limits)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
    except OSError as error:
        if is_storage_full(error):
            raise StorageFull from error
        raise
    return digest, size, written


def _copy_content(source: BinaryIO, target: IO[bytes], *, name: str, limits: FileLimits) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        if limits.is_uploaded and size % _LOOK_AT_ROOM == 0:
            require_free_space()
        size += len(chunk)
        if size > limits.size:
            raise FileTooLarge(name=name, limit=limits.size >> 20)
        hasher.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return hasher.hexdigest(), size


def _move_into_place(written: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        written.replace(target)
    except OSError as error:
        if is_storage_full(error):
            raise StorageFull from error
        raise


def content_path(digest: str) -> Path:
    """Where a content with this digest lies, if it does."""
    return data_dir() / "files" / digest[:2] / digest


def _file_digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

"""How much is stored, and how much room is left (dung lượng lưu trữ)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection

from congtam.foundation.files import data_dir

LOW_SPACE: Final = 2 << 30
"""With fewer free bytes an administrator should make room."""
_KINDS: Final = """
SELECT kind, count(*), sum(size) FROM (
    SELECT DISTINCT ON (kind, digest) kind, digest, size FROM foundation_storedfile
) AS content GROUP BY kind ORDER BY sum(size) DESC
"""
_TABLES: Final = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
ORDER BY pg_total_relation_size(oid) DESC LIMIT %s
"""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """So many things of a name, so many bytes."""

    name: str
    count: int
    size: int


@dataclass(frozen=True, kw_only=True)
class Disk:
    """The disk the data folder lies on."""

    free: int
    total: int

    @property
    def is_low(self) -> bool:
        """Whether somebody should make room: the database stops when the disk is full."""
        return self.free < LOW_SPACE


def disk_space() -> Disk:
    """The room of the disk the data folder lies on."""
    usage = shutil.disk_usage(_nearest_existing_folder(data_dir()))
    return Disk(free=usage.free, total=usage.total)


def database_size() -> int:
    """The bytes of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def largest_tables(limit: int = 10) -> list[Usage]:
    """The tables that take most room, indexes included; ``count`` is not known."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES, [limit])
        return [Usage(name=name, count=0, size=size) for name, size in cursor.fetchall()]


def file_usage_by_kind() -> list[Usage]:
    """Stored files by kind; equal content of a kind counts once."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [Usage(name=kind, count=count, size=int(size)) for kind, count, size in cursor.fetchall()]


def folder_size(name: str) -> Usage:
    """The files of a folder within the data folder."""
    count = size = 0
    for folder, _folders, files in os.walk(data_dir() / name):
        for file in files:
            try:
                size += (Path(folder) / file).lstat().st_size
            except FileNotFoundError:  # removed meanwhile
                continue
            count += 1
    return Usage(name=name, count=count, size=size)


def _nearest_existing_folder(folder: Path) -> Path:
    return folder if folder.exists() else _nearest_existing_folder(folder.parent)

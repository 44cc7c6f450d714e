"""The folders of a fact: the one in use, those it replaced, and what a rebuild left that was broken off.

A rebuild writes a folder of its own, `<fact>.<first version>.<mark>`; the database says which folder is in use. The
mark makes every name new, for processes remember files by their folder.
"""

from __future__ import annotations

import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from congtam.foundation.data_folder import data_dir
from congtam.warehouse.domain.facts import Fact, VersionGone
from congtam.warehouse.lake.tables import RETENTION_HOURS, LakeTable

_HOUR: Final = 3600.0


def table_beside(fact: Fact, first_version: int) -> LakeTable:
    """A table in a folder that does not exist yet; its first version has this number."""
    plain = LakeTable(fact)
    if first_version == 0 and not plain.folder.exists():
        return plain
    return LakeTable(fact, f"{fact.name}.{first_version}.{secrets.token_hex(4)}")


def table_of_version(published: LakeTable, version: int) -> LakeTable:
    """The table that holds a version: the one in use, or one it replaced."""
    if version >= published.first_version:
        return published
    older = [one for one in _superseded(published) if one.first_version <= version]
    if not older:
        raise VersionGone(fact=published.fact.name, version=version)
    return max(older, key=lambda one: one.first_version)


def clean_up(fact: Fact, published: LakeTable | None) -> None:
    """Remove what nobody can read: folders of broken-off rebuilds, and replaced ones that are damaged or old.

    Only for who holds the lock of the fact: a rebuild that is under way looks like one that was broken off.
    """
    superseded = [] if published is None else _superseded(published)
    for one in _tables(fact):
        if one == published or (one in superseded and is_worth_keeping(one)):
            continue
        remove(one)


def is_worth_keeping(table: LakeTable) -> bool:
    """Whether a replaced table still serves recent receipts: it can be read, and was written to lately."""
    table.forget_cached()
    try:
        latest = table.latest()
        if latest is None:
            return False
        table.files(latest)
        written_at = max(path.stat().st_mtime for path in (table.folder / "_delta_log").iterdir())
    except (VersionGone, OSError):
        return False
    return time.time() - written_at < RETENTION_HOURS * _HOUR


def remove(table: LakeTable) -> None:
    """Remove a table's folder, or the file that is in its place; what cannot be removed is left to the next time."""
    folder: Path = table.folder
    table.forget_cached()
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.unlink()


def _superseded(published: LakeTable) -> list[LakeTable]:
    return [one for one in _tables(published.fact) if one.first_version < published.first_version]


def _tables(fact: Fact) -> list[LakeTable]:
    """Every folder of the fact that exists."""
    root = data_dir() / "warehouse"
    names = [path.name for path in root.glob(f"{fact.name}.*.*")] if root.is_dir() else []
    marked = [LakeTable(fact, name) for name in names if name.split(".")[1].isdigit()]
    plain = LakeTable(fact)
    return [plain, *marked] if plain.folder.exists() else marked

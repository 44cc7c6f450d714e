"""One Delta table per fact: the only module that touches the lake's files."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from congtam.foundation.data_folder import data_dir
from congtam.warehouse.domain.facts import Fact, LakeUnreadable, LakeUnwritable, VersionGone
from congtam.warehouse.lake.diagnosis import explain_fault
from congtam.warehouse.lake.schema import arrow_schema

_NUMBERED_AFTER: Final = "congtam.numbered_after"
REMOVED: Final = "_removed"
"""The extra column of a merge that says a row is to go."""
FILES_PER_MONTH: Final = 8
_MAX_CACHED_LISTS: Final = 64
RETENTION_HOURS: Final = 30 * 24
"""Files of superseded versions stay this long, so that a recent receipt can be counted again."""


@dataclass(frozen=True)
class LakeTable:
    """The Delta table of a fact in the data folder; versions are data versions.

    Its own log counts from 0. In a folder `<fact>.<first version>.<mark>`, which a rebuild wrote, the log's 0 is the
    first version of the name, so that a number never stands for two contents: files and cells are remembered by it.
    """

    fact: Fact
    folder_name: str = ""

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return data_dir() / "warehouse" / (self.folder_name or self.fact.name)

    @property
    def first_version(self) -> int:
        """The data version that the log counts as 0."""
        return int(self.folder_name.split(".")[1]) if self.folder_name else 0

    def latest(self) -> int | None:
        """The newest committed version, or None before the first; raises LakeUnreadable."""
        table = self._open_table()
        return None if table is None else self.first_version + int(table.version())

    def files(self, version: int) -> tuple[str, ...]:
        """Absolute paths of the files of a version, or VersionGone; remembered, for a version never changes."""
        key = (str(self.folder), version)
        paths = _TableCache.files.get(key)
        if paths is None:
            try:
                paths = self._list_files(version - self.first_version)
                if not all(Path(path).exists() for path in paths):
                    raise FileNotFoundError(self.folder)
            except (DeltaError, OSError):
                raise VersionGone(fact=self.fact.name, version=version) from None
            _TableCache.files[key] = paths
            while len(_TableCache.files) > _MAX_CACHED_LISTS:
                _TableCache.files.popitem(last=False)
        return paths

    def explain(self, version: int, error: BaseException) -> LakeUnreadable:
        """What is wrong with a version that could not be read, in words."""
        try:
            files = self._list_files(version - self.first_version)
        except (DeltaError, OSError, VersionGone):
            files = ()
        return explain_fault(self.fact.name, self.folder, error, version=version, files=files)

    def forget_cached(self) -> None:
        """Look at the folder itself from now on: its files may have been changed or removed."""
        _TableCache.forget(str(self.folder))

    def _list_files(self, number: int) -> tuple[str, ...]:
        """The files as the log names them, by its own number."""
        table = self._open_table()
        if table is not None and number <= _last_lost_version(table):
            raise FileNotFoundError(self.folder)
        if table is None or table.version() != number:
            table = DeltaTable(str(self.folder), version=number)
        return tuple(sorted(table.file_uris()))

    def column_names(self) -> tuple[str, ...]:
        """The columns of the newest version; none before the first."""
        table = self._open_table()
        return () if table is None else tuple(field.name for field in table.schema().fields)

    def lacks_columns(self) -> bool:
        """Whether columns were declared since it was last written: the next write adds them to its schema."""
        return bool(set(self.fact.column_names).difference(self.column_names() or self.fact.column_names))

    def write_anew(self, batches: Iterable[pa.Table]) -> int:
        """Write all rows into a folder that does not exist yet; returns the version, or raises LakeUnwritable."""
        schema = arrow_schema(self.fact)
        reader = pa.RecordBatchReader.from_batches(schema, _record_batches(batches))
        try:
            self.folder.mkdir(parents=True)
            write_deltalake(str(self.folder), reader, partition_by=[self.fact.month])
        except (DeltaError, OSError) as error:
            raise LakeUnwritable(fact=self.fact.name, reason=str(error)) from error
        return self.first_version + int(self._require_table().version())

    def append(self, rows: pa.Table) -> int:
        """Add rows whose keys are not in the table; returns the version."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_deltalake(
            self._open_table() or str(self.folder),
            rows,
            mode="append",
            schema_mode="merge" if self.lacks_columns() else None,
            partition_by=[self.fact.month],
        )
        return self.first_version + int(self._require_table().version())

    def merge(self, rows: pa.Table, *, months: Iterable[date]) -> int:
        """Upsert rows, and delete those marked in `REMOVED`; only the named months are read and rewritten."""
        key, month = self.fact.key, self.fact.month
        listed = ", ".join(f"'{one.isoformat()}'" for one in sorted(set(months)))
        values = {name: f"new.{name}" for name in self.fact.column_names}
        table = self._require_table()
        (
            table.merge(
                rows,
                predicate=f"old.{month} IN ({listed}) AND old.{month} = new.{month} AND old.{key} = new.{key}",
                source_alias="new",
                target_alias="old",
                merge_schema=self.lacks_columns(),
            )
            .when_matched_delete(predicate=f"new.{REMOVED}")
            .when_matched_update(values, predicate=f"NOT new.{REMOVED}")
            .when_not_matched_insert(values, predicate=f"NOT new.{REMOVED}")
            .execute()
        )
        return self.first_version + int(table.version())

    def compact(self) -> int:
        """Join small files where a month has many, and drop files that no kept version needs; the version."""
        table = self._require_table()
        paths = self.files(self.first_version + int(table.version()))
        folders = {str(Path(path).parent) for path in paths}
        if len(paths) > FILES_PER_MONTH * len(folders):
            table.optimize.compact()
            table.vacuum(retention_hours=RETENTION_HOURS, dry_run=False)
        return self.first_version + int(table.version())

    def _open_table(self) -> DeltaTable | None:
        """The table at its newest version; opened once a thread, for reading the whole log takes its time."""
        folder = str(self.folder)
        tables = _TableCache.tables()
        cached = tables.get(folder)
        try:
            if cached is not None and _has_version(self.folder, int(cached.version())):
                cached.update_incremental()
                return cached
            tables[folder] = DeltaTable(folder)
        except TableNotFoundError:
            tables.pop(folder, None)
        except (DeltaError, OSError) as error:
            tables.pop(folder, None)
            raise explain_fault(self.fact.name, self.folder, error, version=self.first_version) from error
        return tables.get(folder)

    def _require_table(self) -> DeltaTable:
        table = self._open_table()
        if table is None:
            raise FileNotFoundError(self.folder)
        return table


class _TableCache:
    """What is remembered: lists of files, for a version never changes, and the tables a thread has open."""

    files: OrderedDict[tuple[str, int], tuple[str, ...]] = OrderedDict()
    _of_thread = threading.local()

    @classmethod
    def tables(cls) -> dict[str, DeltaTable]:
        """The open tables of this thread by folder."""
        if not hasattr(cls._of_thread, "tables"):
            cls._of_thread.tables = {}
        tables_by_folder: dict[str, DeltaTable] = cls._of_thread.tables
        return tables_by_folder

    @classmethod
    def forget(cls, folder: str) -> None:
        """Forget what was remembered of a folder; other threads keep the tables they have open."""
        cls.tables().pop(folder, None)
        for key in [key for key in cls.files if key[0] == folder]:
            cls.files.pop(key, None)


def _last_lost_version(table: DeltaTable) -> int:
    """The highest version that stood for files which were lost, in folders of before: the log counted on after it."""
    note = table.metadata().configuration.get(_NUMBERED_AFTER, "-1")
    return int(note.partition(" ")[0])


def _has_version(folder: Path, version: int) -> bool:
    """Whether the log still holds a version: the folder may have been removed, or replaced by a backup."""
    log = folder / "_delta_log"
    names = (f"{version:020}.json", f"{version:020}.checkpoint.parquet")
    return any((log / name).exists() for name in names)


def _record_batches(tables: Iterable[pa.Table]) -> Iterator[pa.RecordBatch]:
    for table in tables:
        yield from table.to_batches()

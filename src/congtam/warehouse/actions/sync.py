"""Bring the lake up to date with the database: changed rows by key or by import, or everything anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from congtam.foundation.public import real_clock
from congtam.warehouse import queries, registry
from congtam.warehouse.actions.compare import compare_with_database
from congtam.warehouse.domain.facts import HASH_COLUMNS, Column, Fact, LakeUnreadable, VersionGone
from congtam.warehouse.lake import engine
from congtam.warehouse.lake.file_columns import columns_of, lacking_columns
from congtam.warehouse.lake.generations import clean_up, is_worth_keeping, remove, table_beside
from congtam.warehouse.lake.schema import arrow_schema
from congtam.warehouse.lake.source import read_rows
from congtam.warehouse.lake.tables import REMOVED, LakeTable
from congtam.warehouse.models import WarehouseTable

KEYS_AT_ONCE: Final = 20_000
IMPORT_MEGABYTES: Final = 24
"""Every batch of an import is one commit of the lake, so it is larger than what a rebuild reads at a time."""


@transaction.atomic
def sync(fact_name: str, keys: Iterable[str] = (), *, import_keys: Sequence[str] = ()) -> int:
    """Bring the rows with these keys, and all rows of these imports, into the lake (đồng bộ); the data version.

    Safe to repeat: rows that already are as in the database make no new version. A crash between the lake's commit
    and ours leaves a version nobody reads; the next sync starts from it.
    """
    fact = registry.fact(fact_name)
    _lock_fact(fact)
    lake = queries.published_table(fact)
    if not _can_be_followed(lake):
        return rebuild(fact_name)
    named = {*keys, *(_changed_groups(fact, import_keys) if fact.group else ())}
    for chunk in _split_chunks(sorted(named)):
        _merge_batches(
            lake, read_rows(fact, f"{fact.key_expression} = ANY(%(keys)s)", {"keys": chunk}), keys=chunk
        )
    for import_key in () if fact.group else import_keys:
        _merge_batches(
            lake, read_rows(fact, f"{fact.import_expression} = %(import_key)s", {"import_key": import_key})
        )
    return _publish_version(lake)


def _changed_groups(fact: Fact, import_keys: Sequence[str]) -> Iterator[str]:
    """The groups whose rows imports may have changed; also those that have no rows any more."""
    with connection.cursor() as cursor:
        for import_key in import_keys:
            cursor.execute(fact.import_groups_sql, {"import_key": import_key})
            yield from (row[0] for row in cursor.fetchall())


@transaction.atomic
def rebuild(fact_name: str) -> int:
    """Write the whole table anew from the database, in whatever state the old one is (dựng lại); the data version.

    It is written beside the old one; the commit moves readers over, at once or not at all.
    """
    fact = registry.fact(fact_name)
    _lock_fact(fact)
    version = queries.data_version(fact_name)
    old = None if version == queries.NO_VERSION else queries.published_table(fact)
    clean_up(fact, old)
    beside = table_beside(fact, version + 1)
    try:
        beside.write_anew(read_rows(fact))
        published = _publish_version(beside)
    except BaseException:
        remove(beside)
        raise
    if old is not None and not is_worth_keeping(old):
        transaction.on_commit(partial(remove, old))
    return published


def refresh_outdated() -> list[str]:
    """Write the facts that an update declared anew, without a column, or with another row hash; their names.

    A fact that only gained columns is not written again: old files are read with NULL there, the next change of a row
    writes its value, and the worker fills in the rest at night (`fill_gained_columns`).
    """
    outdated = [fact.name for fact in registry.facts() if _needs_rebuild(fact)]
    for name in outdated:
        rebuild(name)
    return outdated


def facts_lacking_columns() -> list[str]:
    """The facts some of whose files were written before a column was declared; figures read NULL there."""
    return [fact.name for fact in registry.facts() if _lacking_columns(fact)]


def fill_gained_columns() -> list[str]:
    """Write these facts anew from the database, beside the files in use; their names."""
    lacking = facts_lacking_columns()
    for name in lacking:
        rebuild(name)
    return lacking


def _lacking_columns(fact: Fact) -> tuple[Column, ...]:
    version = queries.data_version(fact.name)
    if version == queries.NO_VERSION:
        return ()
    try:
        return lacking_columns(fact, columns_of(queries.published_table(fact).files(version)))
    except VersionGone:
        return ()


def _needs_rebuild(fact: Fact) -> bool:
    """Whether its files have columns that it no longer declares, or it has rows but no files yet."""
    if queries.data_version(fact.name) != queries.NO_VERSION:
        try:
            columns = queries.published_table(fact).column_names()
        except LakeUnreadable:
            return True
        if not set(columns) <= set(fact.column_names):
            return True
        # Where the row hash covers a new column every row differs, and merging would read all of them as well.
        lacking = _lacking_columns(fact)
        is_needed = any(one.is_needed for one in lacking)
        return is_needed or (bool(lacking) and not compare_with_database(fact.name).agrees)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({fact.sql()})", {})
        return bool(cursor.fetchone()[0])


def _can_be_followed(lake: LakeTable) -> bool:
    """Whether changes can be merged: not before the first rebuild, nor into files that are gone, damaged or older."""
    version = queries.data_version(lake.fact.name)
    try:
        latest = lake.latest()
        if version == queries.NO_VERSION or latest is None or latest < version:
            return False
        lake.files(latest)
    except VersionGone:
        return False
    return True


def _lock_fact(fact: Fact) -> None:
    """One writer per fact; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"congtam.warehouse.{fact.name}"]
        )


def _publish_version(lake: LakeTable) -> int:
    """Make the lake's newest version the one readers use, and tell the listeners."""
    latest = lake.latest()
    if latest is None:
        return queries.NO_VERSION
    version = lake.compact()
    fact = lake.fact
    if version == queries.data_version(fact.name):
        return version
    relation = queries.relation_sql_of_files(fact, lake.files(version))
    rows = engine.fetch(f"SELECT count(*) FROM {relation}")[0][0]  # noqa: S608 - file names of our own
    written = {
        "version": version,
        "folder": lake.folder_name,
        "row_count": rows,
        "changed_at": real_clock().now(),
    }
    WarehouseTable.objects.update_or_create(fact=fact.name, defaults=written)
    registry.notify_listeners(fact, version)
    return version


def _merge_batches(lake: LakeTable, batches: Iterable[pa.Table], *, keys: Sequence[str] = ()) -> None:
    """Put batches of current rows into the lake; named keys without a row are deleted from it."""
    fact = lake.fact
    missing = set(keys)
    if fact.group:
        missing = set(
            _stored_rows(lake, pa.array(keys, pa.string()), column=fact.group)[fact.key].to_pylist()
        )
    for rows in batches:
        missing.difference_update(rows[fact.key].to_pylist() if missing else ())
        _merge_rows(lake, rows)
    if missing:
        stored = _stored_rows(lake, pa.array(sorted(missing), pa.string()))
        _commit_merge(lake, arrow_schema(fact).empty_table(), stored)


def _merge_rows(lake: LakeTable, rows: pa.Table) -> None:
    fact = lake.fact
    stored = _stored_rows(lake, rows[fact.key].combine_chunks())
    if stored.num_rows == 0:
        lake.append(rows)
        return
    identity = [fact.key, fact.month, *HASH_COLUMNS]
    same = rows.select(identity).join(stored, identity, join_type="inner")[fact.key]
    changed = rows.filter(pc.invert(pc.is_in(rows[fact.key], value_set=same.combine_chunks())))
    if changed.num_rows:
        moved = stored.select([fact.key, fact.month]).join(
            changed.select([fact.key, fact.month]), fact.key, join_type="inner", right_suffix="_now"
        )
        gone = moved.filter(pc.not_equal(moved[fact.month], moved[f"{fact.month}_now"]))
        months = moved[fact.month].to_pylist()
        _commit_merge(lake, changed, gone, months=months)


def _stored_rows(lake: LakeTable, keys: pa.Array, *, column: str = "") -> pa.Table:
    """Key, month and digest of the lake's newest rows with these keys, or with these values of a column."""
    fact, latest = lake.fact, lake.latest()
    columns = ", ".join((fact.key, fact.month, *HASH_COLUMNS))
    if latest is None:
        schema = arrow_schema(fact)
        return pa.schema([schema.field(name) for name in (fact.key, fact.month, *HASH_COLUMNS)]).empty_table()
    relation = queries.relation_sql_of_files(fact, lake.files(latest))
    cursor = engine.cursor()
    cursor.register("sought_keys", pa.table({"sought": keys}))
    try:
        rows = engine.fetch_arrow(
            f"SELECT {columns} FROM {relation} WHERE {column or fact.key} IN (SELECT sought FROM sought_keys)"  # noqa: S608
        )
    finally:
        cursor.unregister("sought_keys")
    return rows


def _commit_merge(lake: LakeTable, changed: pa.Table, gone: pa.Table, *, months: Iterable[date] = ()) -> None:
    """One commit: upsert `changed`, delete the keys of `gone` from the months they were in."""
    month = lake.fact.month
    rows = changed.append_column(REMOVED, pa.array([False] * changed.num_rows, pa.bool_()))
    if gone.num_rows:
        rows = pa.concat_tables([rows, _removal_rows(lake.fact, gone, rows.schema)])
    touched = {*changed[month].to_pylist(), *gone[month].to_pylist(), *months}
    if touched:
        lake.merge(rows, months=touched)


def _removal_rows(fact: Fact, gone: pa.Table, schema: pa.Schema) -> pa.Table:
    columns: dict[str, Any] = {name: gone[name] for name in (fact.key, fact.month)}
    columns[REMOVED] = pa.array([True] * gone.num_rows, pa.bool_())
    return pa.table(
        [columns.get(one.name, pa.nulls(gone.num_rows, one.type)) for one in schema], schema=schema
    )


def _split_chunks(keys: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), KEYS_AT_ONCE):
        yield list(keys[start : start + KEYS_AT_ONCE])


def parse_keys(
    messages: Iterable[Mapping[str, Any]], *, fallback: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Row keys and import keys that the payloads of messages name; a payload that names neither has its own key."""
    keys: list[str] = []
    imports: list[str] = []
    for payload, own in zip(messages, fallback, strict=True):
        if "import_key" in payload:
            imports.append(str(payload["import_key"]))
        else:
            keys.extend(payload.get("codes") or [own])
    return keys, list(dict.fromkeys(imports))

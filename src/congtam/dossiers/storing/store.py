"""Storing many dossiers at once (lưu hồ sơ theo lô): idempotent, in one transaction, memory bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from congtam.dossiers.intake.intake import DESK_SOURCE
from congtam.dossiers.record import permissions
from congtam.dossiers.record.domain.rows import (
    DOSSIER_FIELDS,
    STEP_FIELDS,
    SUSPENSION_FIELDS,
    DossierRow,
    digest_of_texts,
    former_digest,
    is_former,
    person_text,
    row_texts,
    without_person,
)
from congtam.dossiers.record.subjects import SubjectKeys
from congtam.dossiers.storing.chunk_keys import ChunkKeys
from congtam.dossiers.storing.conflicts import (
    StoredDossier,
    find_conflict,
    read_stored,
    repeated_code_problem,
)
from congtam.dossiers.storing.copying import NULL, copy_into, copy_lines, join_fields
from congtam.dossiers.storing.parties import PHONE, ImportedApplicant, replace_parties, write_parties
from congtam.dossiers.storing.prefetch import ReadAhead, process_in_chunks
from congtam.dossiers.storing.replaced import save_replaced
from congtam.dossiers.storing.turns import wait_for_store_lock
from congtam.foundation.person_keys import keyed_digest
from congtam.foundation.public import Actor, publish, record
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.org_units.public import VisibleUnits

TOPIC: Final = "dossiers.changed"
_CHUNK: Final = 5000
_MANY: Final = 1000
_ANALYZE: Final = "ANALYZE dossiers_dossier, dossiers_step, dossiers_suspension"
"""The warehouse reads what was stored at once, long before the database looks by itself how much there is."""
_COLUMNS: Final = (
    "id",
    *DOSSIER_FIELDS,
    "subject_id",
    "source",
    "source_code",
    "source_row",
    "import_key",
    "row_digest",
    "person_digest",
)
_UPDATED: Final = tuple(name for name in _COLUMNS if name not in {"id", "code", "unit_code", "source"})
_MAY_BE_MISSING: Final = ("due_at", "finished_at", "returned_at", "fee_dong", "result_digitised")
_OPTIONAL: Final = tuple((DOSSIER_FIELDS.index(name), attrgetter(name)) for name in _MAY_BE_MISSING)
_ATTRIBUTES: Final = DOSSIER_FIELDS.index("attributes")
_step_values = attrgetter(*STEP_FIELDS)
_suspension_values = attrgetter(*SUSPENSION_FIELDS)

__all__ = ["ReadAhead", "StoreCounts", "store_dossiers"]
Conflict = Callable[[DossierRow, Problem], None]


@dataclass
class StoreCounts:
    """What a store did (kết quả lưu); ``events`` are the steps of all dossiers seen, changed or not."""

    cases: int = 0
    events: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: int = 0


class _Entry(NamedTuple):
    id: int
    row: DossierRow
    fields: list[str]
    digest: str
    person_digest: str


@dataclass
class _Store:
    """One run: who stores what, and the chunk at hand."""

    source: str
    import_key: str
    units: VisibleUnits
    on_conflict: Conflict
    dry_run: bool
    counts: StoreCounts = field(default_factory=StoreCounts)
    subjects: SubjectKeys = field(default_factory=SubjectKeys)
    keys: ChunkKeys = field(default_factory=ChunkKeys)


@transaction.atomic
def store_dossiers(
    rows: Iterable[DossierRow],
    *,
    unit_code: str,
    actor: Actor,
    import_key: str,
    source: str,
    on_conflict: Conflict | None = None,
    on_progress: Callable[[int], None] | None = None,
    dry_run: bool = False,
) -> StoreCounts:
    """Store dossiers of a unit and those below it: insert new ones, replace changed ones, leave equal ones alone.

    A dossier is changed when one of its digests is another; of an erased person nothing is stored again. A code that
    belongs to another source or unit is never overwritten: ``on_conflict`` hears of it and the row is left out; without
    it the whole store is refused (InputRefused). Raises NotAllowed when the actor may not store for ``unit_code``. A
    ``dry_run`` counts and finds conflicts, but writes nothing. The rows of ``ReadAhead`` are read while the ones before
    are being written. One store runs at a time.
    """
    units = permissions.require_may_store(actor, unit_code)
    if source == DESK_SOURCE:
        message = msgid(
            "The source name “{source}” is reserved for dossiers received here: give the mapping "
            "another name."
        )
        raise InputRefused([Problem(code="source_reserved", message=message, data={"source": source})])
    run = _Store(
        source=source,
        import_key=import_key,
        units=units,
        on_conflict=on_conflict or _refuse_row,
        dry_run=dry_run,
    )
    with connection.cursor() as cursor:
        if not dry_run:
            wait_for_store_lock(cursor, rows.on_wait if isinstance(rows, ReadAhead) else None)
        for _ in process_in_chunks(rows, _CHUNK, partial(_store_chunk, cursor, run)):
            if on_progress:
                on_progress(run.counts.cases)
        if run.counts.new >= _MANY and not dry_run:
            cursor.execute(_ANALYZE)
    if not dry_run:
        _announce_stored(run, unit_code=unit_code, actor=actor)
    return run.counts


def _announce_stored(run: _Store, *, unit_code: str, actor: Actor) -> None:
    counts = run.counts
    if not counts.new and not counts.changed:
        return
    payload = {
        "import_key": run.import_key,
        "source": run.source,
        "new": counts.new,
        "changed": counts.changed,
    }
    publish(TOPIC, run.import_key, payload)
    record(actor, "dossiers.stored", kind="dossiers", key=run.import_key, unit_code=unit_code, data=payload)


def _refuse_row(_row: DossierRow, problem: Problem) -> None:
    raise InputRefused([problem])


def _store_chunk(cursor: Any, run: _Store, chunk: list[DossierRow]) -> None:
    codes_of_chunk = [row.code for row in chunk]
    stored = read_stored(cursor, codes_of_chunk)
    run.keys = ChunkKeys.read(cursor, codes_of_chunk)
    new: list[DossierRow] = []
    changed: list[_Entry] = []
    codes: set[str] = set()
    for row in chunk:
        run.counts.cases += 1
        run.counts.events += len(row.steps)
        before = stored.get(row.code)
        problem = find_conflict(row, before, source=run.source, units=run.units) or (
            repeated_code_problem(row) if row.code in codes else None
        )
        if problem:
            run.counts.conflicts += 1
            run.on_conflict(row, problem)
            continue
        codes.add(row.code)
        if before is None:
            new.append(row)
        elif _is_unchanged(entry := _build_entry(before.id, row, run.keys), before):
            run.counts.unchanged += 1
        else:
            changed.append(entry)
    _write_new(cursor, run, new)
    _write_changed(cursor, run, changed)


def _write_new(cursor: Any, run: _Store, rows: list[DossierRow]) -> None:
    run.counts.new += len(rows)
    if not rows or run.dry_run:
        return
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) FROM generate_series(1, %s)",
        [len(rows)],
    )
    ids = [row[0] for row in cursor.fetchall()]
    entries = [_build_entry(key, row, run.keys) for key, row in zip(ids, rows, strict=True)]
    run.keys.write_new(cursor)
    run.subjects.ensure(cursor, rows)
    copy_lines(
        cursor, "dossiers_dossier", columns=_COLUMNS, lines=(_entry_copy_line(run, each) for each in entries)
    )
    write_parties(cursor, _imported_applicants(entries))
    _write_parts(cursor, entries)


def _write_changed(cursor: Any, run: _Store, entries: list[_Entry]) -> None:
    run.counts.changed += len(entries)
    if not entries or run.dry_run:
        return
    ids = [entry.id for entry in entries]
    run.keys.write_new(cursor)
    save_replaced(cursor, ids, import_key=run.import_key)
    run.subjects.ensure(cursor, [entry.row for entry in entries])
    cursor.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS dossiers_incoming (LIKE dossiers_dossier) ON COMMIT DROP;"
        "TRUNCATE dossiers_incoming"
    )
    copy_lines(
        cursor, "dossiers_incoming", columns=_COLUMNS, lines=(_entry_copy_line(run, each) for each in entries)
    )
    cursor.execute(
        f"UPDATE dossiers_dossier d SET {', '.join(f'{name} = i.{name}' for name in _UPDATED)}"  # noqa: S608
        " FROM dossiers_incoming i WHERE d.id = i.id"
    )
    cursor.execute("DELETE FROM dossiers_step WHERE dossier_id = ANY(%s)", [ids])
    cursor.execute("DELETE FROM dossiers_suspension WHERE dossier_id = ANY(%s)", [ids])
    replace_parties(cursor, _imported_applicants(entries))
    _write_parts(cursor, entries)


def _imported_applicants(entries: list[_Entry]) -> list[ImportedApplicant]:
    return [
        ImportedApplicant(entry.id, entry.row.applicant, str(entry.row.attributes.get(PHONE, "")))
        for entry in entries
    ]


def _build_entry(key: int, row: DossierRow, keys: ChunkKeys) -> _Entry:
    row = without_person(row) if keys.is_erased(row.code) else row
    texts = row_texts(row)
    text = person_text(row, texts)
    digest = keyed_digest(keys.key_of(row.code), text) if text else ""
    return _Entry(key, row, texts, digest_of_texts(row, texts), digest)


def _is_unchanged(entry: _Entry, before: StoredDossier) -> bool:
    if is_former(before.digest):
        return former_digest(entry.row) == before.digest
    return (entry.digest, entry.person_digest) == (before.digest, before.person_digest)


def _entry_copy_line(run: _Store, entry: _Entry) -> str:
    """A row for COPY: the fields as they were digested, but for what the database writes in its own way."""
    row, fields = entry.row, entry.fields
    for index, read in _OPTIONAL:
        value = read(row)
        if value is None:
            fields[index] = NULL
        elif value is True or value is False:
            fields[index] = "t" if value else "f"
    fields[_ATTRIBUTES] = fields[_ATTRIBUTES] or "{}"
    source_row = NULL if row.source_row is None else str(row.source_row)
    provenance = (
        str(run.subjects.key_of(row)),
        run.source,
        row.source_code,
        source_row,
        run.import_key,
        entry.digest,
        entry.person_digest,
    )
    return join_fields([str(entry.id), *fields, *provenance])


def _write_parts(cursor: Any, entries: list[_Entry]) -> None:
    steps = ((entry.id, *_step_values(step)) for entry in entries for step in entry.row.steps)
    if any(entry.row.steps for entry in entries):
        copy_into(cursor, "dossiers_step", columns=("dossier_id", *STEP_FIELDS), rows=steps)
    if any(entry.row.suspensions for entry in entries):
        pauses = (
            (entry.id, *_suspension_values(pause)) for entry in entries for pause in entry.row.suspensions
        )
        copy_into(cursor, "dossiers_suspension", columns=("dossier_id", *SUSPENSION_FIELDS), rows=pauses)

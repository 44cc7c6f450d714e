"""The life of an import: taken in, checked, confirmed, run (lượt nhập)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import transaction

from congtam.dossiers.public import DossierRow, require_may_store
from congtam.foundation.files import FileLimits, declare_file_kind, store_file
from congtam.foundation.public import Actor, real_clock, record
from congtam.foundation.room import is_storage_full
from congtam.imports.actions.reading import ImportOrder, ImportOutcome
from congtam.imports.actions.run_import import create_refused_file, run_import
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import Import, ImportState, OldFonts
from congtam.imports.watching import ImportStopped, watch_import
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.tabular.problems import problem

SOURCE_KIND: Final = "import.source"
REFUSED_KIND: Final = "import.refused"
ABSENT_KIND: Final = "import.absent"
_LARGEST: Final = 2 << 30


def declare_files() -> None:
    """Say what files imports keep."""
    endings = (".csv", ".csv.gz", ".xlsx", ".xes", ".xes.gz", ".parquet")
    declare_file_kind(SOURCE_KIND, FileLimits(size=_LARGEST, endings=endings))
    declare_file_kind(REFUSED_KIND, FileLimits(size=_LARGEST, endings=(".csv",), is_uploaded=False))
    declare_file_kind(ABSENT_KIND, FileLimits(size=_LARGEST, endings=(".csv",), is_uploaded=False))


def register_import(
    *,
    path: Path,
    name: str,
    mapping: Mapping,
    mapping_text: str,
    unit_code: str,
    actor: Actor,
    old_fonts: str = OldFonts.ASK.value,
) -> Import:
    """Note that a file is to be imported; raises NotAllowed when the actor may not store for the unit."""
    require_may_store(actor, unit_code)
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    now = real_clock().now()
    return Import.objects.create(
        key=f"{today(real_clock()):%Y%m%d}-{secrets.token_hex(4)}",
        file_name=name,
        file_digest=digest,
        file_size=path.stat().st_size,
        mapping_name=mapping.name,
        mapping_text=mapping_text,
        unit_code=unit_code,
        started_by=actor.username,
        old_fonts=old_fonts,
        created_at=now,
    )


def lock_import(key: str, *, actor: Actor) -> Import:
    """The import, locked until the transaction ends, for an actor who may store dossiers for its unit.

    Raises NotFound, NotAllowed.
    """
    started = Import.objects.select_for_update().filter(key=key).first()
    if started is None:
        raise NotFound(kind="import", key=key)
    require_may_store(actor, started.unit_code)
    return started


def carry_out(
    started: Import,
    *,
    path: Path,
    mapping: Mapping,
    actor: Actor,
    dry_run: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> ImportOutcome:
    """Run an import, or only check it, and keep what came of it; the caller removes ``outcome.refused_file``.

    Raises ImportStopped when somebody stopped it. A run that ends by a bug leaves the import marked as failed and the
    error to the caller.
    """
    _save_fields(started, state=ImportState.UPLOADED if dry_run else ImportState.RUNNING, progress=0)
    order = ImportOrder(
        path=path,
        name=started.file_name,
        mapping=mapping,
        unit_code=started.unit_code,
        actor=actor,
        import_key=started.key,
        dry_run=dry_run,
        old_fonts=started.old_fonts,
    )
    outcome = _run_watched(started, order, on_progress=on_progress)
    _conclude_import(started, outcome, actor=actor, dry_run=dry_run)
    return outcome


def _run_watched(
    started: Import, order: ImportOrder, *, on_progress: Callable[[int], None] | None
) -> ImportOutcome:
    """Run the import; one that does not come to its end is marked so and leaves no file behind.

    Where the disk was full nothing was stored, and the report says so: the worker would only fill it again.
    """
    refused_to = create_refused_file()
    try:
        with watch_import(started, also=on_progress) as report:
            outcome = run_import(order, refused_to=refused_to, report=report)
    except ImportStopped as stopped:
        refused_to.unlink(missing_ok=True)
        mark_stopped(started, by=stopped.by)
        raise
    except BaseException as error:
        refused_to.unlink(missing_ok=True)
        if is_storage_full(error):
            return ImportOutcome(file_refused=True, problems=[problem("storage_full")])
        _save_fields(started, state=ImportState.FAILED, finished_at=real_clock().now())
        raise
    if outcome.refused_file is None:
        refused_to.unlink(missing_ok=True)
    return outcome


def mark_stopped(started: Import, *, by: str) -> None:
    """Note that an import has ended because somebody stopped it."""
    _save_fields(started, state=ImportState.STOPPED, stop_requested_by=by, finished_at=real_clock().now())


def discard_trial(started: Import) -> None:
    """Forget an import that was only tried (chạy thử): it stored nothing, and is no line of the list."""
    Import.objects.filter(key=started.key).delete()


@transaction.atomic
def _conclude_import(started: Import, outcome: ImportOutcome, *, actor: Actor, dry_run: bool) -> None:
    started.refused_digest = _store_refused(started, outcome, actor=actor) or started.refused_digest
    done = ImportState.PREVIEWED if dry_run else ImportState.DONE
    state = ImportState.FAILED if outcome.file_refused else done
    report = serialize_outcome(outcome)
    _save_fields(
        started,
        state=state,
        report=report,
        finished_at=real_clock().now(),
        refused_digest=started.refused_digest,
        absent_digest=_store_absent(started, outcome, actor=actor),
        progress=outcome.cases,
    )
    if not dry_run:
        data = {name: report[name] for name in ("cases", "new", "changed", "unchanged", "refused")}
        data |= {"file": started.file_name, "digest": started.file_digest, "mapping": started.mapping_name}
        record(
            actor, "import.finished", kind="import", key=started.key, unit_code=started.unit_code, data=data
        )


def _store_refused(started: Import, outcome: ImportOutcome, *, actor: Actor) -> str:
    if outcome.refused_file is None:
        return ""
    with outcome.refused_file.open("rb") as content:
        return _store_csv(content, kind=REFUSED_KIND, name=refused_name(started.file_name), actor=actor)


def _store_absent(started: Import, outcome: ImportOutcome, *, actor: Actor) -> str:
    if outcome.absence is None or not outcome.absence.codes:
        return ""
    content = "".join(f"{code}\n" for code in outcome.absence.codes).encode()
    return _store_csv(content, kind=ABSENT_KIND, name=absent_name(started.file_name), actor=actor)


def _store_csv(content: bytes | BinaryIO, *, kind: str, name: str, actor: Actor) -> str:
    """The digest of the stored file."""
    media_type = "text/csv; charset=utf-8"
    return store_file(content, name=name, media_type=media_type, kind=kind, actor=actor).digest


def _save_fields(started: Import, **values: Any) -> None:
    for name, value in values.items():
        setattr(started, name, value)
    started.save(update_fields=list(values))


def refused_name(file_name: str) -> str:
    """What the file of refused rows of a source is called."""
    return f"{_file_stem(file_name)}.refused.csv"


def absent_name(file_name: str) -> str:
    """What the list of dossiers that a file lacks is called."""
    return f"{_file_stem(file_name)}.absent.csv"


def _file_stem(file_name: str) -> str:
    return file_name.removesuffix(".gz").rsplit(".", 1)[0]


def serialize_outcome(outcome: ImportOutcome) -> dict[str, Any]:
    """The outcome for machines: exactly what ``congtam import dossiers --json`` prints, and a sample for the page."""
    return {
        "cases": outcome.cases,
        "events": outcome.events,
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "problems": [problem.as_dict() for problem in outcome.problems],
        "problem_counts": outcome.problem_counts,
        "seconds": outcome.seconds,
        "file_refused": outcome.file_refused,
        "received": [instant.isoformat() for instant in outcome.received or ()],
        "absent": outcome.absence.serialize() if outcome.absence else None,
        "sample": [_serialize_sample_row(row) for row in outcome.sample],
    }


def _serialize_sample_row(row: DossierRow) -> dict[str, Any]:
    """A dossier as understood; the applicant stays out of the stored report."""
    instants = ("received_at", "due_at", "finished_at", "returned_at")
    texts = ("code", "unit_code", "procedure_code", "procedure_name", "channel", "state", "time_zone")
    shown: dict[str, Any] = {name: getattr(row, name) for name in texts}
    shown |= {name: instant.isoformat() if (instant := getattr(row, name)) else None for name in instants}
    return {**shown, "steps": len(row.steps), "row": row.source_row}

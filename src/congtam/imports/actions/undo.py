"""Undoing an import that is stored (hoàn tác lượt nhập)."""

from __future__ import annotations

from django.db import transaction

from congtam.dossiers.storing.public import UNDO_TIME, UndoCounts, UndoRefused, undo_store
from congtam.foundation.public import Actor, real_clock, record
from congtam.imports.actions.imports import lock_import
from congtam.imports.models import Import, ImportState


class NotUndoable(UndoRefused):
    """Only an import that was stored, not long ago, can be undone."""

    code = "exchange.not_undoable"
    message = "Only an import stored within the last {days} days can be undone."


def is_undoable(started: Import) -> bool:
    """Whether the import is stored and what it replaced is still there."""
    return (
        started.state == ImportState.DONE
        and started.finished_at is not None
        and real_clock().now() - started.finished_at < UNDO_TIME
    )


@transaction.atomic
def undo_import(key: str, *, actor: Actor) -> UndoCounts:
    """Undo an import as a whole: its new dossiers are removed, changed ones become what they were.

    Raises NotFound, NotAllowed, NotUndoable, and what ``undo_store`` raises.
    """
    started = lock_import(key, actor=actor)
    if not is_undoable(started):
        raise NotUndoable(key=key, days=UNDO_TIME.days)
    counts = undo_store(key, unit_code=started.unit_code, actor=actor)
    started.state, started.undone_by, started.undone_at = (
        ImportState.UNDONE,
        actor.username,
        real_clock().now(),
    )
    started.report = {**started.report, "removed": counts.removed, "restored": counts.restored}
    started.save(update_fields=["state", "undone_by", "undone_at", "report"])
    data = {"file": started.file_name, "removed": counts.removed, "restored": counts.restored}
    record(actor, "import.undone", kind="import", key=key, unit_code=started.unit_code, data=data)
    return counts

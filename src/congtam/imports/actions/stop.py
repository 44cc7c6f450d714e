"""Stopping an import before it is stored (dừng lượt nhập)."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.imports.actions.imports import lock_import, mark_stopped
from congtam.imports.models import Import, ImportState
from congtam.kernel.errors import DomainError

STOPPABLE: Final = (ImportState.UPLOADED, ImportState.PREVIEWED, ImportState.RUNNING)


class NotStoppable(DomainError):
    """The import has ended already."""

    code = "exchange.not_stoppable"
    message = "This import has already ended; it cannot be stopped."


@transaction.atomic
def stop_import(key: str, *, actor: Actor) -> Import:
    """Stop an import; nothing of it is stored.

    One that waits for its confirmation ends at once, one that runs within seconds. Whoever may import for the unit may
    stop, administrators above it included. Raises NotFound, NotAllowed, NotStoppable.
    """
    started = lock_import(key, actor=actor)
    if started.state not in STOPPABLE:
        raise NotStoppable(key=key)
    if started.state == ImportState.PREVIEWED:
        mark_stopped(started, by=actor.username)
    else:
        started.stop_requested_by = actor.username
        started.save(update_fields=["stop_requested_by"])
    data = {"file": started.file_name, "state": started.state, "started_by": started.started_by}
    record(actor, "import.stopped", kind="import", key=key, unit_code=started.unit_code, data=data)
    return started

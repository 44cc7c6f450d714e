"""A file sent by a person: kept, checked in the background, carried out when confirmed (tải tệp lên)."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction

from congtam.dossiers.public import require_may_store
from congtam.foundation.files import store_file, stored_path
from congtam.foundation.public import Actor
from congtam.imports.actions.imports import SOURCE_KIND, lock_import, register_import
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.jobs import run_import_job
from congtam.imports.models import Import, ImportPhase, ImportState, OldFonts
from congtam.kernel.errors import DomainError
from congtam.org_units.public import is_registered_unit, visible_units
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.source import file_ending


class NotWaiting(DomainError):
    """The import is not one that waits for a confirmation."""

    code = "exchange.not_waiting"
    message = "This import is not waiting for confirmation."


def upload(
    content: BinaryIO, *, name: str, mapping: Mapping, mapping_text: str, unit_code: str, actor: Actor
) -> Import:
    """Keep a file and ask for it to be checked; nothing of it is stored as dossiers before ``confirm``.

    Raises InputRefused for a name or unit that cannot be taken, NotAllowed without the right.
    """
    file_ending(name)
    if unit_code not in visible_units(actor) or not is_registered_unit(unit_code):
        raise file_refusal("unit_unknown", unit=unit_code[:40])
    require_may_store(actor, unit_code)
    stored = store_file(
        content, name=name, media_type="application/octet-stream", kind=SOURCE_KIND, actor=actor
    )
    with transaction.atomic():
        started = register_import(
            path=stored_path(stored.digest),
            name=name,
            mapping=mapping,
            mapping_text=mapping_text,
            unit_code=unit_code,
            actor=actor,
        )
        run_import_job.defer(key=started.key, by=actor.username, dry_run=True)
    return started


@transaction.atomic
def confirm(key: str, *, actor: Actor, old_fonts: OldFonts = OldFonts.ASK) -> None:
    """Carry out a checked import (xác nhận nhập); a second confirmation is refused, not run twice.

    Raises NotFound, NotAllowed, NotWaiting.
    """
    started = lock_import(key, actor=actor)
    if started.state != ImportState.PREVIEWED:
        raise NotWaiting(key=key)
    started.state = ImportState.RUNNING
    started.progress, started.phase = 0, ImportPhase.QUEUED
    started.old_fonts = old_fonts
    started.save(update_fields=["state", "progress", "phase", "old_fonts"])
    run_import_job.defer(key=key, by=actor.username, dry_run=False)

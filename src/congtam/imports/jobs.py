"""Imports that run beside the web server (việc nhập chạy nền)."""

from __future__ import annotations

from django.db import connections

from congtam.foundation.files import stored_path
from congtam.foundation.public import Account, actor_for, job
from congtam.imports.actions.imports import carry_out
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.imports.models import Import, ImportState
from congtam.imports.shipped import get_mapping


@job(name="exchange.run_import")
def run_import_job(key: str, by: str, *, dry_run: bool) -> None:
    """Check or run an uploaded import; one that is already done is left alone."""
    started = Import.objects.get(key=key)
    if started.state == ImportState.DONE:
        return
    mapping = (
        read_mapping(started.mapping_text) if started.mapping_text else get_mapping(started.mapping_name)
    )
    outcome = carry_out(
        started,
        path=stored_path(started.file_digest),
        mapping=mapping,
        actor=actor_for(Account.objects.get(username=by)),
        dry_run=dry_run,
        on_progress=lambda done: _save_progress(key, done),
    )
    if outcome.refused_file is not None:
        outcome.refused_file.unlink(missing_ok=True)


def _save_progress(key: str, done: int) -> None:
    """Progress goes through a connection of its own: inside the import's transaction nobody would see it."""
    beside = connections["default"].copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("UPDATE exchange_import SET progress = %s WHERE key = %s", [done, key])
    finally:
        beside.close()

"""Imports that run beside the web server (việc nhập chạy nền)."""

from __future__ import annotations

from contextlib import suppress

from congtam.exchange.actions.imports import carry_out
from congtam.exchange.interpretation.mapping_text import read_mapping
from congtam.exchange.models import Import, ImportState
from congtam.exchange.shipped import get_mapping
from congtam.foundation.public import Account, actor_for, job, path_of


@job(name="exchange.run_import")
def run_import_job(key: str, *, dry_run: bool = False) -> None:
    """Check or run an uploaded import; an import that is already done is left alone."""
    started = Import.objects.get(key=key)
    if started.state == ImportState.DONE:
        return
    account = Account.objects.get(username=started.started_by)
    mapping = (
        read_mapping(started.mapping_text) if started.mapping_text else get_mapping(started.mapping_name)
    )

    def tell(done: int) -> None:
        _tell_progress(key, done)

    outcome = carry_out(
        started,
        path=path_of(started.file_digest),
        mapping=mapping,
        actor=actor_for(account),
        dry_run=dry_run,
        on_progress=tell,
    )
    if outcome.refused_file is not None:
        with suppress(FileNotFoundError):
            outcome.refused_file.unlink()


def _tell_progress(key: str, done: int) -> None:
    """Progress is written beside the import's transaction, or nobody would see it before the end."""
    from django.db import connections  # the second connection exists only in the worker

    progress = connections["default"].copy()
    try:
        with progress.cursor() as cursor:
            cursor.execute("UPDATE exchange_import SET progress = %s WHERE key = %s", [done, key])
    finally:
        progress.close()


def declare() -> None:
    """Importing this module has declared the jobs; said here so that the import is not idle."""
